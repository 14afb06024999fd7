import System
import Synchronization

/// A thread that runs only while its driver waits for it: of all fibers and their driver exactly one
/// runs at any time, and the driver chooses which.
final class Fiber: Sendable {
    private let go: EventFD
    private let back: EventFD
    private let ended = Atomic(false)

    /// Creates a fiber that has not started.
    ///
    /// - Parameter body: Its work; it pauses wherever a thread would block.
    /// - Throws: When the process has no descriptor or thread left.
    init(_ body: @escaping @Sendable (Fiber) -> Void) throws(SystemError) {
        go = try EventFD(.semaphore)
        back = try EventFD(.semaphore)
        try Thread(stackBytes: 1 << 19) { [self] in
            go.take()
            body(self)
            ended.store(true, ordering: .releasing)
            back.add()
        }.detach()
    }

    /// Whether its body has returned.
    var isDone: Bool { ended.load(ordering: .acquiring) }

    /// Runs it until it pauses or ends; called by the driver.
    func resume() {
        guard !isDone else { return }
        go.add()
        back.take()
    }

    /// Returns control to the driver; called by the fiber.
    func pause() {
        back.add()
        go.take()
    }
}
