import Crypto
import TestSupport
import Testing

@testable import Auth

/// Notices of changed factors.
struct FactorMailTests {
    private let world: World
    private let email = Person.customer.email
    private let client: ClientContext

    init() throws {
        world = try World(.owner, .customer)
        client = .commandLine
    }

    /// Does the work with the present account, and reads the mails that came of it.
    private func mails(
        in language: Language = .en, isConfirmed: Bool = true,
        _ work: @escaping @Sendable (any Transaction, Account, MailWriter) throws(AuthError) -> Void
    ) throws -> [ReadMail] {
        if isConfirmed { world.confirm(email) }
        world.change(email) { $0.language = language }
        let (account, writer) = (try #require(world.account(email)), world.mail)
        try world.store.write { transaction throws(AuthError) in
            try work(transaction, account, writer)
        }
        return try world.mails()
    }

    @Test(arguments: [
        (SignInMethod.totp, String?.none, "authenticator app", "Authenticator-App"),
        (.passkey, "Laptop", "passkey “Laptop”", "Passkey „Laptop“"),
        (.password, nil, "password", "Passwort"),
    ])
    func `a changed method is named in the language of the account`(
        method: SignInMethod, name: String?, english: String, german: String
    ) throws {
        let client = client
        for (language, word) in [(Language.en, english), (.de, german)] {
            world.store.change { $0.mails = [] }
            let mails = try mails(in: language) { transaction, account, writer throws(AuthError) in
                try transaction.announceFactorAdded(
                    method, named: name, to: account, from: client, by: writer)
                try transaction.announceFactorRemoved(
                    method, named: name, from: account, from: client, by: writer)
            }
            #expect(mails.map(\.kind) == [.factorAdded, .factorRemoved])
            #expect(mails.map { $0.values["method"] } == [word, word])
            #expect(mails.allSatisfy { $0.values["time"]?.hasSuffix(" UTC") == true })
            #expect(mails.allSatisfy { $0.values["device"] != nil && $0.values["address"] != nil })
        }
    }

    @Test func `the use of a recovery code tells how many are left`() throws {
        let client = client
        let mails = try mails { transaction, account, writer throws(AuthError) in
            try transaction.announceRecoveryCodeUsed(
                left: 3, to: account, from: client, by: writer)
            try transaction.announceRecoveryCodesReplaced(to: account, from: client, by: writer)
        }
        #expect(mails.map(\.kind) == [.recoveryCodeUsed, .recoveryCodesReplaced])
        #expect(mails[0].values["left"] == "3")
    }

    @Test(arguments: FactorsResetCause.allCases)
    func `a removal by another hand states why`(cause: FactorsResetCause) throws {
        let mails = try mails { transaction, account, writer throws(AuthError) in
            _ = try transaction.announceFactorsReset(of: account, cause, by: writer)
        }
        let reasons = Set(Language.allCases.map { $0.reason(of: cause) })
        #expect(mails.map(\.kind) == [.factorsReset] && reasons.count == Language.allCases.count)
        #expect(mails[0].values["reason"] == Language.en.reason(of: cause))
    }

    /// A stranger may have opened the account with another person's address.
    @Test func `an unconfirmed address is told of nothing`() throws {
        let client = client
        let mails = try mails(isConfirmed: false) {
            transaction, account, writer throws(AuthError) in
            try transaction.announceFactorAdded(.totp, to: account, from: client, by: writer)
            try transaction.announceFactorRemoved(.totp, from: account, from: client, by: writer)
            try transaction.announceRecoveryCodeUsed(
                left: 1, to: account, from: client, by: writer)
            try transaction.announceRecoveryCodesReplaced(to: account, from: client, by: writer)
            guard try !transaction.announceFactorsReset(of: account, .server, by: writer) else {
                throw .notFound
            }
        }
        #expect(mails.isEmpty)
    }

    @Test func `no sign-in fails because a mail cannot be encrypted`() throws {
        world.sealingKeys.replace(by: [])
        let client = client
        let mails = try mails { transaction, account, writer throws(AuthError) in
            try transaction.announceRecoveryCodeUsed(
                left: 1, to: account, from: client, by: writer)
        }
        #expect(mails.isEmpty)
    }

    @Test func `factors are listed by kind and number`() throws {
        func credential(_ kind: Credential.Kind) -> Credential {
            Credential(
                id: .random(), accountID: .random(), kind: kind, data: [],
                createdAt: TestClock.start)
        }
        #expect(Language.en.list(of: EnrolledFactors()) == nil)
        let one = EnrolledFactors([credential(.passkey)])
        #expect(Language.en.list(of: one) == "passkey" && Language.de.list(of: one) == "Passkey")
        let all = EnrolledFactors([.passkey, .recovery, .totp, .passkey].map(credential))
        #expect(Language.en.list(of: all) == "authenticator app, 2 passkeys, recovery codes")
        #expect(
            Language.de.list(of: all) == "Authenticator-App, 2 Passkeys, Wiederherstellungscodes")
    }

    /// After a restore that no secret key fits.
    @Test func `all factors of all accounts go, and each account is told`() throws {
        world.confirm(email)
        let owner = try #require(world.account(Person.owner.email))
        let customer = try #require(world.account(email))
        let (vault, writer) = (world.vault, world.mail)
        world.store.cause = .operated(by: "root", recorder: world.recorder)
        let counts = try world.store.write { transaction throws(AuthError) in
            for (account, kind) in [
                (owner, Credential.Kind.totp), (owner, .recovery), (customer, .totp),
            ] {
                let id = UUID.random()
                try transaction.insert(
                    Credential(
                        id: id, accountID: account.id, kind: kind,
                        data: try vault.seal([1], for: account.id, id, kind, in: transaction),
                        createdAt: transaction.now))
            }
            let counts = try transaction.removeAllFactors(by: writer)
            guard try transaction.credentials(after: nil, limit: 1).isEmpty else {
                throw .limitReached
            }
            return [counts.accounts, counts.mails]
        }
        #expect(counts == [2, 2])
        let mails = try world.mails(of: .factorsReset)
        #expect(Set(mails.map(\.to)) == [Person.owner.email, email])
    }
}
