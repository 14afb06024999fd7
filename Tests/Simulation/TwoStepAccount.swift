import Crypto
import TestSupport

@testable import Auth

/// An account that has a second factor before the first request: an authenticator app, which no client
/// has, and recovery codes.
struct TwoStepAccount {
    /// The client whose account it is, where the configuration has one.
    static let client = 1

    /// Its recovery codes, as they were shown.
    let codes: [String]

    private static let passwordHash = PasswordHash.derive(
        password: Array(AccountModel.password.utf8), iterations: World.iterations,
        using: PBKDF2(.blockFunction))

    /// Adds the account to the durable state.
    ///
    /// - Throws: When OpenSSL fails.
    init(in durable: DurableState, sealedBy vault: FactorVault, at clock: TestClock) throws {
        let person = AccountModel(index: Self.client, isOwner: false)
        let account = Account(
            id: .random(), email: try Email.of(person), name: "Two Steps", tier: .free,
            role: .user, status: .active, createdAt: clock.now)
        let (recovery, texts) = RecoveryCodes.new()
        codes = texts
        let store = MemoryStore(clock: clock) { _ in [] }
        store.change { $0 = durable.memory }
        try store.write { transaction throws(AuthError) in
            try transaction.insert(account, passwordHash: Self.passwordHash)
            let app = AuthenticatorApp(
                secret: .random(count: TOTP.secretBytes), lastUsedStep: 0)
            for (kind, data) in [(.totp, app.data), (.recovery, recovery.data)]
                as [(Credential.Kind, [UInt8])]
            {
                let id = UUID.random()
                try transaction.insert(
                    Credential(
                        id: id, accountID: account.id, kind: kind,
                        data: try vault.seal(data, for: account.id, id, kind, in: transaction),
                        createdAt: transaction.now))
            }
        }
        durable.memory = store.memory
    }
}

extension Email {
    fileprivate static func of(_ person: AccountModel) throws -> Email {
        guard let email = Email(person.email) else { throw AuthError.invalidCredentials }
        return email
    }
}
