import Auth
import Crypto
import StoreSupport
import System

/// The storage as one thread uses it: reads and units of work on connections of the pool.
///
/// Confined to that thread.
final class PostgreSQLStore: ServerStore {
    let instance: SharedState
    var cause = Cause.server
    private let mayWait: Bool

    /// A store; asks for no connection before it is needed.
    ///
    /// - Parameters:
    ///   - instance: What it shares with the others.
    ///   - mayWait: Whether its thread may wait for the database. If not, everything that is not in memory
    ///     throws `notInMemory`.
    init(_ instance: SharedState, mayWait: Bool) {
        self.instance = instance
        self.mayWait = mayWait
    }

    var state: InstanceState { instance.cached.state }

    func session(_ key: Session.Key, now: Timestamp) throws(AuthError) -> Session? {
        try instance.cached.session(key, now: now) { () throws(AuthError) in
            try read { (database) throws(PostgreSQLError) in
                try database.first(
                    "SELECT \(SessionDetails.columns) FROM sessions"
                        + " WHERE \(key.column) = $1 AND ended_at IS NULL",
                    key.value, read: SessionDetails.init)
            }
        }
    }

    func account(_ id: UUID) throws(AuthError) -> AccountRecord? {
        try instance.cached.account(id) { () throws(AuthError) in
            try read { (database) throws(PostgreSQLError) in try database.account(id) }
        }
    }

    // Never cached: password hashes stay out of memory that lives longer than a login.
    func credential(_ email: Email) throws(AuthError) -> AccountCredential? {
        // If no account has the address, another row is read: timing must not reveal it (CWE-208).
        let found = try read { (database) throws(PostgreSQLError) in
            try database.first(
                """
                SELECT \(AccountCredential.columns) FROM accounts WHERE id = coalesce(
                    (SELECT id FROM accounts WHERE email = $1),
                    (SELECT id FROM accounts ORDER BY id LIMIT 1))
                """, .email(email), read: AccountCredential.init)
        }
        return found?.account.email == email ? found : nil
    }

    func accounts(after: UUID?, limit: Int) throws(AuthError) -> [Account] {
        try read { (database) throws(PostgreSQLError) in
            guard let after else {
                return try database.rows(
                    "SELECT \(Account.columns) FROM accounts ORDER BY key, id LIMIT $1",
                    .limit(limit), read: Account.init)
            }
            // No row is after NULL: an id that is unknown has nothing after it.
            return try database.rows(
                """
                SELECT \(Account.columns) FROM accounts
                WHERE (key, id) > (SELECT key, id FROM accounts WHERE id = $1)
                ORDER BY key, id LIMIT $2
                """, .id(after), .limit(limit), read: Account.init)
        }
    }

    func administratorsWithRejectedEmail() throws(AuthError) -> [UUID] {
        try read { (database) throws(PostgreSQLError) in
            try database.rows(
                """
                SELECT id FROM accounts WHERE email_rejected_at IS NOT NULL
                    AND email_verified_at IS NULL AND role IN ('owner', 'admin')
                ORDER BY email_rejected_at LIMIT 100
                """
            ) { (row) throws(PostgreSQLError) in try row.id(0) }
        }
    }

    func counts(now: Timestamp) throws(AuthError) -> StoreCounts {
        func count() throws(AuthError) -> StoreCounts {
            try read { (database) throws(PostgreSQLError) in
                try StoreCounts(in: database, now: now)
            }
        }
        guard mayWait, let recent = instance.recentCounts else { return try count() }
        return try recent.counts(at: MonotonicClock.now(), count)
    }

    func probe(within seconds: Int) throws(AuthError) {
        try write(within: seconds) { (transaction) throws(AuthError) in try transaction.probe() }
    }

    func write<Value: Sendable>(
        _ work: @escaping @Sendable (any Transaction) throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        try write(within: instance.configuration.writeSeconds) {
            (transaction) throws(AuthError) in try work(transaction)
        }
    }

    func writeLinks<Value: Sendable>(
        _ work: @escaping @Sendable (any Transaction) throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        try write(.readCommitted, within: instance.configuration.writeSeconds) {
            (transaction) throws(AuthError) in try work(transaction)
        }
    }

    /// Runs a unit of work; what it changed is dropped from memory before it returns.
    func write<Value: Sendable>(
        _ isolation: Connection.Isolation = .serializable, within seconds: Int,
        _ work: @Sendable (PostgreSQLTransaction) throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        guard mayWait else { throw .notInMemory }
        let committed = try instance.runner.write(
            isolation, for: cause, activity: instance.cached.activity, until: deadline(in: seconds),
            work)
        instance.apply(committed.changes, until: deadline(in: seconds))
        return committed.value
    }

    /// Reads from the database.
    ///
    /// - Throws: `notInMemory` on a thread that may not wait; `unavailable`, `overloaded`.
    func read<Value: Sendable>(
        _ query: @Sendable (Connection) throws(PostgreSQLError) -> Value
    ) throws(AuthError) -> Value {
        guard mayWait else { throw .notInMemory }
        return try instance.runner.read(
            until: deadline(in: instance.configuration.readSeconds), query)
    }

    private func deadline(in seconds: Int) -> UInt64 {
        MonotonicClock.now() + Duration.seconds(seconds).nanoseconds
    }
}
