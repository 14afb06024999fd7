import Linux

/// What one thread waits on until another rings.
///
/// Shared; one thread waits, any may ring. A ring before the wait is not lost, and a ring too many
/// only wakes in vain.
final class Bell: Sendable {
    private let counter: EventCounter

    /// A bell nobody has rung.
    ///
    /// - Throws: `io` when the process has no descriptor left.
    init() throws(StorageError) {
        do throws(SystemError) {
            counter = try EventCounter(.flag)
        } catch {
            throw .io(path: "the store", detail: error.description)
        }
    }

    /// Wakes who waits.
    func ring() {
        counter.add()
    }

    /// Returns at a ring or at the deadline, in nanoseconds of the monotonic clock.
    func wait(until deadline: UInt64) {
        if SystemCall.waitReadable([counter.descriptor.number], until: deadline) { counter.take() }
    }
}
