import Auth
import Crypto
import StoreSupport
import System

/// Runs reads and units of work on the connections of a pool, again where that may help.
///
/// A unit of work is SERIALIZABLE, the one isolation under which reading and then writing, as the rules of
/// the domain do (one owner, the last administrator, an invitation's uses), needs no lock of its own.
/// PostgreSQL refuses one of those that conflict; what it refused is run again. What each has read it remembers
/// until all that ran beside it have ended, in memory with a bound (`max_pred_locks_per_transaction`): one that
/// takes longer, and reads what all others write, has locks of its own instead, READ COMMITTED. Shared by all
/// threads.
struct TransactionRunner: Sendable {
    /// How long a lost commit is looked up beyond the deadline of its unit of work, in nanoseconds.
    private static let lookupTime: UInt64 = 2_000_000_000
    /// How long the lookup pauses while no server can be reached, in nanoseconds.
    private static let lookupPause: UInt64 = 100_000_000
    /// How often a read is tried on another connection.
    private static let maximumReads = 3

    /// The connections.
    let pool: ConnectionPool
    /// The present time.
    let now: @Sendable () -> Timestamp
    /// What became of the transactions.
    let statistics: TransactionStatistics
    /// Names this daemon in the database.
    var daemon = UUID.random()
    /// What transactions need not count; nil for a command.
    var recentCounts: RecentCounts?

    /// A unit of work that is durable.
    struct Committed<Value: Sendable>: Sendable {
        /// What it returned.
        let value: Value
        /// What it changed of what is kept in memory.
        let changes: Changes
    }

    /// Runs a query, on another connection if one is lost.
    ///
    /// - Parameters:
    ///   - deadline: When it has to be answered, in nanoseconds of the monotonic clock.
    ///   - query: May run more than once. Each of its statements sees what was committed before.
    /// - Returns: What `query` returns.
    /// - Throws: `unavailable`, `overloaded`.
    func read<Value: Sendable>(
        until deadline: UInt64, _ query: @Sendable (Connection) throws(PostgreSQLError) -> Value
    ) throws(AuthError) -> Value {
        var reads = 0
        while true {
            reads += 1
            do throws(PostgreSQLError) {
                return try pool.withConnection(until: deadline) { database in
                    Result { () throws(PostgreSQLError) in try query(database) }
                }.get()
            } catch {
                guard error.isWorthRetry, reads < Self.maximumReads,
                    MonotonicClock.now() < deadline
                else { throw error.unavailable }
                statistics.countRetry(after: error)
            }
        }
    }

    /// Runs a unit of work in a transaction and returns when it is durable.
    ///
    /// - Parameters:
    ///   - isolation: What it sees of others.
    ///   - cause: Who and what it is for.
    ///   - activity: The uses that are not written down yet.
    ///   - deadline: When it has to be done, in nanoseconds of the monotonic clock.
    ///   - work: May run more than once; only the last run counts.
    /// - Returns: What `work` returns, with what it changed.
    /// - Throws: What `work` throws; `unavailable`, with `writeOutcomeUnknown` when it may have happened;
    ///   `overloaded`.
    func write<Value: Sendable>(
        _ isolation: Connection.Isolation = .serializable, for cause: Cause, activity: Activity,
        until deadline: UInt64,
        _ work: @Sendable (PostgreSQLTransaction) throws(AuthError) -> Value
    ) throws(AuthError) -> Committed<Value> {
        let arrival = MonotonicClock.now()
        var delay = RetryDelay()
        while true {
            let start = MonotonicClock.now()
            let failure: PostgreSQLError
            switch attempt(work, isolation, for: cause, activity: activity, until: deadline) {
            case .committed(let committed):
                let end = MonotonicClock.now()
                statistics.countCommit(nanoseconds: end - start, waited: end - arrival)
                return committed
            case .refused(let error): throw error
            case .failed(let error): failure = error
            case .uncertain(let marker, let committed, let error):
                guard try !isCommitted(marker, until: deadline) else { return committed }
                failure = error
            }
            guard failure.isWorthRetry,
                let time = delay.next(at: MonotonicClock.now(), before: deadline)
            else {
                statistics.countFailure()
                throw failure.unavailable
            }
            statistics.countRetry(after: failure)
            SystemCall.waitReadable([], until: time)
        }
    }

    /// What became of one run of a unit of work.
    private enum Attempt<Value: Sendable>: Sendable {
        /// It is durable.
        case committed(Committed<Value>)
        /// The domain refused; nothing remains.
        case refused(AuthError)
        /// The database failed; nothing remains.
        case failed(PostgreSQLError)
        /// The connection was lost during COMMIT, or the server warned.
        case uncertain(CommitMarker, Committed<Value>, PostgreSQLError)
    }

    private func attempt<Value: Sendable>(
        _ work: @Sendable (PostgreSQLTransaction) throws(AuthError) -> Value,
        _ isolation: Connection.Isolation, for cause: Cause, activity: Activity,
        until deadline: UInt64
    ) -> Attempt<Value> {
        do throws(PostgreSQLError) {
            return try pool.withConnection(until: deadline) { database in
                let now = self.now()
                let marker = CommitMarker(nextOf: database)
                database.begin(isolation, with: [marker.statement])
                let transaction = PostgreSQLTransaction(
                    on: database, now: now, for: cause, daemon: daemon, activity: activity,
                    recentCounts: recentCounts)
                let result = Result { () throws(AuthError) in try work(transaction) }
                if let fault = transaction.fault { return .failed(fault) }
                switch result {
                case .failure(let error): return .refused(error)
                case .success(let value):
                    let committed = Committed(value: value, changes: transaction.changes)
                    return Self.commit(committed, as: marker, in: database)
                }
            }
        } catch {
            return .failed(error)
        }
    }

    private static func commit<Value>(
        _ committed: Committed<Value>, as marker: CommitMarker, in database: Connection
    ) -> Attempt<Value> {
        do throws(PostgreSQLError) {
            let stale = StaleMemory(committed.changes)
            try database.commit(
                after: stale.isEmpty ? [] : [ChangeRows.insertion(stale, by: marker)])
            return .committed(committed)
        } catch {
            switch error.kind {
            case .connectionLost, .timedOut, .outcomeUnknown:
                return .uncertain(marker, committed, error)
            default: return .failed(error)
            }
        }
    }

    /// Whether a transaction was committed, and lasts, whose COMMIT left that open.
    ///
    /// - Throws: `unavailable` with `writeOutcomeUnknown`.
    private func isCommitted(
        _ marker: CommitMarker, until deadline: UInt64
    ) throws(AuthError) -> Bool {
        let limit = max(deadline, MonotonicClock.now() + Self.lookupTime)
        while true {
            do throws(PostgreSQLError) {
                let isCommitted = try pool.withConnection(until: limit) { database in
                    Result { () throws(PostgreSQLError) in
                        try marker.isCommitted(in: database)
                    }
                }.get()
                statistics.countLookup(isKnown: true)
                return isCommitted
            } catch {
                let next = MonotonicClock.now() + Self.lookupPause
                guard next < limit else {
                    statistics.countLookup(isKnown: false)
                    let unknown = PostgreSQLError(
                        kind: .outcomeUnknown,
                        message: "a commit was left open; \(error)")
                    throw unknown.unavailable
                }
                SystemCall.waitReadable([], until: next)
            }
        }
    }
}
