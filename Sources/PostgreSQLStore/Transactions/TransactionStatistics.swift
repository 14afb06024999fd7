import StoreSupport
import Synchronization

/// What became of the transactions, counted by all threads.
final class TransactionStatistics: Sendable {
    private struct Retries {
        var conflicts: UInt64 = 0
        var lostConnections: UInt64 = 0
        var lookups: UInt64 = 0
        var unknown: UInt64 = 0
    }

    /// Its histograms have one writer at a time: the lock.
    private let writer = WriterStatistics()
    private let retries = Mutex(Retries())

    /// Nothing counted yet.
    init() {}

    /// Counts a commit.
    ///
    /// - Parameters:
    ///   - nanoseconds: How long the attempt took that was committed.
    ///   - waited: How long its caller waited, attempts before it included.
    func countCommit(nanoseconds: UInt64, waited: UInt64) {
        retries.withLock { _ in
            writer.countCommit(of: 1, nanoseconds: nanoseconds)
            writer.countWait(nanoseconds: waited)
        }
    }

    /// Counts a transaction that was lost to a fault.
    func countFailure() {
        writer.countFailure()
    }

    /// Counts a transaction that is tried again.
    func countRetry(after error: PostgreSQLError) {
        retries.withLock { retries in
            if error.state?.isConflict == true {
                retries.conflicts += 1
            } else {
                retries.lostConnections += 1
            }
        }
    }

    /// Counts a commit whose outcome was looked up.
    func countLookup(isKnown: Bool) {
        retries.withLock { retries in
            retries.lookups += 1
            if !isKnown { retries.unknown += 1 }
        }
    }

    /// The counts at the moment.
    var snapshot: RetryStatistics {
        retries.withLock { retries in
            RetryStatistics(
                conflicts: retries.conflicts, lostConnections: retries.lostConnections,
                lookups: retries.lookups, unknown: retries.unknown)
        }
    }

    /// The counts that every store has.
    ///
    /// - Parameter waiting: How many threads wait for a connection.
    /// - Returns: The counts.
    func writes(waiting: Int) -> StoreStatistics { writer.snapshot(queued: waiting) }
}

/// How often transactions were tried again, and commits looked up.
public struct RetryStatistics: Sendable, Equatable {
    /// Tried again after a conflict with another.
    public let conflicts: UInt64
    /// Tried again on another connection.
    public let lostConnections: UInt64
    /// Commits during which the connection was lost.
    public let lookups: UInt64
    /// Those of them whose outcome stayed unknown.
    public let unknown: UInt64
}
