public import Crypto

/// A key with the details for its owner.
public struct APIKeyDetails: Sendable, Equatable {
    /// The key.
    public let key: APIKey
    /// The name given by its owner.
    public let name: String
    /// Its first characters, to distinguish it from others.
    public let prefix: String
    /// When it was created.
    public let createdAt: Timestamp
    /// When it was last used, to the minute, and never before its creation; nil for never.
    public let lastUsedAt: Timestamp?

    /// Creates details.
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

/// A key as listed for the operator.
public struct OwnedAPIKey: Sendable, Equatable {
    /// The key.
    public let details: APIKeyDetails
    /// The email of its account.
    public let email: Email

    /// Creates a key with its owner.
    public init(details: APIKeyDetails, email: Email) {
        self.details = details
        self.email = email
    }
}

/// Reads of API keys.
public protocol APIKeyStore {
    /// The key with this hash, if it is neither revoked nor expired at `now`.
    ///
    /// The lookup counts as a use, which `APIKeyDetails.lastUsedAt` shows some seconds later.
    /// - Throws: `notInMemory` on the loop lane when the key is not cached; `unavailable` when the
    ///   database fails.
    func apiKey(_ hash: Digest, now: Timestamp) throws(AuthError) -> APIKey?

    /// The key of this id, also one that is revoked or expired.
    ///
    /// - Throws: `unavailable`.
    func apiKeyDetails(_ id: UUID) throws(AuthError) -> APIKeyDetails?

    /// The live keys of an account, newest first.
    ///
    /// - Throws: `unavailable`.
    func apiKeys(
        of accountID: UUID, _ page: PageRequest, now: Timestamp
    ) throws(AuthError) -> Page<APIKeyDetails>

    /// The live keys of an account, or of all accounts, newest first, for the command line.
    ///
    /// - Parameters:
    ///   - accountID: The account; nil for all.
    ///   - page: The requested page.
    ///   - now: The present time.
    /// - Returns: A page.
    /// - Throws: `unavailable`.
    func ownedAPIKeys(
        of accountID: UUID?, _ page: PageRequest, now: Timestamp
    ) throws(AuthError) -> Page<OwnedAPIKey>
}

/// Changes of API keys in a transaction.
public protocol APIKeyTransaction {
    /// Adds a key; the rule is `create`.
    ///
    /// - Parameters:
    ///   - details: The key.
    ///   - hash: SHA-256 of its text.
    /// - Throws: `unavailable`.
    func insert(_ details: APIKeyDetails, hash: Digest) throws(AuthError)

    /// The key of this id, also one that is revoked or expired.
    func apiKeyDetails(_ id: UUID) throws(AuthError) -> APIKeyDetails?

    /// The live key of this id.
    func apiKey(_ id: UUID) throws(AuthError) -> APIKey?

    /// Whether there is a key of this hash, also one that is revoked or expired.
    func hasAPIKey(_ hash: Digest) throws(AuthError) -> Bool

    /// How many live keys an account has.
    func countAPIKeys(of accountID: UUID) throws(AuthError) -> Int

    /// Updates a live key as revoked now; the rule is `endAPIKey`.
    ///
    /// - Parameters:
    ///   - id: Its id.
    ///   - accountID: The account it has to belong to; nil for any.
    /// - Returns: Whether it was live, and the account's.
    /// - Throws: `unavailable`.
    func revokeAPIKey(_ id: UUID, of accountID: UUID?) throws(AuthError) -> Bool

    /// Updates the keys of an account as revoked now, those that have expired, too: a clock that ran ahead
    /// must not bring them back. The rule is `endAPIKeys`.
    ///
    /// - Returns: How many were live.
    /// - Throws: `unavailable`.
    func revokeAPIKeys(of accountID: UUID) throws(AuthError) -> Int

    /// Deletes the oldest keys of an account of those that were revoked, and of those that have expired, a
    /// limited number at once.
    ///
    /// - Parameters:
    ///   - accountID: The account.
    ///   - count: How many of either stay.
    /// - Throws: `unavailable`.
    func deletePastAPIKeys(of accountID: UUID, keeping count: Int) throws(AuthError)
}
