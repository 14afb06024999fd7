import Metrics
import StoreSupport
import Synchronization
import System

/// The connections of a daemon to its database: opened one after another by a thread of the pool, lent to
/// the threads that need one.
///
/// A connection for each thread would cost the server a process for each: a daemon has twenty threads a
/// core that may use the database, most of which hash passwords. A few connections a core do as much, since
/// a thread has one only while it runs statements.
///
/// Opening happens on a thread of its own, so that no request waits for a name server or a server that
/// answers nothing. While no server accepts, requests are refused at once, and the pool tries again with
/// growing pauses. Shared by all threads.
final class ConnectionPool: Sendable {
    private let core: PoolCore

    /// Starts to open the first connection, and returns at once.
    ///
    /// - Parameters:
    ///   - size: The most connections.
    ///   - connector: Opens them.
    /// - Throws: When the process has no descriptor or thread left.
    init(size: Int, connector: Connector) throws(SystemError) {
        core = try PoolCore(size: size, connector: connector)
        try core.keep()
    }

    deinit {
        close()
    }

    /// Runs `body` with a connection that no other thread uses meanwhile.
    ///
    /// - Parameters:
    ///   - deadline: When all of it has to be done, in nanoseconds of the monotonic clock: the wait for a
    ///     connection, and what is asked on it.
    ///   - body: Leaves no transaction open, or makes the connection unusable.
    /// - Returns: What `body` returns.
    /// - Throws: `unreachable`, `poolExhausted`, `closed`: `body` has not run then.
    func withConnection<Value: Sendable>(
        until deadline: UInt64, _ body: @Sendable (Connection) -> Value
    ) throws(PostgreSQLError) -> Value {
        let connection = try core.take(until: deadline)
        let start = MonotonicClock.now()
        connection.deadline = deadline
        let value = body(connection)
        if connection.isInTransaction { connection.rollBack() }
        core.release(connection, takenAt: start)
        return value
    }

    /// What the connections are doing.
    var statistics: PoolStatistics { core.statistics }

    /// Whether a server has answered on one of the connections, as far as they were returned.
    ///
    /// - Parameter time: In nanoseconds of the monotonic clock.
    /// - Returns: False where all answers are older.
    func hasAnswer(since time: UInt64) -> Bool { core.answeredAt >= time }

    /// Closes all connections, those in use when they are returned, and refuses further use.
    func close() {
        core.close()
    }
}

/// What the pool, its threads and its keeper share.
final class PoolCore: Sendable {
    /// Opens connections.
    let connector: Connector
    /// Wakes the keeper.
    let wanted: any WakeSignal
    private let state: Mutex<PoolState>
    private let waits = Histogram(.times)

    /// An empty pool.
    init(size: Int, connector: Connector) throws(SystemError) {
        self.connector = connector
        wanted = try EventWakeSignal()
        state = Mutex(PoolState(size: size))
    }

    /// Begins to open connections when they are needed, on a thread that `close` ends.
    func keep() throws(SystemError) {
        // Not waited for: it may be with a name server for longer than a shutdown should take.
        try Thread { PoolKeeper(self).run() }.detach()
    }

    /// Takes a connection that is alive, as far as its socket says.
    ///
    /// - Throws: `unreachable`, `poolExhausted`, `closed`.
    func take(until deadline: UInt64) throws(PostgreSQLError) -> sending Connection {
        let arrival = MonotonicClock.now()
        while true {
            let slot: ConnectionSlot
            switch state.withLock({ $0.begin() }) {
            case .take(let idle): slot = idle
            case .wait: slot = try wait(until: deadline)
            case .refuse(let error): throw error
            }
            guard let connection = slot.take() else { continue }
            guard connection.isAlive() else {
                lose()
                continue
            }
            state.withLock { _ in waits.observe(MonotonicClock.now() - arrival) }
            return connection
        }
    }

    /// Notes that one that was taken is gone.
    func lose() {
        state.withLock { $0.drop(isLost: true) }
        wanted.signal()
    }

    /// Takes a connection back.
    ///
    /// After one that timed out, those that no answer has come on since it was taken are closed: where the
    /// server is gone without a word, each would cost another request its whole time.
    func release(_ connection: sending Connection, takenAt start: UInt64) {
        guard connection.isUsable, MonotonicClock.now() < connection.expiresAt else {
            let isLost = !connection.isUsable
            let silentSince = connection.hasTimedOut ? start : 0
            let (silent, needsConnection) = state.withLock { state in
                state.drop(isLost: isLost)
                return (state.dropIdle(silentSince: silentSince), state.needsConnection)
            }
            if needsConnection { wanted.signal() }
            // Closed here, where no other thread waits for the lock.
            withExtendedLifetime(silent) {}
            return
        }
        put(connection, isNew: false)
    }

    /// Adds a connection to those that can be used.
    func put(_ connection: sending Connection, isNew: Bool) {
        let slot = ConnectionSlot(connection)
        state.withLock { $0.put(slot, isNew: isNew) }
    }

    /// Notes that none could be opened.
    func fail(_ error: PostgreSQLError) {
        state.withLock { $0.fail(error) }
    }

    /// Whether the keeper has to open one, or to end.
    var demand: (needsConnection: Bool, isClosed: Bool) {
        state.withLock { ($0.needsConnection, $0.isClosed) }
    }

    /// When a server answered last on a connection that was returned.
    var answeredAt: UInt64 { state.withLock { $0.answeredAt } }

    /// Refuses further use.
    func close() {
        state.withLock { $0.close() }
        wanted.signal()
    }

    /// What the connections are doing.
    var statistics: PoolStatistics {
        state.withLock { state in
            PoolStatistics(
                size: state.size, open: state.open, inUse: state.inUse,
                waiting: state.waiters.count, isReachable: state.failure == nil,
                opened: state.opened, failures: state.failures, lost: state.lost,
                waits: waits.distribution)
        }
    }

    private func wait(until deadline: UInt64) throws(PostgreSQLError) -> ConnectionSlot {
        let waiter: PoolWaiter
        do throws(SystemError) {
            waiter = PoolWaiter(on: try EventWakeSignal())
        } catch {
            throw PostgreSQLError(kind: .poolExhausted, message: error.description)
        }
        // Looked at again under the lock: one may have come back, or the server gone away, meanwhile.
        let turn = state.withLock { state in
            let turn = state.begin()
            if case .wait = turn { state.wait(waiter) }
            return turn
        }
        switch turn {
        case .take(let slot): return slot
        case .refuse(let error): throw error
        case .wait: wanted.signal()
        }
        if let slot = try waiter.wait(until: deadline) { return slot }
        let open = state.withLock { state in
            state.giveUp(waiter)
            return state.open
        }
        guard open > 0 else {
            throw PostgreSQLError(
                kind: .unreachable, message: "no connection to the database was made in time")
        }
        throw PostgreSQLError(
            kind: .poolExhausted, message: "all connections to the database were in use")
    }
}
