public import Metrics

/// What the connections of a daemon are doing, and what became of them.
public struct PoolStatistics: Sendable {
    /// The most connections.
    public let size: Int
    /// Connections that are open.
    public let open: Int
    /// Those of them that a thread uses.
    public let inUse: Int
    /// Threads that wait for one.
    public let waiting: Int
    /// Whether a server was reached when one was last needed.
    public let isReachable: Bool
    /// Connections opened since the start.
    public let opened: UInt64
    /// Attempts to open one that failed.
    public let failures: UInt64
    /// Connections that were lost, or given up for being too slow.
    public let lost: UInt64
    /// How long threads waited for a connection.
    public let waits: Distribution
}
