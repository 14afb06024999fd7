public import Auth
public import Crypto
import Synchronization

/// A store in memory that can fail on request; one instance serves all threads.
public final class MemoryStore: ServerStore, Sendable {
    /// How a store behaves.
    public enum Condition: Sendable {
        /// Normally.
        case well
        /// Every call throws `unavailable`.
        case broken
        /// Every call that could block throws `notInMemory`, as on the loop lane.
        case cold
        /// Every call throws this.
        case failing(AuthError)
    }

    private struct Contents {
        var memory: Memory
        var condition = Condition.well
        var cause = Cause.server
        var reads = 0
        var writes = 0
        var beforeNextWrite: (@Sendable () -> Void)?
        var disk: (any Disk)?
        var failedLogins: FailedLogins?
        var idleLimit: IdleLimit?
    }

    private let contents: Mutex<Contents>
    private let clock: TestClock
    private let profile: @Sendable (Account) -> [UInt8]

    /// Creates an empty store.
    ///
    /// - Parameters:
    ///   - clock: The clock for the end of sessions.
    ///   - profile: The public form of an account.
    public init(clock: TestClock, profile: @escaping @Sendable (Account) -> [UInt8]) {
        contents = Mutex(Contents(memory: Memory()))
        self.clock = clock
        self.profile = profile
    }

    /// How the store behaves.
    public var condition: Condition {
        get { contents.withLock { $0.condition } }
        set { contents.withLock { $0.condition = newValue } }
    }

    /// See the protocol; one for all threads.
    public var cause: Cause {
        get { contents.withLock { $0.cause } }
        set { contents.withLock { $0.cause = newValue } }
    }

    /// The number of reads, successful or not.
    public var reads: Int { contents.withLock { $0.reads } }
    /// The number of units of work, committed or not.
    public var writes: Int { contents.withLock { $0.writes } }

    /// The contents, without effect on conditions and counters.
    public var memory: Memory { contents.withLock { $0.memory } }
    /// Changes the contents, without effect on conditions and counters.
    public func change(_ change: (inout Memory) -> Void) {
        contents.withLock { change(&$0.memory) }
    }

    /// Does something after the next unit of work was asked for and before it begins, as another thread
    /// might.
    public func beforeNextWrite(_ work: @escaping @Sendable () -> Void) {
        contents.withLock { $0.beforeNextWrite = work }
    }

    /// The durable storage; nil for none.
    public var disk: (any Disk)? {
        get { contents.withLock { $0.disk } }
        set { contents.withLock { $0.disk = newValue } }
    }

    /// The idle limit of sessions; nil for none.
    public var idleLimit: IdleLimit? {
        get { contents.withLock { $0.idleLimit } }
        set { contents.withLock { $0.idleLimit = newValue } }
    }

    /// The counter of failed logins; nil when another process counts.
    public var failedLogins: FailedLogins? {
        get { contents.withLock { $0.failedLogins } }
        set { contents.withLock { $0.failedLogins = newValue } }
    }

    /// See the protocol.
    public var state: InstanceState {
        let memory = memory
        return InstanceState(
            settings: memory.settings, hasOwner: memory.hasOwner, setup: memory.setup,
            maxPasswordIterations: memory.credentials.compactMap(\.passwordHash?.iterations)
                .max() ?? 0,
            foreignDecoys: memory.foreignDecoys)
    }

    /// See the protocol; fails as the condition requires.
    public func session(_ key: Session.Key, now: Timestamp) throws(AuthError) -> Session? {
        try contents.withLock { (contents) throws(AuthError) in
            contents.reads += 1
            try Self.check(contents.condition)
            let index = contents.memory.sessions.firstIndex { $0.has(key) && $0.isLive(at: now) }
            guard let index else { return nil }
            let limit = contents.idleLimit
            if let limit,
                limit.isOver(lastUse: contents.memory.sessions[index].lastUse, at: now)
            {
                return nil
            }
            let period = 1_000 * (limit?.period ?? IdleLimit.standardPeriod)
            contents.memory.sessions[index].lastSeenAt = Timestamp(
                milliseconds: now.milliseconds / period * period)
            return contents.memory.sessions[index].session
        }
    }

    /// See the protocol; fails as the condition requires.
    public func account(_ id: UUID) throws(AuthError) -> AccountRecord? {
        try read { memory in memory.credential(id)?.account }.map { account in
            AccountRecord(account: account, profile: profile(account))
        }
    }

    /// See the protocol; fails as the condition requires.
    public func credential(_ email: Email) throws(AuthError) -> AccountCredential? {
        try read { memory in memory.credentials.first { $0.account.email == email } }
    }

