public import Crypto

/// A live session and its last use.
public struct SessionUse: Sendable, Equatable {
    /// The session.
    public let id: UUID
    /// When it began.
    public let createdAt: Timestamp
    /// Its last use; nil for never.
    public let lastUsedAt: Timestamp?

    /// Creates a session use.
    public init(id: UUID, createdAt: Timestamp, lastUsedAt: Timestamp?) {
        self.id = id
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
    }
}

extension Session {
    /// The most live sessions of one account.
    public static let maximumPerAccount = 100
    /// The most sessions whose User-Agent is compared for one login.
    static let maximumComparedDevices = 1_000
    /// The most ended and the most expired sessions that are kept, the newest of each.
    public static let maximumPast = 500

    /// The sessions of an account that end so that another one can begin.
    ///
    /// Sessions never used after their login end first, the oldest of them first, then the least
    /// recently used: a script that signs in repeatedly ends its own sessions and not that of a browser
    /// in use.
    /// - Parameter live: The live sessions, in any order.
    /// - Returns: The sessions to end.
    static func surplus(of live: [SessionUse]) -> ArraySlice<SessionUse> {
        let count = live.count - (maximumPerAccount - 1)
        guard count > 0 else { return [] }
        return live.sorted { $0.endsBefore($1) }.prefix(count)
    }
}

extension SessionUse {
    fileprivate func endsBefore(_ other: SessionUse) -> Bool {
        switch (lastUsedAt, other.lastUsedAt) {
        case (nil, .some): true
        case (.some, nil): false
        case (let mine?, let theirs?) where mine != theirs: mine < theirs
        default: createdAt < other.createdAt
        }
    }
}

extension Transaction {
    /// Inserts a session of an account, after ending surplus ones.
    ///
    /// - Parameters:
    ///   - session: The new session.
    ///   - client: The client that creates it.
    ///   - replaced: Ends if it is a live session of the account: its client has no more use for it, as
    ///     a browser keeps one cookie.
    ///   - idleLimit: Idle sessions end for good, whatever is configured later.
    /// - Throws: `unavailable`.
    func begin(
        _ session: Session, from client: ClientContext, replacing replaced: Session.Key? = nil,
        idleLimit: IdleLimit?
    ) throws(AuthError) {
        let account = session.accountID
        let actor = EventActor.account(account)
        if let replaced {
            try endSession(replaced, of: account, because: .replaced, by: actor)
        }
        var live = try sessionUses(of: account)
        if let idleLimit {
            let unused = live.filter {
                idleLimit.isOver(lastUse: $0.lastUsedAt ?? $0.createdAt, at: now)
            }
            // Their time was over: that they end is no more an event than that others expire.
            for use in unused { try endSession(.id(use.id), of: account) }
            live.removeAll(where: unused.contains)
        }
        for use in Session.surplus(of: live) {
            try endSession(.id(use.id), of: account, because: .limit, by: actor)
        }
        try insert(session, from: client)
        try recordBeginning(of: session)
        try deletePastSessions(of: account, keeping: Session.maximumPast)
    }
}
