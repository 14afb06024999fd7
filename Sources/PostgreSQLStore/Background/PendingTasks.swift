import Synchronization

/// What others left for a daemon to do.
///
/// Shared by the thread that learns of it and the one that does it.
final class PendingTasks: Sendable {
    private static let all: StaleMemory.Topics = [.state, .notes, .unlocks, .secretKeys]
    private let topics = Mutex(PendingTasks.all)

    /// There may be something of every kind.
    init() {}

    /// Notes what there may be.
    func note(_ found: StaleMemory.Topics) {
        let tasks = found.contains(.everything) ? Self.all : found.intersection(Self.all)
        topics.withLock { $0.formUnion(tasks) }
    }

    /// Takes one kind.
    ///
    /// - Returns: Whether there may be something of it.
    func take(_ topic: StaleMemory.Topics) -> Bool {
        topics.withLock { $0.remove(topic) != nil }
    }
}
