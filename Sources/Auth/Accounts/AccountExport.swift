public import Crypto

/// Everything that is kept about an account, except what it is protected by.
public struct AccountExport: Sendable {
    /// The account.
    public let account: Account
    /// Its sessions, newest first, those that ended and are still kept too.
    public let sessions: [PastSession]
    /// Its API keys, newest first, those that ended and are still kept too.
    public let apiKeys: [PastAPIKey]
    /// The invitations it made, newest first.
    public let invites: [Invite]
    /// The links that were sent about it and not used.
    public let links: [LinkToken]
    /// The mails about it that were not sent, newest first; nobody reads what they say.
    public let mails: [Mail]
    /// Whether there is more of one kind than was put in.
    public let isTruncated: Bool

    /// The most that is put in of each kind.
    public static let limit = 1_000

    /// A session, and when it was ended before its time.
    public struct PastSession: Sendable {
        /// The session.
        public let details: SessionDetails
        /// Nil for one that lives or expired.
        public let endedAt: Timestamp?

        /// A session from its parts.
        public init(details: SessionDetails, endedAt: Timestamp?) {
            self.details = details
            self.endedAt = endedAt
        }
    }

    /// An API key, and when it was revoked.
    public struct PastAPIKey: Sendable {
        /// The key.
        public let details: APIKeyDetails
        /// Nil for one that lives or expired.
        public let revokedAt: Timestamp?

        /// A key from its parts.
        public init(details: APIKeyDetails, revokedAt: Timestamp?) {
            self.details = details
            self.revokedAt = revokedAt
        }
    }

    /// An export from lists that may be longer than the limit.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - sessions: Newest first, as the other lists.
    ///   - apiKeys: Its keys.
    ///   - invites: The invitations it made.
    ///   - links: At most one for each purpose.
    ///   - mails: The mails about it.
    public init(
        _ account: Account, sessions: [PastSession], apiKeys: [PastAPIKey], invites: [Invite],
        links: [LinkToken], mails: [Mail]
    ) {
        self.account = account
        self.sessions = Array(sessions.prefix(Self.limit))
        self.apiKeys = Array(apiKeys.prefix(Self.limit))
        self.invites = Array(invites.prefix(Self.limit))
        self.links = links
        self.mails = Array(mails.prefix(Self.limit))
        isTruncated =
            [sessions.count, apiKeys.count, invites.count, mails.count].max() ?? 0 > Self.limit
    }
}

/// What is kept about single accounts, in one piece.
public protocol ExportStore {
    /// Everything about an account; nil when there is none of this id.
    ///
    /// - Throws: `unavailable`.
    func export(of accountID: UUID) throws(AuthError) -> AccountExport?
}

extension AccountService {
    /// Everything that is kept about the caller's account.
    ///
    /// - Throws: `invalidToken` when the account is gone meanwhile; `unavailable`.
    public func export(of caller: Caller) throws(AuthError) -> AccountExport {
        guard let export = try store.export(of: caller.account.id) else {
            throw .invalidToken(.callerEnded)
        }
        return export
    }
}
