public import Crypto

/// A session of an account, which its client uses by cookie, JWT, or both.
public struct Session: Sendable, Equatable {
    /// The `sid` of the JWT; never a credential by itself.
    public let id: UUID
    /// SHA-256 of the cookie's token; the token itself is never stored.
    public let tokenHash: Digest
    /// The account that signed in.
    public let accountID: UUID
    /// When it began.
    public let createdAt: Timestamp
    /// When it expires, unless it is ended before.
    public let expiresAt: Timestamp
    /// How the person was authenticated.
    public let methods: AuthenticationMethods
    /// When the person was last authenticated.
    public let authenticatedAt: Timestamp
    /// When the person last proved a second factor in it; nil for never.
    public let factorAt: Timestamp?

    /// The default of the most seconds that a sliding session lasts: 90 days.
    public static let standardMaximumLifetime: Int64 = 7_776_000

    /// Creates a session.
    public init(
        id: UUID, tokenHash: Digest, accountID: UUID, createdAt: Timestamp, expiresAt: Timestamp,
        methods: AuthenticationMethods, authenticatedAt: Timestamp, factorAt: Timestamp? = nil
    ) {
        self.id = id
        self.tokenHash = tokenHash
        self.accountID = accountID
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.methods = methods
        self.authenticatedAt = authenticatedAt
        self.factorAt = factorAt
    }

    /// What a session is looked up by.
    public enum Key: Sendable, Hashable {
        /// The `sid` of a JWT.
        case id(UUID)
        /// SHA-256 of a cookie's token.
        case tokenHash(Digest)
    }
}
