import CLinux
import Glibc
import Synchronization

/// Threads that are started together and whose common end can be awaited.
final class ThreadGroup: Sendable {
    private let running = Atomic<Int>(0)

    /// Readable once a thread has ended.
    let ended: EventCounter

    /// A group without threads.
    ///
    /// - Throws: `system` when the process has no descriptor left.
    init() throws(ServerError) {
        ended = try EventCounter(.flag)
    }

    /// Whether no thread of the group runs.
    var isDone: Bool { running.load(ordering: .acquiring) == 0 }

    /// Starts a thread; it inherits the signal mask of the caller.
    ///
    /// - Parameters:
    ///   - stackBytes: The size of its stack.
    ///   - body: What it does; what is not Sendable is made in there.
    /// - Throws: `system` when the process may not have another thread.
    func spawn(stackBytes: Int, _ body: @escaping @Sendable () -> Void) throws(ServerError) {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setstacksize(&attributes, stackBytes)
        unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))

        running.add(1, ordering: .relaxed)
        let start = unsafe Unmanaged.passRetained(Start(group: self, body: body))
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, &attributes,
            { context in
                guard let context = unsafe context else { return nil }
                let start = unsafe Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
                start.body()
                start.group.running.subtract(1, ordering: .releasing)
                start.group.ended.add()
                return nil
            }, start.toOpaque())
        guard code == 0 else {
            unsafe start.release()
            running.subtract(1, ordering: .relaxed)
            throw .system(call: "pthread_create", errno: code)
        }
    }

    /// Waits for the end of all threads.
    ///
    /// - Parameter deadline: When to stop waiting, in nanoseconds of the monotonic clock.
    /// - Returns: Whether all have ended.
    func wait(until deadline: UInt64) -> Bool {
        while !isDone {
            guard Syscall.waitReadable([ended.descriptor.number], until: deadline) else {
                return isDone
            }
            ended.take()
        }
        return true
    }

    private final class Start: Sendable {
        let group: ThreadGroup
        let body: @Sendable () -> Void

        init(group: ThreadGroup, body: @escaping @Sendable () -> Void) {
            self.group = group
            self.body = body
        }
    }
}
