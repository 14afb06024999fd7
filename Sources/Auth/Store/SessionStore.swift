public import Crypto

/// A live session with the details that its owner sees.
public struct SessionDetails: Sendable, Equatable {
    /// The session.
    public let session: Session
    /// The address of the client that signed in.
    public let address: String?
    /// The User-Agent of the client that signed in.
    public let userAgent: String?
    /// When it was last used, to the minute or finer; never before it began.
    public var lastSeenAt: Timestamp

    /// Creates details from their parts.
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

/// What a transaction does to sessions.
public protocol SessionTransaction {
    /// Adds a session.
    func insert(_ session: Session, from client: ClientContext) throws(AuthError)

    /// Removes the oldest ended sessions of an account, and the oldest expired ones, a limited number at
    /// a time.
    ///
    /// - Parameters:
    ///   - accountID: The account.
    ///   - count: How many of each kind stay.
    ///   - time: Now.
    /// - Throws: `unavailable`.
    func removePastSessions(
        of accountID: UUID, beyond count: Int, at time: Timestamp
    ) throws(AuthError)

    /// Whether a session is live.
    func isLive(_ id: UUID, at time: Timestamp) throws(AuthError) -> Bool

    /// Ends a session, even an expired one: a clock that ran ahead must not revive it.
    ///
    /// - Returns: Whether it was live.
    /// - Throws: `unavailable`.
    @discardableResult
    func endSession(_ key: Session.Key, at time: Timestamp) throws(AuthError) -> Bool

    /// Ends a session, if it is live and belongs to the account.
    ///
    /// - Returns: Whether it was ended.
    func endSession(_ key: Session.Key, of accountID: UUID) throws(AuthError) -> Bool

    /// The sessions of an account that have neither ended nor expired, with their last uses, including
    /// those that are not stored yet.
    ///
    /// - Throws: `unavailable`.
    func sessionUses(of accountID: UUID, at time: Timestamp) throws(AuthError) -> [SessionUse]

    /// Ends the sessions of an account, including expired ones.
    ///
    /// - Parameters:
    ///   - accountID: The account.
    ///   - kept: The one that stays; nil for none.
    /// - Returns: How many were live.
    /// - Throws: `unavailable`.
    @discardableResult
    func endSessions(of accountID: UUID, except kept: UUID?) throws(AuthError) -> Int

    /// Ends the sessions of all accounts, including expired ones.
    ///
    /// - Returns: How many were live.
    /// - Throws: `unavailable`.
    func endAllSessions() throws(AuthError) -> Int

    /// Moves the end of a live session, never to an earlier time.
    ///
    /// - Returns: Whether it was live.
    /// - Throws: `unavailable`.
    func extendSession(_ id: UUID, until end: Timestamp) throws(AuthError) -> Bool

    /// Records that the holder of a live session authenticated again.
    ///
    /// - Parameters:
    ///   - id: The session.
    ///   - methods: The methods used, added to the earlier ones.
    ///   - time: Now.
    /// - Throws: `unavailable`.
    func noteAuthentication(
        in id: UUID, by methods: AuthenticationMethods, at time: Timestamp
    ) throws(AuthError)

    /// The distinct User-Agent fields of an account's latest sessions, live or ended.
    ///
    /// - Returns: A nil element for clients that sent none; empty when no session is kept.
    /// - Throws: `unavailable`.
    func userAgents(of accountID: UUID) throws(AuthError) -> [String?]
}
