import Synchronization

/// What others left for a daemon to do.
///
/// Shared by the thread that learns of it and the one that does it.
final class PendingTasks: Sendable {
    private let topics = Mutex<StaleMemory.Topics>([.notes, .unlocks])

    /// There may be something of every kind.
    init() {}

    /// Notes that there may be something of every kind.
    func noteAll() { note([.notes, .unlocks]) }

    /// Notes what there may be.
    func note(_ found: StaleMemory.Topics) {
        let tasks: StaleMemory.Topics =
            found.contains(.everything)
            ? [.notes, .unlocks] : found.intersection([.notes, .unlocks])
        topics.withLock { $0.formUnion(tasks) }
    }

    /// Takes one kind.
    ///
    /// - Returns: Whether there may be something of it.
    func take(_ topic: StaleMemory.Topics) -> Bool {
        topics.withLock { $0.remove(topic) != nil }
    }
}
