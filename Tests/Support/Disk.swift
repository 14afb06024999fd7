/// The durable storage of a `MemoryStore`.
public protocol Disk: Sendable {
    /// Waits until the next unit of work can be committed.
    ///
    /// - Returns: Its failure.
    func begin() -> DiskFault

    /// Stores the state after a unit of work; returns when it is durable.
    func keep(_ memory: Memory)
}

/// The failure of a unit of work.
public enum DiskFault: Sendable {
    /// Nothing fails.
    case none
    /// It cannot be written.
    case beforeCommit
    /// It is written, but not acknowledged in time.
    case afterCommit
}
