public import Crypto

@testable public import Auth

/// An API key with its hash.
public struct APIKeySample: Sendable {
    /// The hash of its text.
    public let hash = Digest.random()
    /// The key with its details.
    public let details: APIKeyDetails

    /// The key.
    public var key: APIKey { details.key }

    /// A key, not stored.
    ///
    /// - Parameters:
    ///   - account: Its account.
    ///   - scopes: Its scopes.
    ///   - time: When it was created.
    ///   - lifetime: In seconds; nil for ever.
    public init(
        of account: Account, scopes: APIKey.Scopes = .standard, at time: Timestamp = .start,
        lifetime: Int64? = nil
    ) {
        details = APIKeyDetails(
            key: APIKey(
                id: .random(), accountID: account.id, scopes: scopes,
                expiresAt: lifetime.map { time.adding(seconds: $0) }),
            name: "Ci \"ü\"", prefix: "luna_Ab3xY9z", createdAt: time, lastUsedAt: nil)
    }
}

extension Store {
    /// Adds a key.
    public func add(_ sample: APIKeySample) throws(AuthError) {
        try write { transaction throws(AuthError) in
            try transaction.insert(sample.details, hash: sample.hash)
        }
    }

    /// Revokes a key.
    ///
    /// - Returns: Whether it was live, and the account's.
    public func revoke(_ id: UUID, of accountID: UUID?) throws(AuthError) -> Bool {
        try write { transaction throws(AuthError) in
            try transaction.endAPIKey(id, of: accountID)
        }
    }
}
