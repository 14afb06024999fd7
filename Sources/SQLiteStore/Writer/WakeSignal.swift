import System

/// What one thread waits on until another rings.
///
/// Shared; one thread waits, any may ring. A ring before the wait is not lost, and a ring too many
/// only wakes in vain.
protocol Waiting: Sendable {
    /// The time by which waits end, in nanoseconds of a monotonic clock.
    var now: UInt64 { get }

    /// Wakes who waits.
    func ring()

    /// Returns at a ring or at the deadline.
    func wait(until deadline: UInt64)
}

/// A counter of the kernel to wait on, by its monotonic clock.
final class WakeSignal: Waiting {
    private let counter: EventFD

    /// A bell nobody has rung.
    ///
    /// - Throws: `io` when the process has no descriptor left.
    init() throws(StorageError) {
        do throws(SystemError) {
            counter = try EventFD(.flag)
        } catch {
            throw .io(path: "the store", detail: error.description)
        }
    }

    var now: UInt64 { MonotonicClock.now() }

    func ring() {
        counter.add()
    }

    func wait(until deadline: UInt64) {
        if SystemCall.waitReadable([counter.descriptor.number], until: deadline) { counter.take() }
    }
}
