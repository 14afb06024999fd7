import System

/// Wakes the outbox worker.
///
/// The store, which signals it, is made before the worker, which waits.
final class MailWakeSignal: Sendable {
    private let counter: EventFD

    /// Creates a signal that is not set.
    ///
    /// - Throws: When the process has no descriptor left.
    init() throws(SystemError) {
        counter = try EventFD(.flag)
    }

    /// Signals, whether or not the worker waits.
    @Sendable func signal() { counter.add() }

    /// Waits for the signal, at most until then, in nanoseconds of the monotonic clock.
    func wait(until deadline: UInt64) {
        SystemCall.waitReadable([counter.descriptor.number], until: deadline)
        counter.take()
    }
}
