public import Auth
public import Crypto
import ForeignPasswords

/// The contents of a `MemoryStore`.
public struct Memory: Sendable {
    /// The name of the database in use.
    public var databaseName = "lunauth"
    /// The names of other databases, which contain accounts already.
    public var occupiedNames: Set<String> = []
    /// The stored setup; nil before it.
    public var setup: SetupRecord?
    /// The settings.
    public var settings = Settings()
    /// The accounts, oldest first.
    public var credentials: [AccountCredential] = []
    /// The credentials other than passwords, in order of insertion.
    public var factors: [Credential] = []
    /// The wrapped key under which they are sealed.
    public var dataKey: [UInt8]?
    /// The challenges, oldest first, including expired ones.
    public var challenges: [Challenge] = []
    /// The trusted browsers, oldest first, including those whose trust has ended.
    public var trustedBrowsers: [TrustedBrowser] = []
    /// The record of events.
    public var audit = AuditMemory()
    /// The sessions, oldest first, including ended ones.
    public var sessions: [StoredSession] = []
    /// The invites.
    public var invites: [StoredInvite] = []
    /// The API keys, including revoked ones.
    public var apiKeys: [StoredAPIKey] = []
    /// The one-time tokens of links.
    public var linkTokens: [LinkToken] = []
    /// The outcomes of used links.
    public var settledLinks: [(token: LinkToken, link: SettledLink)] = []
    /// The accounts whose unconfirmed address was rejected.
    public var rejectedEmails: [UUID] = []
    /// The outbox.
    public var mails: [QueuedMail] = []
    /// The notes of commands for the server's log.
    public var notes: [String] = []
    /// The mails counted against recipients.
    public var recipientMails: [RecipientMail] = []

    /// Creates empty contents.
    public init() {}

    /// Whether an owner exists.
    public var hasOwner: Bool { credentials.contains { $0.account.role == .owner } }

    /// A decoy for each profile of the foreign hashes that are stored.
    var foreignDecoys: [ForeignHash] {
        var decoys: [String: ForeignHash] = [:]
        for case .foreign(let hash) in credentials.compactMap(\.password) {
            decoys[hash.profile] = hash.decoy()
        }
        return decoys.values.sorted { $0.profile < $1.profile }
    }

    /// The account of this id and its password hash.
    public func credential(_ id: UUID) -> AccountCredential? {
        credentials.first { $0.account.id == id }
    }

    /// The credentials of an account other than its password, oldest first.
    public func factors(of accountID: UUID) -> [Credential] {
        factors.filter { $0.accountID == accountID }.sorted {
            ($0.createdAt, $0.id.high, $0.id.low) < ($1.createdAt, $1.id.high, $1.id.low)
        }
    }

    /// The challenge with this hash and purpose.
    func challenge(_ hash: Digest, for purpose: Challenge.Purpose) -> Challenge? {
        challenges.first { $0.hash == hash && $0.purpose == purpose }
    }

    /// The token with this hash and purpose if it is valid at a time.
    func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) -> LinkToken? {
        linkTokens.first { $0.hash == hash && $0.purpose == purpose && $0.expiresAt > time }
    }

    /// The outcome of the link whose token has this hash and purpose.
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
    /// The limit it counts towards.
    public let share: MailShare
    /// The time.
    public let time: Timestamp
}

/// A session, with its use and end.
public struct StoredSession: Sendable {
    /// The session.
    public var session: Session
    /// The client that created it.
    public var client = ClientContext.commandLine
    /// The minute of its last use; nil for never.
    public var lastSeenAt: Timestamp?
    /// When it was ended before its expiry.
    public var endedAt: Timestamp?

    /// Whether it has neither ended nor expired.
    public func isLive(at time: Timestamp) -> Bool {
        endedAt == nil && session.expiresAt > time
    }

    /// When it was last used, or created.
    var lastUse: Timestamp { max(lastSeenAt ?? session.createdAt, session.createdAt) }

    /// Whether it is the session with this key.
    func has(_ key: Session.Key) -> Bool {
        switch key {
        case .id(let id): session.id == id
        case .tokenHash(let hash): session.tokenHash == hash
        }
    }
}

/// An invite and the hash of its code.
public struct StoredInvite: Sendable {
    /// SHA-256 of its code.
    public let codeHash: Digest
    /// The invite.
    public var invite: Invite

    /// Creates a stored invite.
    init(codeHash: Digest, invite: Invite) {
        self.codeHash = codeHash
        self.invite = invite
    }

    /// Creates an invite to the team, for any address unless one is given.
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

/// An API key, with its hash and revocation.
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
