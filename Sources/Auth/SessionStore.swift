public import Crypto

/// A live session with what its owner wants to know about it.
public struct SessionDetails: Sendable, Equatable {
    /// The session.
    public let session: Session
    /// The address that signed in.
    public let address: String?
    /// What the client said it was.
    public let userAgent: String?
    /// When it was last used, to the minute.
    public let lastSeenAt: Timestamp

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
    /// Adds a session, after ending the oldest beyond `Session.maximumPerAccount`.
    func insert(_ session: Session, from client: ClientContext) throws(AuthError)

    /// Ends a session, if it is live.
    func endSession(_ key: Session.Key, at time: Timestamp) throws(AuthError)

    /// Ends a session, if it is live and the account's.
    ///
    /// - Returns: Whether it was.
    func endSession(_ id: UUID, of accountID: UUID) throws(AuthError) -> Bool

    /// Ends the live sessions of an account.
    ///
    /// - Parameters:
    ///   - accountID: Whose.
    ///   - kept: The one that stays; nil for none.
    /// - Throws: `unavailable`.
    func endSessions(of accountID: UUID, except kept: UUID?) throws(AuthError)

    /// Moves the end of a live session.
    func extendSession(_ id: UUID, until end: Timestamp) throws(AuthError)

    /// The User-Agent fields that an account signed in with so far, without repetition.
    func userAgents(of accountID: UUID) throws(AuthError) -> [String]
}
