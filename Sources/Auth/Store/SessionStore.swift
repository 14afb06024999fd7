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

/// The sessions of one account.
public protocol SessionStore {
    /// The live sessions of an account, newest first.
    ///
    /// - Throws: `unavailable`.
    func sessions(
        of accountID: UUID, _ page: PageRequest, now: Timestamp
    ) throws(AuthError) -> Page<SessionDetails>
}

/// What a transaction does to several sessions, or to the end of one.
public protocol SessionTransaction {
    /// Adds a session.
    func insert(_ session: Session, from client: ClientContext) throws(AuthError)

    /// Removes the oldest sessions of an account of those that were ended, and of those that have
    /// expired, a limited number at once.
    ///
    /// - Parameters:
    ///   - accountID: Whose.
    ///   - count: How many of either stay.
    ///   - time: Now.
    /// - Throws: `unavailable`.
    func removePastSessions(
        of accountID: UUID, beyond count: Int, at time: Timestamp
    ) throws(AuthError)

    /// Whether a session is live.
    func isLive(_ id: UUID, at time: Timestamp) throws(AuthError) -> Bool

    /// Ends a session, also one that has expired: a clock that ran ahead must not bring it back.
    ///
    /// - Returns: Whether it was live.
    /// - Throws: `unavailable`.
    @discardableResult
    func endSession(_ key: Session.Key, at time: Timestamp) throws(AuthError) -> Bool

    /// Ends a session, if it is live and the account's.
    ///
    /// - Returns: Whether it was.
    func endSession(_ key: Session.Key, of accountID: UUID) throws(AuthError) -> Bool

    /// The sessions of an account that were neither ended nor have expired, with their uses until
    /// now, those too that are not written down yet.
    ///
    /// - Throws: `unavailable`.
    func sessionUses(of accountID: UUID, at time: Timestamp) throws(AuthError) -> [SessionUse]

    /// Ends the sessions of an account, those that have expired, too.
    ///
    /// - Parameters:
    ///   - accountID: Whose.
    ///   - kept: The one that stays; nil for none.
    /// - Returns: How many were live.
    /// - Throws: `unavailable`.
    @discardableResult
    func endSessions(of accountID: UUID, except kept: UUID?) throws(AuthError) -> Int

    /// Ends the sessions of all accounts, those that have expired, too.
    ///
    /// - Returns: How many were live.
    /// - Throws: `unavailable`.
    func endAllSessions() throws(AuthError) -> Int

    /// Moves the end of a live session, never to an earlier time.
    ///
    /// - Returns: Whether it was live.
    /// - Throws: `unavailable`.
    func extendSession(_ id: UUID, until end: Timestamp) throws(AuthError) -> Bool

    /// Notes that the person of a live session showed again who they are.
    ///
    /// - Parameters:
    ///   - id: The session.
    ///   - methods: By what; those of before stay.
    ///   - time: Now.
    /// - Throws: `unavailable`.
    func noteAuthentication(
        in id: UUID, by methods: AuthenticationMethods, at time: Timestamp
    ) throws(AuthError)

    /// The User-Agent fields of an account's latest sessions, live or ended, without repetition.
    ///
    /// - Returns: Nil for sessions of clients that sent none; empty when no session is kept.
    /// - Throws: `unavailable`.
    func userAgents(of accountID: UUID) throws(AuthError) -> [String?]
}
