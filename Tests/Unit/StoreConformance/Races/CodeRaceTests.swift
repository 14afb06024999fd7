import Crypto
import TestSupport
import Testing

@testable import Auth

/// What is good for one use, used by several threads at once.
struct CodeRaceTests {
    private let vault = FactorVault([.random()])

    private func open(_ kind: StoreKind) throws -> (StoreUnderTest, Account) {
        let (subject, account) = (try kind.open(), try Account.sample())
        try subject.store().add(account)
        return (subject, account)
    }

    @Test(arguments: StoreKind.racing)
    func `of ten threads that prove one code of an app one succeeds`(kind: StoreKind) throws {
        let (subject, account) = try open(kind)
        let secret = try #require(Secret(bytes: Random.bytes(TOTP.secretBytes)))
        let step = TOTP.step(at: subject.clock.now.seconds)
        let code = TOTP.code(secret: secret, step: step)
        let vault = vault
        let id = UUID.random()
        try subject.store().write { transaction throws(AuthError) in
            let app = AuthenticatorApp(secret: secret, lastUsedStep: step - 5)
            try transaction.insert(
                Credential(
                    id: id, accountID: account.id, kind: .totp,
                    data: vault.seal(app, of: account.id, id, in: transaction), createdAt: .start))
        }
        let outcomes = try subject.race { _, transaction throws(AuthError) in
            try transaction.proveTOTP(code: code, of: account.id, by: vault)
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == .invalidCode(.codeUsed) } == 9)
    }

    @Test(arguments: StoreKind.racing)
    func `of ten threads that prove one recovery code one succeeds`(kind: StoreKind) throws {
        let (subject, account) = try open(kind)
        let (vault, codes) = (vault, RecoveryCodes.new())
        try subject.store().write { transaction throws(AuthError) in
            try transaction.replaceRecoveryCodes(
                of: account.id, by: codes.codes, sealing: vault)
        }
        let first = try #require(codes.texts.first)
        let outcomes = try subject.race { _, transaction throws(AuthError) in
            _ = try transaction.proveRecoveryCode(code: first, of: account.id, by: vault)
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == .invalidCode(.codeWrong) } == 9)
    }

    @Test(arguments: StoreKind.racing)
    func `recovery codes that ten threads prove at once are all used`(kind: StoreKind) throws {
        let (subject, account) = try open(kind)
        let (vault, codes) = (vault, RecoveryCodes.new())
        try subject.store().write { transaction throws(AuthError) in
            try transaction.replaceRecoveryCodes(
                of: account.id, by: codes.codes, sealing: vault)
        }
        let outcomes = try subject.race(codes.texts.count) { index, transaction throws(AuthError) in
            _ = try transaction.proveRecoveryCode(
                code: codes.texts[index], of: account.id, by: vault)
        }
        #expect(outcomes.allSatisfy { $0 == nil })
        // The last one takes the credential with it.
        #expect(try subject.store().credentials(of: account.id) == [])
    }

    @Test(arguments: StoreKind.racing)
    func `wrong responses to a challenge by ten threads at once are all counted`(
        kind: StoreKind
    ) throws {
        let (subject, account) = try open(kind)
        let challenge = Challenge.sample(of: account)
        try subject.store().add([challenge])
        let outcomes = try subject.race { _, transaction throws(AuthError) in
            let found = try transaction.challenge(challenge.hash, for: challenge.purpose)
            guard let found else { throw .notFound }
            try transaction.updateChallenge(found.hash, failures: found.failures + 1)
        }
        #expect(outcomes.allSatisfy { $0 == nil })
        let left = try subject.store().challenge(
            challenge.hash, for: challenge.purpose, at: .start)
        #expect(left?.failures == 10)
    }

    @Test(arguments: StoreKind.racing)
    func `of ten threads that use one link one succeeds`(kind: StoreKind) throws {
        let (subject, account) = try open(kind)
        let token = LinkToken(
            hash: .random(), purpose: .resetPassword, accountID: account.id, email: nil,
            createdAt: .start, expiresAt: .start.adding(seconds: 60))
        try subject.store().write { transaction throws(AuthError) in try transaction.issue(token) }
        let hashes = try (0..<10).map { _ in try PasswordHash.sample() }
        let outcomes = try subject.race { index, transaction throws(AuthError) in
            let found = try transaction.validLinkToken(token.hash, for: token.purpose)
            guard let found else { throw .notFound }
            try transaction.updatePasswordHash(of: account.id, to: hashes[index], ifStill: nil)
            try transaction.settle(found, as: .passwordSet)
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == .notFound } == 9)
        let winner = try #require(outcomes.firstIndex(of: nil))
        #expect(
            try subject.store().credential(account.email)?.passwordHash == hashes[winner])
    }

    @Test(arguments: StoreKind.racing)
    func `links that ten threads issue at once leave one`(kind: StoreKind) throws {
        let (subject, account) = try open(kind)
        let tokens = (0..<10).map { _ in
            LinkToken(
                hash: .random(), purpose: .verifyEmail, accountID: account.id,
                email: account.email, createdAt: .start, expiresAt: .start.adding(seconds: 60))
        }
        let outcomes = try subject.race { index, transaction throws(AuthError) in
            try transaction.issue(tokens[index])
        }
        #expect(outcomes.allSatisfy { $0 == nil })
        let left = try tokens.filter {
            try subject.store().linkToken($0.hash, for: .verifyEmail, at: .start) != nil
        }
        #expect(left.count == 1)
    }

    @Test(arguments: StoreKind.racing)
    func `of ten data keys that are made at once one is used`(kind: StoreKind) throws {
        let (subject, _) = try open(kind)
        let keys = try inParallel(10) { index in
            try? subject.store().write { transaction throws(AuthError) in
                if let present = try transaction.dataKey() { return present }
                let made = [UInt8(truncatingIfNeeded: index)]
                try transaction.save(dataKey: made)
                return made
            }
        }
        let kept = try #require(try subject.store().dataKey())
        #expect(keys.allSatisfy { $0 == kept })
    }
}
