import Crypto
import Testing
import TestSupport

@testable import Auth

/// Codes of an app and for recovery, as a transaction proves them.
struct FactorCodeTests {
    private let it: FactorWorld
    private let secret: String
    private let codes: [String]

    init() throws {
        it = try FactorWorld()
        let added = try it.addApp()
        secret = added.secret
        codes = try #require(added.enrolled.recoveryCodes)
        // The code that confirmed the app is used up.
        it.world.clock.advance(seconds: 30)
    }

    private func proveTOTP(_ code: String) throws {
        let (id, vault) = (try it.account.id, it.world.vault)
        try it.world.store.write { transaction throws(AuthError) in
            try transaction.proveTOTP(code: code, of: id, by: vault)
        }
    }

    private func proveTOTP(in steps: Int64 = 0) throws {
        guard case .text(let code) = try it.code(of: secret, in: steps) else { return }
        try proveTOTP(code)
    }

    @discardableResult
    private func proveRecovery(_ code: String) throws -> Int {
        let (id, vault) = (try it.account.id, it.world.vault)
        return try it.world.store.write { transaction throws(AuthError) in
            try transaction.proveRecoveryCode(code: code, of: id, by: vault)
        }
    }

    @Test func `a code is good once, also after a restart`() throws {
        try proveTOTP()
        #expect(try it.credentials.first { $0.kind == .totp }?.lastUsedAt == it.world.clock.now)
        #expect(reason { try proveTOTP() } == .codeUsed)
        // The step is stored with the secret: no process remembers it.
        #expect(reason { try proveTOTP(in: -1) } == .codeUsed)
        it.world.clock.advance(seconds: 30)
        try proveTOTP()
    }

    @Test func `the code that confirmed the app is used up`() {
        #expect(reason { try proveTOTP(in: -1) } == .codeUsed)
    }

    @Test(arguments: [Int64(-2), 2]) func `two steps away are too many`(steps: Int64) {
        it.world.clock.advance(seconds: 90)
        #expect(reason { try proveTOTP(in: steps) } == .codeWrong)
    }

    @Test(arguments: [Int64(-1), 0, 1]) func `one step of skew is allowed`(steps: Int64) throws {
        it.world.clock.advance(seconds: 90)
        try proveTOTP(in: steps)
    }

    @Test(arguments: ["", "12345", "1234567", "abcdef", String(repeating: "1", count: 10_000)])
    func `what is no code is wrong`(code: String) {
        #expect(reason { try proveTOTP(code) } == .codeWrong)
    }

    @Test func `an account without an app has no codes`() throws {
        try it.service.factors.removeTOTP(by: it.caller(), from: .sample)
        #expect(throws: AuthError.noSecondFactor) { try proveTOTP() }
        #expect(reason { try proveRecovery(codes[0]) } == .codeWrong)
    }

    @Test func `factors that cannot be opened are a fault and no wrong code`() {
        it.damageFactors()
        #expect(reason { try proveTOTP() } == .factorKeyUnusable)
        #expect(reason { try proveRecovery(codes[0]) } == .factorKeyUnusable)
        #expect(
            reason { _ = try it.service.factors.overview(of: it.caller()) } == .factorKeyUnusable)
    }

    @Test func `recovery codes are ten different ones of 80 bits`() {
        #expect(Set(codes).count == 10)
        for code in codes {
            #expect(code.split(separator: "-").map(\.count) == [4, 4, 4, 4])
            #expect(Base32.decode(code.utf8)?.count == 10)
        }
    }

    @Test func `a recovery code is good once, and each is counted`() throws {
        #expect(try proveRecovery(codes[3]) == 9)
        #expect(reason { try proveRecovery(codes[3]) } == .codeWrong)
        #expect(try it.service.factors.overview(of: it.caller()).recoveryCodes == 9)
        for (used, code) in codes.filter({ $0 != codes[3] }).enumerated() {
            #expect(try proveRecovery(code) == 8 - used)
        }
        #expect(try it.credentials.map(\.kind) == [.totp])
        #expect(try it.service.factors.overview(of: it.caller()).recoveryCodes == 0)
    }

    @Test func `a recovery code is typed as people type`() throws {
        try proveRecovery(codes[0].lowercased())
        try proveRecovery(codes[1].filter { $0 != "-" })
        try proveRecovery(" " + codes[2].replacing("-", with: " ") + " ")
        #expect(reason { try proveRecovery(String(codes[4].dropLast())) } == .codeWrong)
        #expect(reason { try proveRecovery(String(repeating: "A", count: 10_000)) } == .codeWrong)
    }

    @Test func `new codes replace the former ones`() throws {
        let new = try it.service.factors.replaceRecoveryCodes(by: it.caller(), from: .sample)
        #expect(new.count == 10 && Set(new).isDisjoint(with: codes))
        #expect(reason { try proveRecovery(codes[0]) } == .codeWrong)
        #expect(try proveRecovery(new[0]) == 9)
        #expect(try it.world.mails(of: .recoveryCodesReplaced).count == 1)
    }

    @Test func `new codes want a fresh proof, and a factor`() throws {
        let stale = try it.caller()
        it.world.clock.advance(seconds: 600)
        #expect(throws: AuthError.reauthenticationRequired([])) {
            try it.service.factors.replaceRecoveryCodes(by: stale, from: .sample)
        }
        let other = try it.service.caller(it.world.signIn(Person.member.email))
        #expect(throws: AuthError.noSecondFactor) {
            try it.service.factors.replaceRecoveryCodes(by: other, from: .sample)
        }
    }

    @Test func `nothing of a factor is stored in the clear`() throws {
        let key = try #require(Base32.decode(secret.utf8))
        for credential in try it.credentials {
            for start in credential.data.indices.dropLast(key.count) {
                #expect(Array(credential.data[start..<start + key.count]) != key)
            }
        }
    }
}
