import Crypto

/// The second factors of an account, as the rules about them need to know.
///
/// Recovery codes are none: they stand in for one that is lost, beside the password alone. An account has them as
/// long as it has a password and one is left.
struct SecondFactors: Sendable, Equatable {
    private let hasTOTP: Bool
    private let hasPasskey: Bool
    private let hasRecoveryCodes: Bool
    /// When the oldest of the present ones was added; nil for an account without any.
    let since: Timestamp?

    /// Creates the factors from the credentials of one account.
    ///
    /// - Parameters:
    ///   - credentials: All but its password.
    ///   - hasPassword: Whether it has a password.
    init(_ credentials: [Credential], hasPassword: Bool) {
        hasTOTP = credentials.contains { $0.kind == .totp }
        hasPasskey = credentials.contains { $0.kind == .passkey }
        hasRecoveryCodes = hasPassword && credentials.contains { $0.kind == .recovery }
        since = credentials.filter(\.kind.isFactor).map(\.createdAt).min()
    }

    /// Whether the account has a second factor.
    var isEnrolled: Bool { since != nil }

    /// What a second factor may be proven with.
    ///
    /// - Parameter offersPasskeys: Whether the server offers passkeys; those of another RP ID cannot be used.
    /// - Returns: Empty for an account without a second factor.
    func methods(offersPasskeys: Bool) -> [SignInMethod] {
        guard isEnrolled else { return [] }
        return [
            hasTOTP ? .totp : nil, hasRecoveryCodes ? .recovery : nil,
            hasPasskey && offersPasskeys ? .passkey : nil,
        ].compactMap(\.self)
    }

    /// What the holder of the account authenticates again with.
    ///
    /// - Parameter offersPasskeys: As for `methods`.
    /// - Returns: The password alone for an account without a second factor.
    func reauthenticationMethods(offersPasskeys: Bool) -> [SignInMethod] {
        isEnrolled ? methods(offersPasskeys: offersPasskeys) : [.password]
    }
}

extension Transaction {
    /// The second factors of an account.
    func secondFactors(of accountID: UUID) throws(AuthError) -> SecondFactors {
        let credentials = try credentials(of: accountID)
        // Most accounts have no factors, and nothing more to be looked up.
        guard !credentials.isEmpty else { return SecondFactors([], hasPassword: true) }
        return SecondFactors(
            credentials, hasPassword: try credential(accountID)?.hasPassword == true)
    }
}

extension AuthContext {
    /// The second factors of an account; a transaction that acts on them reads them again.
    ///
    /// - Throws: `notInMemory` on the loop lane; `unavailable`.
    func secondFactors(of account: Account) throws(AuthError) -> SecondFactors {
        let credentials = try store.credentials(of: account.id)
        guard !credentials.isEmpty else { return SecondFactors([], hasPassword: true) }
        return SecondFactors(credentials, hasPassword: try !isPasswordless(account))
    }

    /// Whether an account has no password.
    func isPasswordless(_ account: Account) throws(AuthError) -> Bool {
        // Another account may have taken the address since this account was read.
        guard let present = try store.credential(account.email), present.account.id == account.id
        else { return false }
        return !present.hasPassword
    }
}

extension SignInService {
    /// What the caller authenticates again with.
    ///
    /// - Throws: `unavailable`.
    public func proofMethods(of caller: Caller) throws(AuthError) -> [SignInMethod] {
        try context.secondFactors(of: caller.account)
            .reauthenticationMethods(offersPasskeys: context.offersPasskeys)
    }
}
