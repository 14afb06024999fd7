/// How many there are of whom.
public struct StoreCounts: Sendable, Equatable {
    /// Accounts by status; none of a status that nobody has.
    public var accounts: [Account.Status: Int]
    /// Live sessions.
    public var sessions: Int

    /// A population from its parts.
    public init(accounts: [Account.Status: Int], sessions: Int) {
        self.accounts = accounts
        self.sessions = sessions
    }
}

extension AdministrationService {
    /// Counts accounts and live sessions, which takes the longer the more there are.
    ///
    /// - Throws: `unavailable`.
    public func counts() throws(AuthError) -> StoreCounts {
        try store.counts(now: now())
    }
}
