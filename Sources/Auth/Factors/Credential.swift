public import Crypto

/// What an account proves itself with, besides its password.
public struct Credential: Sendable, Equatable {
    /// Its id.
    public let id: UUID
    /// The account.
    public let accountID: UUID
    /// Its kind; an account has at most one of each but passkeys.
    public let kind: Kind
    /// The id by which an authenticator names a passkey, at most 1,023 bytes; nil for other kinds.
    public let handle: [UInt8]?
    /// The name that the person gave a passkey; nil for other kinds.
    public var name: String?
    /// Sealed by `FactorVault`: no store reads it.
    public var data: [UInt8]
    /// When it was added.
    public let createdAt: Timestamp
    /// When it was last proven; nil for never.
    public var lastUsedAt: Timestamp?

    /// Creates a credential from its parts.
    public init(
        id: UUID, accountID: UUID, kind: Kind, handle: [UInt8]? = nil, name: String? = nil,
        data: [UInt8], createdAt: Timestamp, lastUsedAt: Timestamp? = nil
    ) {
        self.id = id
        self.accountID = accountID
        self.kind = kind
        self.handle = handle
        self.name = name
        self.data = data
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
    }

    /// The kinds of credentials.
    public enum Kind: String, Sendable, CaseIterable {
        /// The secret of an authenticator app.
        case totp
        /// The recovery codes that were not used yet.
        case recovery
        /// A passkey.
        case passkey

        /// Whether it is a second factor by itself: recovery codes only stand in for one.
        public var isFactor: Bool { self != .recovery }
    }
}
