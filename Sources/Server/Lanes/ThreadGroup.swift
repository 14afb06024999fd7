import System
import Synchronization

/// Threads that are started together and whose common end can be awaited.
final class ThreadGroup: Sendable {
    private let running = Atomic<Int>(0)

    /// Readable once a thread has ended.
    let ended: EventFD

    /// A group without threads.
    ///
    /// - Throws: When the process has no descriptor left.
    init() throws(SystemError) {
        ended = try EventFD(.flag)
    }

    /// Whether no thread of the group runs.
    var isDone: Bool { running.load(ordering: .acquiring) == 0 }

    /// Starts a thread; it inherits the signal mask of the caller.
    ///
    /// - Parameters:
    ///   - stackBytes: The size of its stack.
    ///   - body: What it does; what is not Sendable is made in there.
    /// - Throws: When the process may not have another thread.
    func spawn(stackBytes: Int, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
        running.add(1, ordering: .relaxed)
        do throws(SystemError) {
            try Thread(stackBytes: stackBytes) {
                body()
                self.running.subtract(1, ordering: .releasing)
                self.ended.add()
            }.detach()
        } catch {
            running.subtract(1, ordering: .relaxed)
            throw error
        }
    }

    /// Waits for the end of all threads.
    ///
    /// - Parameter deadline: When to stop waiting, in nanoseconds of the monotonic clock.
    /// - Returns: Whether all have ended.
    func wait(until deadline: UInt64) -> Bool {
        while !isDone {
            guard SystemCall.waitReadable([ended.descriptor.number], until: deadline) else {
                return isDone
            }
            ended.take()
        }
        return true
    }
}
