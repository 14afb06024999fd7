public import Metrics
import Synchronization

/// What the writer has done, counted on its thread and read by others.
final class WriterStatistics: Sendable {
    /// How many writes each committed group had.
    let groupSizes = Histogram(Buckets([1, 2, 4, 8, 16, 32, 64], of: .ones))
    /// How long each of them took, from its BEGIN until it was durable.
    let commitTimes = Histogram(.times)
    /// How long each write took, from when it was queued until its waiter was answered.
    let waits = Histogram(.times)
    /// How many groups were lost to a fault.
    let failures = Atomic<UInt64>(0)

    /// Counts a group that was committed.
    ///
    /// - Parameters:
    ///   - writes: How many were in it.
    ///   - nanoseconds: What that took.
    func countCommit(of writes: Int, nanoseconds: UInt64) {
        groupSizes.observe(UInt64(writes))
        commitTimes.observe(nanoseconds)
    }

    /// Counts a group that was lost.
    func countFailure() {
        failures.add(1, ordering: .relaxed)
    }

    /// Counts how long writes have waited for their outcome, now in nanoseconds.
    func countWaits(of group: [Write], until now: UInt64) {
        for write in group { waits.observe(now - write.queuedAt) }
    }
}

/// What a storage can say about itself.
public struct StorageStatistics: Sendable {
    /// How many writes each committed group had: there were so many commits.
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

extension Storage {
    /// What the storage can say about itself at the moment.
    public var statistics: StorageStatistics {
        StorageStatistics(
            groupSizes: instance.statistics.groupSizes.distribution,
            commitTimes: instance.statistics.commitTimes.distribution,
            waits: instance.statistics.waits.distribution,
            failures: instance.statistics.failures.load(ordering: .relaxed),
            queued: instance.queue.count)
    }
}
