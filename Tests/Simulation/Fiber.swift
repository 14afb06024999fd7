import System
import Synchronization

/// A thread that runs only while its driver waits for it: of all fibers and their driver exactly
/// one does something at any time, and who that is the driver decides.
final class Fiber: Sendable {
    private let go: EventFD
    private let back: EventFD
    private let ended = Atomic(false)

    /// A fiber that has not begun.
    ///
    /// - Parameter body: What it does; may pause wherever a thread would have to wait.
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

    /// Lets it run until it pauses or ends; called by the driver.
    func resume() {
        guard !isDone else { return }
        go.add()
        back.take()
    }

    /// Gives the turn back to the driver; called by the fiber.
    func pause() {
        back.add()
        go.take()
    }
}
