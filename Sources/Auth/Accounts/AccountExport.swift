public import Crypto

/// All stored data of an account, except what it is proven with.
public struct AccountExport: Sendable {
    /// The account.
    public let account: Account
    /// Its sessions, newest first, including past ones that are still kept.
    public let sessions: [PastSession]
    /// Its API keys, newest first, including past ones that are still kept.
    public let apiKeys: [PastAPIKey]
    /// Its authenticator app, recovery codes and passkeys, oldest first; what proves them is sealed.
    public let factors: [Credential]
    /// The browsers it trusts, newest first, including those whose trust has ended and that are still kept.
    public let trustedBrowsers: [TrustedBrowser]
    /// The invites it created, newest first.
    public let invites: [Invite]
    /// Unused links about it.
    public let links: [LinkToken]
    /// Unsent mails about it, newest first; their contents are encrypted.
    public let mails: [Mail]
    /// What it did and what happened to it, newest first, without what is about others.
    public let events: [RecordedEvent]
    /// Whether a list was cut at the limit.
    public let isTruncated: Bool

    /// The most entries of each list.
    public static let limit = 1_000

    /// A session, and when it was ended early.
    public struct PastSession: Sendable {
        /// The session.
        public let details: SessionDetails
        /// Nil for a live or expired session.
        public let endedAt: Timestamp?

        /// Creates a past session.
        public init(details: SessionDetails, endedAt: Timestamp?) {
            self.details = details
            self.endedAt = endedAt
        }
    }

    /// An API key, and when it was revoked.
    public struct PastAPIKey: Sendable {
        /// The key.
        public let details: APIKeyDetails
        /// Nil for a live or expired key.
        public let revokedAt: Timestamp?

        /// Creates a past key.
        public init(details: APIKeyDetails, revokedAt: Timestamp?) {
            self.details = details
            self.revokedAt = revokedAt
        }
    }

    /// Creates an export from lists that may exceed the limit.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - sessions: Newest first, like the other lists.
    ///   - apiKeys: Its keys.
    ///   - factors: Oldest first, as few as an account may have.
    ///   - trustedBrowsers: As few as an account may have.
    ///   - invites: The invites it created.
    ///   - links: At most one for each purpose.
    ///   - mails: The mails about it.
    ///   - events: The events that it caused or that are about it, newest first.
    public init(
        _ account: Account, sessions: [PastSession], apiKeys: [PastAPIKey],
        factors: [Credential], trustedBrowsers: [TrustedBrowser], invites: [Invite],
        links: [LinkToken], mails: [Mail], events: [RecordedEvent]
    ) {
        self.account = account
        self.sessions = Array(sessions.prefix(Self.limit))
        self.apiKeys = Array(apiKeys.prefix(Self.limit))
        self.factors = factors
        self.trustedBrowsers = trustedBrowsers
        self.invites = Array(invites.prefix(Self.limit))
        self.links = links
        self.mails = Array(mails.prefix(Self.limit))
        self.events = events.prefix(Self.limit).map { recorded in
            RecordedEvent(
                event: recorded.event.seen(by: account.id), mac: recorded.mac, link: recorded.link)
        }
        isTruncated =
            [sessions.count, apiKeys.count, invites.count, mails.count, events.count].max() ?? 0
            > Self.limit
    }
}

/// Reads of all data of an account.
public protocol ExportStore {
    /// All data of an account; nil when it does not exist.
    ///
    /// - Throws: `unavailable`.
    func export(of accountID: UUID) throws(AuthError) -> AccountExport?
}

extension AccountService {
    /// All data of the caller's account; that they left the server is part of them.
    ///
    /// - Throws: `invalidToken` when the account was deleted meanwhile; `unavailable`.
    public func export(of caller: Caller) throws(AuthError) -> AccountExport {
        let id = caller.account.id
        try store.write { transaction throws(AuthError) in
            guard try transaction.credential(id) != nil else { throw .invalidToken(.callerEnded) }
            try transaction.record(.accountExported, of: id)
        }
        guard let export = try store.export(of: id) else {
            throw .invalidToken(.callerEnded)
        }
        return export
    }
}
