import System

/// Wakes the postman.
///
/// The store, which rings it, is made before the postman, who listens.
final class MailWakeSignal: Sendable {
    private let counter: EventFD

    /// A silent bell.
    ///
    /// - Throws: When the process has no descriptor left.
    init() throws(SystemError) {
        counter = try EventFD(.flag)
    }

    /// Rings, whether or not somebody listens.
    @Sendable func ring() { counter.add() }

    /// Waits until it rings, at most until then, in nanoseconds of the monotonic clock.
    func wait(until deadline: UInt64) {
        SystemCall.waitReadable([counter.descriptor.number], until: deadline)
        counter.take()
    }
}
