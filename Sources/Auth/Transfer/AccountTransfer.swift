public import Crypto

/// An account with what belongs to it, as it moves from one server to another.
///
/// From a system that does not know a fact it is nil: a new account takes the default, a present one keeps what
/// it has.
public struct AccountTransfer: Sendable, Equatable {
    /// Its id; nil from another system, whose accounts are found by their address.
    public var id: UUID?
    /// The address.
    public var email: Email
    /// The name; by default the local part of the address.
    public var name: String?
    /// The role; `user` by default.
    public var role: Account.Role?
    /// The tier; `free` by default.
    public var tier: Account.Tier?
    /// The status; `active` by default.
    public var status: Account.Status?
    /// When it was created; by default now.
    public var createdAt: Timestamp?
    /// Whether the address is confirmed; an address of which nothing is known is not.
    public var isEmailVerified: Bool?
    /// When it was confirmed; by default now.
    public var emailVerifiedAt: Timestamp?
    /// When it was approved.
    public var approvedAt: Timestamp?
    /// The language.
    public var language: Language?
    /// What its password is checked against.
    public var password: StoredPassword?
    /// Its authenticator app, recovery codes and passkeys, oldest first.
    public var factors: [FactorTransfer] = []
    /// Its API keys that were not revoked, oldest first.
    public var apiKeys: [APIKeyTransfer] = []

    /// An account of which no more than the address is known.
    public init(email: Email) {
        self.email = email
    }

    /// Where it is in an export; nil for one from another system.
    public var position: Cursor? {
        guard let id, let createdAt else { return nil }
        return Cursor(createdAt: createdAt, id: id, .oldest)
    }
}

/// A credential besides the password, as it moves.
public struct FactorTransfer: Sendable, Equatable {
    /// Its id.
    public let id: UUID
    /// Its kind.
    public let kind: Credential.Kind
    /// The id by which an authenticator names a passkey.
    public let handle: [UInt8]?
    /// The name that the person gave a passkey.
    public let name: String?
    /// When it was added.
    public let createdAt: Timestamp
    /// When it was last proven.
    public let lastUsedAt: Timestamp?
    /// What `FactorVault` seals, opened; nil where only the factor is named, which has to be enrolled again.
    public let secret: [UInt8]?

    /// A factor from its parts.
    public init(
        id: UUID, kind: Credential.Kind, handle: [UInt8]?, name: String?, createdAt: Timestamp,
        lastUsedAt: Timestamp?, secret: [UInt8]?
    ) {
        self.id = id
        self.kind = kind
        self.handle = handle
        self.name = name
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
        self.secret = secret
    }

    /// Whether the secret, if it is there, is one of its kind.
    var isWellFormed: Bool {
        guard (handle != nil) == (kind == .passkey) else { return false }
        if let handle, !(1...1_023).contains(handle.count) { return false }
        guard let secret else { return true }
        return switch kind {
        case .totp: AuthenticatorApp(data: secret) != nil
        case .recovery: RecoveryCodes(data: secret) != nil
        case .passkey: PasskeyRecord(data: secret) != nil
        }
    }
}

/// An API key, as it moves: its text is nowhere stored, and stays the same.
public struct APIKeyTransfer: Sendable, Equatable {
    /// Its id.
    public let id: UUID
    /// The name given by its owner.
    public let name: String
    /// Its first characters.
    public let prefix: String
    /// SHA-256 of its text.
    public let hash: Digest
    /// What it allows.
    public let scopes: APIKey.Scopes
    /// When it was created.
    public let createdAt: Timestamp
    /// When it expires; nil for never.
    public let expiresAt: Timestamp?
    /// When it was last used.
    public let lastUsedAt: Timestamp?

    /// A key from its parts.
    public init(
        id: UUID, name: String, prefix: String, hash: Digest, scopes: APIKey.Scopes,
        createdAt: Timestamp, expiresAt: Timestamp?, lastUsedAt: Timestamp?
    ) {
        self.id = id
        self.name = name
        self.prefix = prefix
        self.hash = hash
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
    }

    /// A stored key.
    ///
    /// - Parameters:
    ///   - details: The key.
    ///   - hash: SHA-256 of its text.
    public init(_ details: APIKeyDetails, hash: Digest) {
        self.init(
            id: details.key.id, name: details.name, prefix: details.prefix, hash: hash,
            scopes: details.key.scopes, createdAt: details.createdAt,
            expiresAt: details.key.expiresAt, lastUsedAt: details.lastUsedAt)
    }

    /// The key of an account.
    func details(of accountID: UUID) -> APIKeyDetails {
        APIKeyDetails(
            key: APIKey(id: id, accountID: accountID, scopes: scopes, expiresAt: expiresAt),
            name: name, prefix: prefix, createdAt: createdAt, lastUsedAt: lastUsedAt)
    }
}

/// An invitation, as it moves: its code is nowhere stored, and stays the same.
public struct InviteTransfer: Sendable, Equatable {
    /// The invitation.
    public let invite: Invite
    /// SHA-256 of its code.
    public let codeHash: Digest

    /// An invitation with the hash of its code.
    public init(_ invite: Invite, codeHash: Digest) {
        self.invite = invite
        self.codeHash = codeHash
    }
}

/// What moves from one server to another.
public enum TransferRecord: Sendable, Equatable {
    /// An account.
    case account(AccountTransfer)
    /// An invitation.
    case invite(InviteTransfer)
}
