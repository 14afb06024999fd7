/// Where a `MemoryStore` keeps what it has to keep through a crash.
public protocol Disk: Sendable {
    /// Waits until the unit of work that is about to begin can be committed.
    ///
    /// - Returns: What goes wrong with it.
    func begin() -> DiskFault

    /// Keeps what is stored after a unit of work; returns when it is durable.
    func keep(_ memory: Memory)
}

/// What goes wrong with a unit of work.
public enum DiskFault: Sendable {
    /// Nothing.
    case none
    /// It cannot be written.
    case beforeCommit
    /// It is written, and nobody learns it in time.
    case afterCommit
}
