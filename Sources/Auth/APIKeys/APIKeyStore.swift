public import Crypto

/// A key with what its owner wants to know about it.
public struct APIKeyDetails: Sendable, Equatable {
    /// The key.
    public let key: APIKey
    /// What its owner calls it.
    public let name: String
    /// Its first characters, to tell it from others.
    public let prefix: String
    /// When it was made.
    public let createdAt: Timestamp
    /// When it was last used, to the minute, and never before it was made; nil for never.
    public let lastUsedAt: Timestamp?

    /// Details from their parts.
    public init(
        key: APIKey, name: String, prefix: String, createdAt: Timestamp, lastUsedAt: Timestamp?
    ) {
        self.key = key
        self.name = name
        self.prefix = prefix
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
    }
}

/// A key, seen by the operator of the server.
public struct OwnedAPIKey: Sendable, Equatable {
    /// The key.
    public let details: APIKeyDetails
    /// The address of its account.
    public let email: Email

    /// A key with its owner.
    public init(details: APIKeyDetails, email: Email) {
        self.details = details
        self.email = email
    }
}

/// The API keys.
public protocol APIKeyStore {
    /// The key of this hash, if it was neither revoked nor has expired by `now`.
    ///
    /// To ask is to use it: some seconds later `APIKeyDetails.lastUsedAt` says so.
    /// - Throws: `notInMemory` on the loop lane when the database would have to be asked;
    ///   `unavailable` when it cannot answer.
    func apiKey(_ hash: Digest, now: Timestamp) throws(AuthError) -> APIKey?

    /// The live keys of an account, newest first.
    ///
    /// - Throws: `unavailable`.
    func apiKeys(
        of accountID: UUID, _ page: PageRequest, now: Timestamp
    ) throws(AuthError) -> Page<APIKeyDetails>

    /// The live keys of an account, or of all, newest first, for the command line.
    ///
    /// - Parameters:
    ///   - accountID: Whose; nil for everybody's.
    ///   - page: Which page.
    ///   - now: The present time.
    /// - Returns: A page.
    /// - Throws: `unavailable`.
    func ownedAPIKeys(
        of accountID: UUID?, _ page: PageRequest, now: Timestamp
    ) throws(AuthError) -> Page<OwnedAPIKey>
}

/// What a transaction does to API keys.
public protocol APIKeyTransaction {
    /// Adds a key.
    ///
    /// - Parameters:
    ///   - details: The key.
    ///   - hash: SHA-256 of its text.
    /// - Throws: `unavailable`.
    func insert(_ details: APIKeyDetails, hash: Digest) throws(AuthError)

    /// How many live keys an account has.
    func countAPIKeys(of accountID: UUID, at time: Timestamp) throws(AuthError) -> Int

    /// Removes the oldest keys of an account of those that were revoked, and of those that have expired,
    /// a limited number at once.
    ///
    /// - Parameters:
    ///   - accountID: Whose.
    ///   - count: How many of either stay.
    ///   - time: Now.
    /// - Throws: `unavailable`.
    func removePastAPIKeys(
        of accountID: UUID, beyond count: Int, at time: Timestamp
    ) throws(AuthError)

    /// Ends the keys of an account, those that have expired, too: a clock that ran ahead must not bring
    /// them back.
    ///
    /// - Returns: How many were live.
    /// - Throws: `unavailable`.
    @discardableResult
    func revokeAPIKeys(of accountID: UUID, at time: Timestamp) throws(AuthError) -> Int

    /// Whether a key is live.
    func isLive(apiKey id: UUID, at time: Timestamp) throws(AuthError) -> Bool

    /// Ends a key, and the invitations that were made with it.
    ///
    /// - Parameters:
    ///   - id: Its id.
    ///   - accountID: Whose it has to be; nil for anybody's.
    ///   - time: Now.
    /// - Returns: Whether it was live and the account's.
    /// - Throws: `unavailable`.
    func revokeAPIKey(_ id: UUID, of accountID: UUID?, at time: Timestamp) throws(AuthError) -> Bool
}
