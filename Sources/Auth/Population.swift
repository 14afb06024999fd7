/// How many there are of whom.
public struct Population: Sendable, Equatable {
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

extension AuthService {
    /// Counts accounts and live sessions, which takes the longer the more there are.
    ///
    /// - Throws: `unavailable`.
    public func population() throws(AuthError) -> Population {
        try store.population(now: now())
    }
}
