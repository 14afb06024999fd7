public import Crypto

/// A live session with what its owner wants to know about it.
public struct SessionDetails: Sendable, Equatable {
    /// The session.
    public let session: Session
    /// The address that signed in.
    public let address: String?
    /// What the client said it was.
    public let userAgent: String?
    /// When it was last used, to the minute or finer, and never before it began.
    public var lastSeenAt: Timestamp

    /// Details from their parts.
    public init(session: Session, address: String?, userAgent: String?, lastSeenAt: Timestamp) {
        self.session = session
        self.address = address
        self.userAgent = userAgent
        self.lastSeenAt = lastSeenAt
    }
}

/// Reads of sessions.
public protocol SessionStore {
    /// The session of this key, if by `now` it has neither ended nor expired, nor gone unused for longer
    /// than the `IdleLimit` that the store was made with.
    ///
    /// A read counts as a use: `SessionDetails.lastSeenAt` says so.
    /// - Throws: `notInMemory` on the loop lane when the session is not cached; `unavailable`.
    func session(_ key: Session.Key, now: Timestamp) throws(AuthError) -> Session?

    /// The live sessions of an account, newest first.
    ///
    /// - Throws: `unavailable`.
    func sessions(
        of accountID: UUID, _ page: PageRequest, now: Timestamp
    ) throws(AuthError) -> Page<SessionDetails>

    /// When the sessions of accounts were last used, live and past ones; uses of the last seconds may be
    /// missing.
    ///
    /// - Returns: The latest use of each account; accounts without a session are absent.
    /// - Throws: `unavailable`.
    func lastSeen(of accountIDs: [UUID]) throws(AuthError) -> [UUID: Timestamp]
}

/// What a transaction does to sessions; a session is live that has neither ended nor expired.
public protocol SessionTransaction {
    /// Adds a session; the rule for a login is `begin`, and for others `recordBeginning` follows.
    func insert(_ session: Session, from client: ClientContext) throws(AuthError)

    /// The live session of this key.
    func session(_ key: Session.Key) throws(AuthError) -> Session?

    /// The live sessions of an account, with their uses until now, also those not written down yet.
    ///
    /// - Throws: `unavailable`.
    func sessionUses(of accountID: UUID) throws(AuthError) -> [SessionUse]

    /// The User-Agent fields of an account's latest sessions, live or ended, without repetition.
    ///
    /// - Parameters:
    ///   - accountID: The account.
    ///   - limit: The most sessions that are read.
    /// - Returns: Nil for sessions of clients that sent none; empty when no session is kept.
    /// - Throws: `unavailable`.
    func userAgents(of accountID: UUID, limit: Int) throws(AuthError) -> [String?]

    /// Updates by which methods and when the person of a live session was authenticated, and when by a
    /// second factor.
    func updateSession(
        _ id: UUID, methods: AuthenticationMethods, authenticatedAt: Timestamp,
        factorAt: Timestamp?
    ) throws(AuthError)

    /// Updates when a live session expires, never to an earlier time.
    ///
    /// - Returns: Whether it was live.
    /// - Throws: `unavailable`.
    func extendSession(_ id: UUID, until end: Timestamp) throws(AuthError) -> Bool

    /// Updates a session as ended now, also one that has expired: a clock that ran ahead must not bring it
    /// back; the rule is `endSession(_:of:because:by:)`.
    ///
    /// - Parameters:
    ///   - key: Its key.
    ///   - accountID: The account it has to belong to; nil for any.
    /// - Returns: Whether it was live, and the account's.
    /// - Throws: `unavailable`.
    @discardableResult
    func endSession(_ key: Session.Key, of accountID: UUID?) throws(AuthError) -> Bool

    /// Updates the sessions of an account as ended now, those that have expired, too; the rule is
    /// `endSessions(of:except:because:)`.
    ///
    /// - Parameters:
    ///   - accountID: The account.
    ///   - kept: The session that stays; nil for none.
    /// - Returns: How many were live.
    /// - Throws: `unavailable`.
    @discardableResult
    func endSessions(of accountID: UUID, except kept: UUID?) throws(AuthError) -> Int

    /// Updates sessions of all accounts as ended now, those that have expired, too, in the order of their ids.
    ///
    /// - Parameters:
    ///   - id: The last one of the batch before; nil for the first batch.
    ///   - limit: The most that are looked at.
    /// - Returns: How many were live, and the last one that was looked at; nil at the end.
    /// - Throws: `unavailable`.
    func endSessions(
        after id: UUID?, limit: Int
    ) throws(AuthError) -> (live: Int, last: UUID?)

    /// Deletes the oldest sessions of an account of those that were ended, and of those that have expired,
    /// a limited number at once.
    ///
    /// - Parameters:
    ///   - accountID: The account.
    ///   - count: How many of either stay.
    /// - Throws: `unavailable`.
    func deletePastSessions(of accountID: UUID, keeping count: Int) throws(AuthError)
}

extension SessionTransaction {
    /// The live session of this id.
    func session(_ id: UUID) throws(AuthError) -> Session? { try session(.id(id)) }
}
