/// What an account has besides its password, as people are told of it.
public struct EnrolledFactors: Sendable, Equatable {
    /// Whether it has an authenticator app.
    public let hasTOTP: Bool
    /// The number of its passkeys.
    public let passkeys: Int
    /// Whether it has recovery codes.
    public let hasRecoveryCodes: Bool

    /// Counts credentials of one account.
    public init(_ credentials: [Credential] = []) {
        hasTOTP = credentials.contains { $0.kind == .totp }
        passkeys = credentials.count { $0.kind == .passkey }
        hasRecoveryCodes = credentials.contains { $0.kind == .recovery }
    }

    /// Whether there is nothing but perhaps a password.
    public var isEmpty: Bool { !hasTOTP && passkeys == 0 && !hasRecoveryCodes }
}
