import Metrics
import PostgreSQLStore

extension Exposition {
    /// Adds the connections to a database of a server, and what was tried again on them.
    mutating func append(_ storage: PostgreSQLStorage) {
        append(storage.connections)
        append(storage.retries)
        append(storage.invalidation)
    }

    private mutating func append(_ invalidation: InvalidationStatistics) {
        if let lag = invalidation.lag {
            gauge(
                "lunauth_database_invalidation_lag_seconds",
                "How long ago memory was known to be up to date.", .nanoseconds(lag))
        }
        gauge(
            "lunauth_database_notifications", "1 while notifications of other daemons arrive.",
            .count(invalidation.isNotified == true ? 1 : 0))
        counter(
            "lunauth_database_invalidation_polls_total", "Looks at what others changed.",
            .count(invalidation.polls))
        counter(
            "lunauth_database_changes_total", "Changes found, those of this daemon as well.",
            .count(invalidation.changes))
        counter(
            "lunauth_database_invalidation_restarts_total",
            "How often everything in memory was dropped.", .count(invalidation.restarts))
    }

    private mutating func append(_ pool: PoolStatistics) {
        gauge(
            "lunauth_database_connections", "Connections that are open, by whether they are used.",
            [("in_use", pool.inUse), ("idle", pool.open - pool.inUse)].map {
                Series([("state", $0)], .count(UInt64(clamping: $1)))
            })
        gauge(
            "lunauth_database_connections_limit", "Connections that may be open.",
            .count(UInt64(clamping: pool.size)))
        gauge(
            "lunauth_database_connection_waiting", "Threads that wait for a connection.",
            .count(UInt64(clamping: pool.waiting)))
        gauge(
            "lunauth_database_reachable",
            "1 unless the latest attempt to open a connection failed.",
            .count(pool.isReachable ? 1 : 0))
        counter(
            "lunauth_database_connections_opened_total", "Connections that were opened.",
            .count(pool.opened))
        counter(
            "lunauth_database_connection_failures_total",
            "Attempts to open a connection that failed.", .count(pool.failures))
        counter(
            "lunauth_database_connections_lost_total",
            "Connections that were lost, or given up for being too slow.", .count(pool.lost))
        histogram(
            "lunauth_database_connection_wait_seconds",
            "How long a thread waited for a connection.", pool.waits)
    }

    private mutating func append(_ retries: RetryStatistics) {
        counter(
            "lunauth_database_retries_total", "Transactions that were tried again, by why.",
            [("conflict", retries.conflicts), ("connection", retries.lostConnections)].map {
                Series([("reason", $0)], .count($1))
            })
        counter(
            "lunauth_database_lookups_total",
            "Commits whose connection was lost, by whether their outcome was found out.",
            [("known", retries.lookups - retries.unknown), ("unknown", retries.unknown)].map {
                Series([("outcome", $0)], .count($1))
            })
    }
}
