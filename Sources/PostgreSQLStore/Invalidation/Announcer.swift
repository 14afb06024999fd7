import Synchronization
import System

/// Tells the listening thread that this daemon has changed something, or ends.
///
/// Shared by all threads; one waits.
final class Announcer: Sendable {
    private let counter: EventFD
    private let hasChanges = Atomic<Bool>(false)
    private let closed = Atomic<Bool>(false)

    /// Nothing to tell.
    ///
    /// - Throws: When the process has no descriptor left.
    init() throws(SystemError) {
        counter = try EventFD(.flag)
    }

    /// Whether the thread is to end.
    var isClosed: Bool { closed.load(ordering: .acquiring) }

    /// Notes that a commit changed what other daemons may have in memory.
    func announce() {
        // Of many at once the first wakes the thread.
        if !hasChanges.exchange(true, ordering: .acquiringAndReleasing) { counter.add() }
    }

    /// Has the thread end.
    func close() {
        closed.store(true, ordering: .releasing)
        counter.add()
    }

    /// Whether there were changes since the last call.
    func takeChanges() -> Bool { hasChanges.exchange(false, ordering: .acquiringAndReleasing) }

    /// Waits for changes, the end, a socket or a time.
    ///
    /// - Parameters:
    ///   - socket: A socket that may have something to read; nil for none.
    ///   - deadline: In nanoseconds of the monotonic clock.
    func wait(for socket: Int32?, until deadline: UInt64) {
        let descriptors = [counter.descriptor.number] + (socket.map { [$0] } ?? [])
        if SystemCall.waitReadable(descriptors, until: deadline) { counter.take() }
    }
}
