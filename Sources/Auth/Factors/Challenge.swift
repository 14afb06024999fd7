public import Crypto

/// A step that was begun and waits for its end: half a sign-in, a ceremony of a passkey, an
/// authenticator app that is not confirmed.
///
/// An object of its own, never a session with a flag. The transaction that acts on it deletes it.
public struct Challenge: Sendable, Equatable {
    /// SHA-256 of the text that only the client has.
    public let hash: Digest
    /// What it is for: it is good for nothing else.
    public let purpose: Purpose
    /// The account; nil where a passkey will name it.
    public let accountID: UUID?
    /// The session in which it was begun; nil for none.
    public let sessionID: UUID?
    /// SHA-256 of the cookie of the browser that began it, which alone may end it; nil for none.
    public let browser: Digest?
    /// What the purpose needs; sealed where it is secret.
    public let data: [UInt8]
    /// How often it was answered wrong.
    public var failures: Int
    /// When it was made.
    public let createdAt: Timestamp
    /// When it ends.
    public let expiresAt: Timestamp

    /// Creates a challenge from its parts.
    public init(
        hash: Digest, purpose: Purpose, accountID: UUID?, sessionID: UUID? = nil,
        browser: Digest? = nil, data: [UInt8] = [], failures: Int = 0, createdAt: Timestamp,
        expiresAt: Timestamp
    ) {
        self.hash = hash
        self.purpose = purpose
        self.accountID = accountID
        self.sessionID = sessionID
        self.browser = browser
        self.data = data
        self.failures = failures
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    /// What challenges are for.
    public enum Purpose: String, Sendable, CaseIterable {
        /// The second factor, after the right password.
        case secondFactor = "second_factor"
        /// A first second factor that the server requires, after the right password.
        case enrolment
        /// The confirmation of an authenticator app; an account has one.
        case totp
        /// A new passkey.
        case passkeyRegistration = "passkey_registration"
        /// A sign-in with a passkey, of whatever account.
        case passkeySignIn = "passkey_sign_in"
        /// A passkey of a known account: as second factor, or to authenticate again.
        case passkeyProof = "passkey_proof"

        /// How long it may be answered, in seconds.
        var lifetime: Int64 {
            switch self {
            case .secondFactor, .enrolment, .totp: 600
            case .passkeyRegistration, .passkeySignIn, .passkeyProof: 300
            }
        }
    }

    /// The wrong answers that end it.
    static let maximumFailures = 5
    /// The most challenges of one purpose that an account has: further ones replace the oldest.
    static let maximumPerAccount = 20
}
