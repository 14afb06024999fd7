import System
import Synchronization

/// Threads that are started together and can be waited for together.
final class ThreadGroup: Sendable {
    private let running = Atomic<Int>(0)

    /// Readable once a thread has ended.
    let ended: EventFD

    /// Creates a group without threads.
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
    ///   - body: The work of the thread; values that are not Sendable are created in it.
    /// - Throws: When the process cannot have another thread.
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

    /// Waits until all threads have ended.
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
