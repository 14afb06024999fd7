import Crypto

/// The second factors of an account, as the rules about them need to know.
///
/// Recovery codes are none: they stand in for one that is lost. An account has them as long as one is left.
struct SecondFactors: Sendable, Equatable {
    private let hasTOTP: Bool
    private let hasPasskey: Bool
    private let hasRecoveryCodes: Bool
    /// When the oldest of the present ones was added; nil for an account without any.
    let since: Timestamp?

    /// Creates the factors from the credentials of one account.
    init(_ credentials: [Credential]) {
        hasTOTP = credentials.contains { $0.kind == .totp }
        hasPasskey = credentials.contains { $0.kind == .passkey }
        hasRecoveryCodes = credentials.contains { $0.kind == .recovery }
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
        SecondFactors(try credentials(of: accountID))
    }
}

extension AuthContext {
    /// The second factors of an account; a transaction that acts on them reads them again.
    ///
    /// - Throws: `notInMemory` on the loop lane; `unavailable`.
    func secondFactors(of accountID: UUID) throws(AuthError) -> SecondFactors {
        SecondFactors(try store.credentials(of: accountID))
    }
}

extension SignInService {
    /// What the caller authenticates again with.
    ///
    /// - Throws: `unavailable`.
    public func proofMethods(of caller: Caller) throws(AuthError) -> [SignInMethod] {
        try context.secondFactors(of: caller.account.id)
            .reauthenticationMethods(offersPasskeys: context.offersPasskeys)
    }
}
