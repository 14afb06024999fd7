import Metrics
import StoreSupport

extension Exposition {
    /// Adds the writer of the database and the queue in front of it.
    mutating func append(_ storage: StoreStatistics) {
        counter(
            "lunauth_database_commits_total", "Transactions that were committed.",
            .count(storage.groupSizes.count))
        counter(
            "lunauth_database_commit_failures_total", "Transactions that were lost to a fault.",
            .count(storage.failures))
        counter(
            "lunauth_database_writes_total", "Units of work in committed transactions.",
            .count(storage.groupSizes.sum))
        histogram(
            "lunauth_database_commit_writes", "Units of work in a committed transaction.",
            storage.groupSizes)
        histogram(
            "lunauth_database_commit_duration_seconds",
            "How long a transaction took, from its begin until it was durable.",
            storage.commitTimes)
        histogram(
            "lunauth_database_write_wait_seconds",
            "How long a unit of work took, from when it was queued until its outcome was known.",
            storage.waits)
        gauge(
            "lunauth_database_queued_writes", "Units of work that wait for a transaction.",
            .count(UInt64(clamping: storage.queued)))
    }
}
