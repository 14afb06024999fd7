import Auth
import Crypto
import System

/// The face that one thread sees of the storage.
///
/// Confined to that thread.
final class SQLiteStore: Store {
    /// Setup may copy a whole database while its caller waits.
    private static let setupSeconds = 60

    let instance: SharedState
    private let mayWait: Bool
    private var reader: Database?
    private var readerEpoch = 0
    private var waiter: (any Waiting)?

    /// A store; opens nothing before it is needed.
    ///
    /// - Parameters:
    ///   - instance: What it shares with the others.
    ///   - mayWait: Whether its thread may wait for a disk. Without, every question that memory does
    ///     not answer throws `notInMemory`.
    init(_ instance: SharedState, mayWait: Bool) {
        self.instance = instance
        self.mayWait = mayWait
    }

    var state: InstanceState { instance.state }

    var databaseName: String { instance.database.name }

    func session(_ key: Session.Key, now: Timestamp) throws(AuthError) -> Session? {
        let ticket: Cache<Session.Key, Session>.Ticket
        let period = instance.usePeriod.number(at: now)
        let latestUseOfEnded = instance.configuration.idleLimit?.latestUseOfEnded(at: now)
        let lookup = instance.sessions.lookUp(
            key, in: period, usedAfter: latestUseOfEnded.map(instance.usePeriod.number(at:)))
        switch lookup {
        case .hit(let session, let isFirst):
            guard session.expiresAt > now else { return nil }
            if isFirst { instance.activity.note(.session(session.id), at: now) }
            return session
        case .miss(let given): ticket = given
        }
        let found = try read { (database) throws(SQLiteError) in
            try database.first(
                "SELECT \(SessionDetails.columns) FROM sessions"
                    + " WHERE \(key.column) = ? AND ended_at IS NULL",
                key.value, read: SessionDetails.init)
        }
        guard let found, found.session.expiresAt > now else { return nil }
        if let latestUseOfEnded, lastUse(of: found) <= latestUseOfEnded { return nil }
        instance.sessions.fill(key, with: found.session, ticket: ticket, in: period)
        instance.activity.note(.session(found.session.id), at: now)
        return found.session
    }

    /// When a session was last used, whether or not that is written down yet.
    func lastUse(of details: SessionDetails) -> Timestamp {
        guard let use = instance.activity.lastUse(of: .session(details.session.id)) else {
            return details.lastSeenAt
        }
        return max(use, details.lastSeenAt)
    }

    func account(_ id: UUID) throws(AuthError) -> AccountRecord? {
        let ticket: Cache<UUID, AccountRecord>.Ticket
        switch instance.accounts.lookUp(id) {
        case .hit(let record, _): return record
        case .miss(let given): ticket = given
        }
        let found = try read { (database) throws(SQLiteError) in
            try database.first(
                "SELECT \(Account.columns) FROM accounts WHERE id = ?", .id(id), read: Account.init)
        }
        guard let found else { return nil }
        let record = AccountRecord(account: found, profile: instance.configuration.profile(found))
        instance.accounts.fill(id, with: record, ticket: ticket)
        return record
    }

    // Never cached: password hashes stay out of memory that lives longer than a login.
    func credential(_ email: Email) throws(AuthError) -> AccountCredential? {
        // Where nobody has the address, another row is read: the time must not tell (CWE-208).
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
        let answer = WriteResult<Void>(on: event)
        let seconds = max(instance.configuration.writeSeconds, Self.setupSeconds)
        let setup = Setup(
            record: record, owner: owner, passwordHash: passwordHash, session: session,
            client: client, work: work)
        try instance.queue.push(.setUp(setup, answer))
        try answer.wait(until: event.now + Duration.seconds(seconds).nanoseconds)
    }

    func reconfigure<Value: Sendable>(
        _ work:
            @escaping @Sendable (any Transaction, inout SetupRecord) throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        let event = try event()
        let answer = WriteResult<Value>(on: event)
        try instance.queue.push(.reconfigure(Reconfiguration(work, answering: answer)))
        let seconds = Duration.seconds(instance.configuration.writeSeconds)
        return try answer.wait(until: event.now + seconds.nanoseconds)
    }

    private func write<Value: Sendable>(
        within seconds: Int,
        _ work: @escaping @Sendable (SQLiteTransaction) throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        let event = try event()
        let answer = WriteResult<Value>(on: event)
        let now = event.now
        try instance.queue.push(.write(Write(work, queuedAt: now, answering: answer)))
        return try answer.wait(until: now + Duration.seconds(seconds).nanoseconds)
    }

    /// Asks the database.
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

    private func event() throws(AuthError) -> any Waiting {
        guard mayWait else { throw .notInMemory }
        if let waiter { return waiter }
        do {
            let made = try instance.makeBell()
            waiter = made
            return made
        } catch {
            throw .unavailable(.noDescriptor, detail: error.description)
        }
    }
}