    /// See the protocol; fails as the condition requires.
    public func accounts(after: UUID?, limit: Int) throws(AuthError) -> [Account] {
        try read { memory in
            let all = memory.credentials.map(\.account)
            let start = after.map { id in all.firstIndex { $0.id == id }.map { $0 + 1 } ?? all.count
            }
            return Array(all[(start ?? 0)...].prefix(max(0, limit)))
        }
    }

    /// See the protocol; fails as the condition requires.
    public func invite(codeHash: Digest) throws(AuthError) -> Invite? {
        try read { memory in memory.invites.first { $0.codeHash == codeHash }?.invite }
    }

    /// See the protocol; fails as the condition requires.
    public func administratorsWithRejectedEmail() throws(AuthError) -> [UUID] {
        try read { memory in
            memory.rejectedEmails.filter { id in
                memory.credential(id).map {
                    $0.account.role.administers && $0.account.emailVerifiedAt == nil
                } ?? false
            }
        }
    }

    /// See the protocol; fails as the condition requires.
    public func counts(now: Timestamp) throws(AuthError) -> StoreCounts {
        try read { memory in
            StoreCounts(
                accounts: Dictionary(grouping: memory.credentials, by: \.account.status)
                    .mapValues(\.count),
                sessions: memory.sessions.count { $0.isLive(at: now) })
        }
    }

    /// See the protocol; fails as the condition requires.
    public func probe(within seconds: Int) throws(AuthError) {
        try write { _ in }
    }

    /// Runs the work on a copy, which replaces the contents unless it throws.
    public func write<Value: Sendable>(
        _ work: @escaping @Sendable (any Transaction) throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        let before = contents.withLock { contents in
            defer { contents.beforeNextWrite = nil }
            return contents.beforeNextWrite
        }
        before?()
        return try commit { (contents) throws(AuthError) in
            let transaction = MemoryTransaction(
                contents.memory, now: clock.now, for: contents.cause)
            let value = try work(transaction)
            contents.memory = transaction.memory
            for email in transaction.unlocked { contents.failedLogins?.clear(at: email) }
            return value
        }
    }

    /// Applies a change, after waiting for the disk if there is one.
    private func commit<Value: Sendable>(
        _ change: (inout Contents) throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        let disk = disk
        let fault = disk?.begin() ?? .none
        let value = try contents.withLock { (contents) throws(AuthError) in
            contents.writes += 1
            try Self.check(contents.condition)
            if fault == .beforeCommit { throw .unavailable("database or disk is full") }
            return try change(&contents)
        }
        disk?.keep(memory)
        if fault == .afterCommit { throw .unavailable("the write did not come in time") }
        return value
    }

    /// Runs the work on a copy of contents and record, which replaces both unless it throws.
    public func reconfigure<Value: Sendable>(
        _ work:
            @escaping @Sendable (any Transaction, inout SetupRecord) throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        try commit { (contents) throws(AuthError) in
            let transaction = MemoryTransaction(
                contents.memory, now: clock.now, for: contents.cause)
            var record = contents.memory.setup ?? SetupRecord()
            let value = try work(transaction, &record)
            contents.memory = transaction.memory
            contents.memory.setup = record
            return value
        }
    }

    /// Creates the owner, and renames the database as the record says.
    public func setUp(
        _ record: SetupRecord, owner: Account, passwordHash: PasswordHash, session: Session,
        from client: ClientContext,
        alongside work: @escaping @Sendable (any Transaction) throws(AuthError) -> Void
    ) throws(AuthError) {
        try commit { (contents) throws(AuthError) in
            let memory = contents.memory
            guard !memory.hasOwner else { throw .alreadySetUp }
            let name = record.databaseName ?? memory.databaseName
            guard name == memory.databaseName || !memory.occupiedNames.contains(name) else {
                throw .databaseInUse
            }
            let transaction = MemoryTransaction(memory, now: clock.now, for: contents.cause)
            try transaction.insert(owner, passwordHash: passwordHash)
            try transaction.insert(session, from: client)
            try work(transaction)
            contents.memory = transaction.memory
            contents.memory.databaseName = name
            contents.memory.setup = record
        }
    }

    /// Reads, unless the condition forbids it.
    func read<Value: Sendable>(
        _ question: (Memory) -> Value
    ) throws(AuthError) -> Value {
        try contents.withLock { (contents) throws(AuthError) in
            contents.reads += 1
            try Self.check(contents.condition)
            return question(contents.memory)
        }
    }

    private static func check(_ condition: Condition) throws(AuthError) {
        switch condition {
        case .well: break
        case .broken: throw .unavailable("disk I/O error")
        case .cold: throw .notInMemory
        case .failing(let error): throw error
        }
    }
}
