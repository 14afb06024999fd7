public import Crypto

/// One signing-in of an account, known to its client by a cookie, a JWT, or both.
public struct Session: Sendable, Equatable {
    /// Stands in the JWT as `sid`; never a credential by itself.
    public let id: UUID
    /// SHA-256 of the cookie's token; the token itself is never stored.
    public let tokenHash: Digest
    /// The account that signed in.
    public let accountID: UUID
    /// When it began.
    public let createdAt: Timestamp
    /// When it ends, unless it is ended before.
    public let expiresAt: Timestamp
    /// By what the person showed who they are.
    public let methods: AuthenticationMethods
    /// When they last did.
    public let authenticatedAt: Timestamp

    /// Seconds for which a session that slides lasts at most, on a server that is not configured: 90
    /// days.
    public static let standardMaximumLifetime: Int64 = 7_776_000

    /// A session from its parts.
    public init(
        id: UUID, tokenHash: Digest, accountID: UUID, createdAt: Timestamp, expiresAt: Timestamp,
        methods: AuthenticationMethods, authenticatedAt: Timestamp
    ) {
        self.id = id
        self.tokenHash = tokenHash
        self.accountID = accountID
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.methods = methods
        self.authenticatedAt = authenticatedAt
    }

    /// What a session is looked up by.
    public enum Key: Sendable, Hashable {
        /// The `sid` of a JWT.
        case id(UUID)
        /// SHA-256 of a cookie's token.
        case tokenHash(Digest)
    }
}
