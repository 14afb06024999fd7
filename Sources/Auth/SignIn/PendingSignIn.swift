/// Half a sign-in: the password was right, and something is still to be proven.
public struct PendingSignIn: Sendable, Equatable {
    /// The text that names the challenge, 43 URL-safe characters: returned, never stored.
    public let challenge: String
    /// The value of the cookie without which the challenge is worthless; nil where it is bound to no
    /// browser.
    public let browserToken: String?
    /// What the next step may be proven with; for `enrolment`, what may be added.
    public let methods: [SignInMethod]
    /// The address that signs in.
    public let email: Email
    /// Whether a factor is to be proven, or to be added.
    public let purpose: Challenge.Purpose
    /// When it ends.
    public let expiresAt: Timestamp

    /// Creates a pending sign-in from its parts.
    public init(
        challenge: String, browserToken: String?, methods: [SignInMethod], email: Email,
        purpose: Challenge.Purpose, expiresAt: Timestamp
    ) {
        self.challenge = challenge
        self.browserToken = browserToken
        self.methods = methods
        self.email = email
        self.purpose = purpose
        self.expiresAt = expiresAt
    }
}
