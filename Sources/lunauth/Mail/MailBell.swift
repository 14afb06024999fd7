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

    /// Waits until it rings, at most until then, in nanoseconds of the monotonic clock.
    func wait(until deadline: UInt64) {
        SystemCall.waitReadable([counter.descriptor.number], until: deadline)
        counter.take()
    }
}
