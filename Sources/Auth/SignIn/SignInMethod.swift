/// A way to prove who one is, by its name in requests and responses.
public enum SignInMethod: String, Sendable, CaseIterable {
    /// The password of the account.
    case password
    /// A code of an authenticator app (RFC 6238).
    case totp
    /// One of the recovery codes.
    case recovery
    /// A passkey (WebAuthn Level 3).
    case passkey
}
