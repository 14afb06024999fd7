public import HTTP

/// What a server can say about itself.
public struct ServerStatistics: Sendable {
    /// Connections that are open.
    public let connections: Int
    /// The most that may be.
    public let maximumConnections: Int
    /// Connections that were ever taken in.
    public let accepted: UInt64
    /// Connections that were turned away, for want of room or of a descriptor.
    public let refused: UInt64
    /// How many requests wait for a thread, lane by lane.
    public let queued: [(lane: Lane, count: Int)]
}
