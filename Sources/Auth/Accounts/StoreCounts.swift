/// The numbers of accounts and sessions.
public struct StoreCounts: Sendable, Equatable {
    /// Accounts by status; statuses without accounts are absent.
    public var accounts: [Account.Status: Int]
    /// Live sessions.
    public var sessions: Int

    /// Creates counts.
    public init(accounts: [Account.Status: Int], sessions: Int) {
        self.accounts = accounts
        self.sessions = sessions
    }
}

extension AdministrationService {
    /// Counts accounts and live sessions, in linear time.
    ///
    /// - Throws: `unavailable`.
    public func counts() throws(AuthError) -> StoreCounts {
        try context.monitoredStore.counts(now: now())
    }
}
