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
        let id = caller.account.id
        return try overview { transaction throws(AuthError) in
            guard let account = try transaction.credential(id) else {
                throw .unauthenticated(.callerEnded)
            }
            return account
        }
    }

    /// What an account signs in with, for the owner and administrators.
    ///
    /// - Throws: `notFound`; `unauthenticated`, `forbidden` when the administrator is none any more;
    ///   `unavailable`.
    public func overview(
        of id: UUID, by administrator: Administrator
    ) throws(AuthError) -> FactorOverview {
        try overview { transaction throws(AuthError) in
            _ = try AdminPermission.of(administrator, in: transaction)
            guard let account = try transaction.credential(id) else { throw .notFound }
            return account
        }
    }

    /// Factors are opened in a transaction only: `rotate --now` may be sealing them again.
    private func overview(
        of find: @escaping @Sendable (any Transaction) throws(AuthError) -> AccountCredential
    ) throws(AuthError) -> FactorOverview {
        let (vault, policy) = (vault, rules.factorPolicy)
        let passkeysAvailable = context.offersPasskeys
        var (id, overview) = try store.write { transaction throws(AuthError) in
            let found = try find(transaction)
            let credentials = try transaction.credentials(of: found.account.id)
            let overview = FactorOverview(
                hasPassword: found.passwordHash != nil,
                totp: credentials.first { $0.kind == .totp },
                recoveryCodes: try transaction.recoveryCodes(among: credentials, opening: vault)
                    .count,
                passkeys: try transaction.passkeys(among: credentials, opening: vault),
                passkeysAvailable: passkeysAvailable,
                isRequired: policy.requires(found.account.role))
            return (found.account.id, overview)
        }
        overview.trustedBrowsers = try store.trustedBrowsers(of: id, at: now()).count
        return overview
    }
}
