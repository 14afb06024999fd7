import Linux

/// Wakes the postman.
///
/// The store, which rings it, is made before the postman, who listens.
final class MailBell: Sendable {
    private let counter: EventCounter

    /// A silent bell.
    ///
    /// - Throws: When the process has no descriptor left.
    init() throws(SystemError) {
        counter = try EventCounter(.flag)
    }

    /// Rings, whether or not somebody listens.
    @Sendable func ring() { counter.add() }

    /// Waits until it rings, or for a while.
    func wait(for duration: Duration) {
        let deadline = MonotonicClock.now() + duration.nanoseconds
        SystemCall.waitReadable([counter.descriptor.number], until: deadline)
        counter.take()
    }
}
