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
    public var credentials: [AccountCredential] = []
    /// The sessions, oldest first, ended ones too.
    public var sessions: [StoredSession] = []
    /// The invitations.
    public var invites: [StoredInvite] = []
    /// The API keys, revoked ones too.
    public var apiKeys: [StoredAPIKey] = []
    /// The one-time tokens of links.
    public var linkTokens: [LinkToken] = []
    /// What came of links that were used.
    public var settledLinks: [(token: LinkToken, link: SettledLink)] = []
    /// Whose unconfirmed address somebody disowned.
    public var rejectedEmails: [UUID] = []
    /// The outbox.
    public var mails: [QueuedMail] = []
    /// What commands left for the log of the server.
    public var notes: [String] = []
    /// What was counted against recipients.
    public var recipientMails: [RecipientMail] = []

    /// Nothing.
    public init() {}

    /// Whether an owner exists.
    public var hasOwner: Bool { credentials.contains { $0.account.role == .owner } }

    /// The account of this id and its password hash.
    public func credential(_ id: UUID) -> AccountCredential? {
        credentials.first { $0.account.id == id }
    }

    /// The token of this hash and purpose if it is good at a time.
    func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) -> LinkToken? {
        linkTokens.first { $0.hash == hash && $0.purpose == purpose && $0.expiresAt > time }
    }

    /// What came of the link whose token has this hash and purpose.
    func settledLink(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) -> SettledLink? {
        settledLinks.last {
            $0.token.hash == hash && $0.token.purpose == purpose && $0.token.expiresAt > time
        }?.link
    }

    /// The live sessions of an account.
    public func liveSessions(of id: UUID, at time: Timestamp) -> [Session] {
        sessions.filter { $0.session.accountID == id && $0.isLive(at: time) }.map(\.session)
    }
}

/// A mail that was counted against its recipient.
public struct RecipientMail: Sendable {
    /// A MAC of the address.
    public let recipient: Digest
    /// Which budget.
    public let share: MailShare
    /// When.
    public let time: Timestamp
}

/// A session, and whether it was ended.
public struct StoredSession: Sendable {
    /// The session.
    public var session: Session
    /// Where it was made.
    public var client = ClientContext.commandLine
    /// The minute it was last used in; nil for never.
    public var lastSeenAt: Timestamp?
    /// When it was ended before its time.
    public var endedAt: Timestamp?

    /// Whether it has neither ended nor expired.
    public func isLive(at time: Timestamp) -> Bool {
        endedAt == nil && session.expiresAt > time
    }

    /// When it was last used, or begun.
    var lastUse: Timestamp { max(lastSeenAt ?? session.createdAt, session.createdAt) }

    /// Whether it is the session of this key.
    func has(_ key: Session.Key) -> Bool {
        switch key {
        case .id(let id): session.id == id
        case .tokenHash(let hash): session.tokenHash == hash
        }
    }
}

/// An invitation, and what finds it.
public struct StoredInvite: Sendable {
    /// SHA-256 of its code.
    public let codeHash: Digest
    /// The invitation.
    public var invite: Invite

    /// An invitation from its parts.
    init(codeHash: Digest, invite: Invite) {
        self.codeHash = codeHash
        self.invite = invite
    }

    /// An invitation to the team, for anybody unless an address is named.
    public init(
        code: String, email: Email? = nil, role: Account.Role = .member,
        tier: Account.Tier = .free, maximumUses: Int = 1, isPaused: Bool = false,
        expiresAt: Timestamp = TestClock.start.adding(seconds: 86_400)
    ) {
        codeHash = SHA256.digest(code.utf8)
        invite = Invite(
            id: .random(), email: email, role: role, tier: tier, maximumUses: maximumUses,
            isPaused: isPaused, createdBy: nil, createdAt: TestClock.start, expiresAt: expiresAt)
    }
}

/// An API key, what finds it, and whether it was revoked.
public struct StoredAPIKey: Sendable {
    /// SHA-256 of its text.
    public let hash: Digest
    /// The key.
    public var details: APIKeyDetails
    /// When it was revoked.
    public var revokedAt: Timestamp?

    /// Whether it can be used at a time.
    public func isLive(at time: Timestamp) -> Bool {
        revokedAt == nil && details.key.isLive(at: time)
    }
}
