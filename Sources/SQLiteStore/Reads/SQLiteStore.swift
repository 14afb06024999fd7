import Auth
import Crypto
import StoreSupport
import System

/// The storage as one thread uses it: reads on a connection of its own, writes by the queue.
///
/// Confined to that thread.
final class SQLiteStore: ServerStore {
    /// Setup may copy a whole database while its caller waits.
    private static let setupSeconds = 60

    let instance: SharedState
    var cause = Cause.server
    private let mayWait: Bool
    private var reader: Database?
    private var readerEpoch = 0
    private var waiter: (any WakeSignal)?

    /// A store; opens nothing before it is needed.
    ///
    /// - Parameters:
    ///   - instance: What it shares with the others.
    ///   - mayWait: Whether its thread may wait for a disk. If not, everything that is not in memory
    ///     throws `notInMemory`.
    init(_ instance: SharedState, mayWait: Bool) {
        self.instance = instance
        self.mayWait = mayWait
    }

    var state: InstanceState { instance.state }

    func session(_ key: Session.Key, now: Timestamp) throws(AuthError) -> Session? {
        try instance.cached.session(key, now: now) { () throws(AuthError) in
            try read { (database) throws(SQLiteError) in
                try database.first(
                    "SELECT \(SessionDetails.columns) FROM sessions"
                        + " WHERE \(key.column) = ? AND ended_at IS NULL",
                    key.value, read: SessionDetails.init)
            }
        }
    }

    func account(_ id: UUID) throws(AuthError) -> AccountRecord? {
        try instance.cached.account(id) { () throws(AuthError) in
            try read { (database) throws(SQLiteError) in
                try database.first(
                    "SELECT \(Account.columns) FROM accounts WHERE id = ?", .id(id),
                    read: Account.init)
            }
        }
    }

    // Never cached: password hashes stay out of memory that lives longer than a login.
    func credential(_ email: Email) throws(AuthError) -> AccountCredential? {
        // If no account has the address, another row is read: timing must not reveal it (CWE-208).
        let found = try read { (database) throws(SQLiteError) in
            try database.first(
                """
                SELECT \(AccountCredential.columns) FROM accounts WHERE key = coalesce(
                    (SELECT key FROM accounts WHERE email = ?), (SELECT min(key) FROM accounts))
                """, .text(email.address), read: AccountCredential.init)
        }
        return found?.account.email == email ? found : nil
    }

    func accounts(after: UUID?, limit: Int) throws(AuthError) -> [Account] {
        try read { (database) throws(SQLiteError) in
            let start =
                try after.map { (id) throws(SQLiteError) in
                    // An id that is unknown has nothing after it.
                    try database.integer(
                        "SELECT coalesce((SELECT key FROM accounts WHERE id = ?), ?)", .id(id),
                        .integer(.max))
                } ?? .min
            return try database.rows(
                "SELECT \(Account.columns) FROM accounts WHERE key > ? ORDER BY key LIMIT ?",
                .integer(start), .integer(Int64(max(0, limit))), read: Account.init)
        }
    }

    func administratorsWithRejectedEmail() throws(AuthError) -> [UUID] {
        try read { (database) throws(SQLiteError) in
            try database.rows(
                """
                SELECT id FROM accounts WHERE email_rejected_at IS NOT NULL
                    AND email_verified_at IS NULL AND role IN ('owner', 'admin')
                ORDER BY email_rejected_at LIMIT 100
                """
            ) { (row) throws(SQLiteError) in try row.id(0) }
        }
    }

    func counts(now: Timestamp) throws(AuthError) -> StoreCounts {
        try read { (database) throws(SQLiteError) in
            try StoreCounts(in: database, now: now)
        }
    }

    func probe(within seconds: Int) throws(AuthError) {
        try write(within: seconds) { (transaction) throws(AuthError) in try transaction.probe() }
    }

    func write<Value: Sendable>(
        _ work: @escaping @Sendable (any Transaction) throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        try write(within: instance.configuration.writeSeconds, work)
    }

    func setUp(
        _ record: SetupRecord, owner: Account, passwordHash: PasswordHash, session: Session,
        from client: ClientContext,
        alongside work: @escaping @Sendable (any Transaction) throws(AuthError) -> Void
    ) throws(AuthError) {
        let event = try event()
        let result = WriteResult<Void>(on: event)
        let seconds = max(instance.configuration.writeSeconds, Self.setupSeconds)
        let setup = SetupJob(
            record: record, owner: owner, passwordHash: passwordHash, session: session,
            client: client, cause: cause, work: work)
        try instance.queue.push(.setUp(setup, result))
        try result.wait(until: event.now + Duration.seconds(seconds).nanoseconds)
    }

    func reconfigure<Value: Sendable>(
        _ work:
            @escaping @Sendable (any Transaction, inout SetupRecord) throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        let event = try event()
        let result = WriteResult<Value>(on: event)
        try instance.queue.push(.reconfigure(Reconfiguration(work, for: cause, result: result)))
        let seconds = Duration.seconds(instance.configuration.writeSeconds)
        return try result.wait(until: event.now + seconds.nanoseconds)
    }

    private func write<Value: Sendable>(
        within seconds: Int,
        _ work: @escaping @Sendable (any QueuedTransaction) throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        let event = try event()
        let result = WriteResult<Value>(on: event)
        let now = event.now
        try instance.queue.push(.write(Write(work, for: cause, queuedAt: now, result: result)))
        return try result.wait(until: now + Duration.seconds(seconds).nanoseconds)
    }

    /// Reads from the database.
    ///
    /// - Throws: `notInMemory` on a thread that may not wait; `unavailable`.
    func read<Value>(
        _ query: (Database) throws(SQLiteError) -> Value
    ) throws(AuthError) -> Value {
        guard mayWait else { throw .notInMemory }
        do throws(SQLiteError) {
            return try query(connection())
        } catch {
            if error.requiresReconnect { reader = nil }
            throw error.unavailable
        }
    }

    private func connection() throws(SQLiteError) -> Database {
        let active = instance.database
        if let reader, readerEpoch == active.epoch { return reader }
        reader = nil
        let opened = try Database(
            path: instance.path(of: active), for: .reading,
            busyMilliseconds: instance.configuration.busyMilliseconds)
        reader = opened
        readerEpoch = active.epoch
        return opened
    }

    private func event() throws(AuthError) -> any WakeSignal {
        guard mayWait else { throw .notInMemory }
        if let waiter { return waiter }
        do throws(SystemError) {
            let made = try instance.makeWakeSignal()
            waiter = made
            return made
        } catch {
            throw .unavailable(.noDescriptor, detail: error.description)
        }
    }
}
