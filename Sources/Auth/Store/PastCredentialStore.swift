public import Crypto

/// Reads of credentials that are no longer good, to tell why they were refused.
///
/// What is kept of them is limited by number and by the retention period.
public protocol PastCredentialStore {
    /// How long a session lasts or lasted; nil when nothing is kept of it.
    ///
    /// - Throws: As `SessionStore.session`.
    func pastSession(_ key: Session.Key) throws(AuthError) -> PastCredential?

    /// How long the API key with this hash is or was good; nil when nothing is kept of it.
    ///
    /// - Throws: As `SessionStore.session`.
    func pastAPIKey(_ hash: Digest) throws(AuthError) -> PastCredential?
}

/// A session or an API key that may be over.
public struct PastCredential: Sendable, Equatable {
    /// Its id.
    public let id: UUID
    /// Whose it is.
    public let accountID: UUID
    /// When it expires or expired; nil for never.
    public let expiresAt: Timestamp?
    /// When it was ended or revoked; nil when it was not.
    public let endedAt: Timestamp?

    /// Creates one from its parts.
    public init(id: UUID, accountID: UUID, expiresAt: Timestamp?, endedAt: Timestamp?) {
        self.id = id
        self.accountID = accountID
        self.expiresAt = expiresAt
        self.endedAt = endedAt
    }
}
