public import Auth
public import Crypto

/// Everything a `MemoryStore` keeps.
public struct Memory: Sendable {
    /// The name of the database in use.
    public var databaseName = "lunauth"
    /// The names of other databases, which hold accounts already.
    public var occupiedNames: Set<String> = []
    /// What setup decided, once it did.
    public var setup: SetupRecord?
    /// What an administrator switched.
    public var settings = Settings()
    /// The accounts, oldest first.
    public var credentials: [Credential] = []
    /// The sessions, oldest first, ended ones too.
    public var sessions: [StoredSession] = []
    /// The invitations.
    public var invites: [StoredInvite] = []

    /// Whether an owner exists.
    public var hasOwner: Bool { credentials.contains { $0.account.role == .owner } }

    /// The account of this id and its password hash.
    public func credential(_ id: UUID) -> Credential? {
        credentials.first { $0.account.id == id }
    }

    /// The live sessions of an account.
    public func liveSessions(of id: UUID, at time: Timestamp) -> [Session] {
        sessions.filter { $0.session.accountID == id && $0.isLive(at: time) }.map(\.session)
    }
}

/// A session, and whether it was ended.
public struct StoredSession: Sendable {
    /// The session.
    public let session: Session
    /// When it was ended before its time.
    public var endedAt: Timestamp?

    /// Whether it has neither ended nor expired.
    public func isLive(at time: Timestamp) -> Bool {
        endedAt == nil && session.expiresAt > time
    }

    /// Whether it is the session of this key.
    func has(_ key: Session.Key) -> Bool {
        switch key {
        case .id(let id): session.id == id
        case .tokenHash(let hash): session.tokenHash == hash
        }
    }
}

/// An invitation.
public struct StoredInvite: Sendable {
    /// SHA-256 of its code.
    public let codeHash: Digest
    /// What its account is given.
    public var invite = Invite(role: .member, tier: .free)
    /// The one address it is for, where it is for one.
    public var email: Email?
    /// How often it can be used yet.
    public var uses = 1
    /// Whether it is good for nothing for a while.
    public var isPaused = false
    /// When it ends.
    public var expiresAt = TestClock.start.adding(seconds: 86_400)

    /// An invitation for anybody, good once for a day.
    public init(code: String) { codeHash = SHA256.digest(code.utf8) }

    func isRedeemable(at time: Timestamp) -> Bool {
        uses > 0 && !isPaused && expiresAt > time
    }
}
