public import Metrics
import Synchronization

/// What the writer has done, counted on its thread and read by others.
package final class WriterStatistics: Sendable {
    /// How many writes each committed group had.
    private let groupSizes = Histogram(Buckets([1, 2, 4, 8, 16, 32, 64], of: .ones))
    /// How long each of them took, from its BEGIN until it was durable.
    private let commitTimes = Histogram(.times)
    /// How long each write took, from when it was queued until its caller had the result.
    private let waits = Histogram(.times)
    /// How many groups were lost to a fault.
    private let failures = Atomic<UInt64>(0)

    /// Nothing counted yet.
    package init() {}

    /// Counts a group that was committed.
    ///
    /// - Parameters:
    ///   - writes: How many were in it.
    ///   - nanoseconds: How long it took.
    package func countCommit(of writes: Int, nanoseconds: UInt64) {
        groupSizes.observe(UInt64(writes))
        commitTimes.observe(nanoseconds)
    }

    /// Counts a group that was lost.
    package func countFailure() {
        failures.add(1, ordering: .relaxed)
    }

    /// Counts how long writes have waited for their result, until now in nanoseconds.
    package func countWaits(of group: [Write], until now: UInt64) {
        for write in group { countWait(nanoseconds: now - write.queuedAt) }
    }

    /// Counts how long one write has waited for its result.
    package func countWait(nanoseconds: UInt64) {
        waits.observe(nanoseconds)
    }

    /// The counts at the moment.
    ///
    /// - Parameter queued: How many writes wait.
    /// - Returns: The counts.
    package func snapshot(queued: Int) -> StoreStatistics {
        StoreStatistics(
            groupSizes: groupSizes.distribution, commitTimes: commitTimes.distribution,
            waits: waits.distribution, failures: failures.load(ordering: .relaxed), queued: queued)
    }
}

/// What a store reports about its writes.
public struct StoreStatistics: Sendable {
    /// How many writes each committed group had: its count is the number of commits.
    public let groupSizes: Distribution
    /// How long each commit took.
    public let commitTimes: Distribution
    /// How long each write took, from when it was queued until it was durable, or refused.
    public let waits: Distribution
    /// How many groups were lost to a fault.
    public let failures: UInt64
    /// How many writes wait for the writer.
    public let queued: Int
}
