public import Crypto

/// A session that was neither ended nor has expired, and when it was last used.
public struct SessionUse: Sendable, Equatable {
    /// The session.
    public let id: UUID
    /// When it began.
    public let createdAt: Timestamp
    /// When it was last used after it began; nil for never.
    public let lastUsedAt: Timestamp?

    /// A session and its use.
    public init(id: UUID, createdAt: Timestamp, lastUsedAt: Timestamp?) {
        self.id = id
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
    }
}

extension Session {
    /// The most sessions of one account that are live at once.
    public static let maximumPerAccount = 100
    /// The most that were ended, and the most that have expired, of which the latest are kept.
    public static let maximumPast = 500

    /// Which sessions of an account end so that one more can begin.
    ///
    /// Those that were never used after their login end first, the oldest of them first, then those
    /// that were not used for longest: a script that logs in again and again ends its own sessions and
    /// not that of a browser in use.
    /// - Parameter live: The live sessions, in any order.
    /// - Returns: Those that end.
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
    /// Begins a session of an account, after ending those that make room for it.
    ///
    /// - Parameters:
    ///   - session: The new one.
    ///   - client: Where it is made.
    ///   - replaced: Ends where it is a live session of the account: the client has no use for it any
    ///     more, and a browser keeps one cookie.
    ///   - idleLimit: Sessions that are over by it end for good, whatever is configured later.
    /// - Throws: `unavailable`.
    func begin(
        _ session: Session, from client: ClientContext, replacing replaced: Session.Key? = nil,
        idleLimit: IdleLimit?
    ) throws(AuthError) {
        let (account, time) = (session.accountID, session.createdAt)
        if let replaced { _ = try endSession(replaced, of: account) }
        var live = try sessionUses(of: account, at: time)
        if let idleLimit {
            for use in live
            where idleLimit.isOver(lastUse: use.lastUsedAt ?? use.createdAt, at: time) {
                try endSession(.id(use.id), at: time)
            }
            live.removeAll { idleLimit.isOver(lastUse: $0.lastUsedAt ?? $0.createdAt, at: time) }
        }
        for use in Session.surplus(of: live) { try endSession(.id(use.id), at: time) }
        try insert(session, from: client)
        try removePastSessions(of: account, beyond: Session.maximumPast, at: time)
    }
}
