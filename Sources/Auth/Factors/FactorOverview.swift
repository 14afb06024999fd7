public import Crypto

/// What an account signs in with; nothing in it is a secret.
public struct FactorOverview: Sendable {
    /// Whether it has a password.
    public let hasPassword: Bool
    /// Its authenticator app, sealed; nil for none.
    public let totp: Credential?
    /// How many recovery codes are left.
    public let recoveryCodes: Int
    /// Its passkeys, oldest first.
    public let passkeys: [Passkey]
    /// In how many browsers it need not prove its second factor.
    public internal(set) var trustedBrowsers = 0
    /// Whether passkeys can be added here at all.
    public let passkeysAvailable: Bool
    /// Whether the configuration requires a second factor of it.
    public let isRequired: Bool

    /// As many recovery codes are few: the person is reminded to make new ones.
    public static let fewRecoveryCodes = 3

    /// Whether it has a second factor.
    public var hasSecondFactor: Bool { totp != nil || !passkeys.isEmpty }

    /// Whether it may be left without a password: a passkey then has to be both factors.
    public var mayRemovePassword: Bool {
        hasPassword && passkeysAvailable && passkeys.contains(where: \.canVerifyUser)
    }
}

extension FactorService {
    /// What the caller signs in with.
    ///
    /// - Throws: `unauthenticated` when the account is gone; `unavailable`, also when a factor cannot be
    ///   opened.
    public func overview(of caller: Caller) throws(AuthError) -> FactorOverview {
        guard let account = try store.account(caller.account.id)?.account else {
            throw .unauthenticated(.callerEnded)
        }
        return try overview(of: account)
    }

    /// What an account signs in with, for the owner and administrators.
    ///
    /// - Throws: `forbidden` for other roles; `notFound`; `unavailable`.
    public func overview(
        of id: UUID, by administrator: Administrator
    ) throws(AuthError) -> FactorOverview {
        if case .caller(let caller) = administrator, !caller.account.role.administers {
            throw .forbidden(.notAdministrator)
        }
        guard let account = try store.account(id)?.account else { throw .notFound }
        return try overview(of: account)
    }

    private func overview(of account: Account) throws(AuthError) -> FactorOverview {
        let credential = try store.credential(account.email)
        var overview = try context.readingFactors { (store, vault) throws(AuthError) in
            let credentials = try store.credentials(of: account.id)
            return FactorOverview(
                hasPassword: credential?.account.id == account.id
                    && credential?.hasPassword == true,
                totp: credentials.first { $0.kind == .totp },
                recoveryCodes: try store.recoveryCodes(among: credentials, opening: vault).count,
                passkeys: try store.passkeys(among: credentials, opening: vault),
                passkeysAvailable: context.offersPasskeys,
                isRequired: rules.factorPolicy.requires(account.role))
        }
        overview.trustedBrowsers = try store.trustedBrowsers(of: account.id, at: now()).count
        return overview
    }
}

extension AuthContext {
    /// Reads factors without a transaction, so that a database that takes no writes still shows them.
    ///
    /// `rotate --now` may seal them again and drop their key between two reads: then all is read once more.
    /// - Throws: What the second reading throws.
    func readingFactors<Value>(
        _ read: (any Store, FactorVault) throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        do throws(AuthError) {
            return try read(store, vault)
        } catch .unavailable(.factorKeyUnusable, _) {
            return try read(store, vault)
        }
    }
}
