public import HTTP

/// Figures of a running server.
public struct ServerStatistics: Sendable {
    /// Open connections.
    public let connections: Int
    /// The limit of open connections.
    public let maximumConnections: Int
    /// Connections accepted since the start.
    public let accepted: UInt64
    /// Connections refused since the start, at a limit or for lack of descriptors.
    public let refused: UInt64
    /// The number of requests that wait for a thread, by lane.
    public let queued: [(lane: Lane, count: Int)]
}
