package import System

/// What one thread waits on until another signals.
///
/// Shared: one thread waits, any thread signals. A signal before the wait is not lost; a superfluous one
/// only wakes the thread in vain.
package protocol WakeSignal: Sendable {
    /// The time by which waits end, in nanoseconds of a monotonic clock.
    var now: UInt64 { get }

    /// Wakes the waiting thread.
    func signal()

    /// Returns at a signal or at the deadline.
    func wait(until deadline: UInt64)
}

/// A wake signal in the kernel: eventfd(2), by the monotonic clock.
package final class EventWakeSignal: WakeSignal {
    private let counter: EventFD

    /// No signal yet.
    ///
    /// - Throws: When the process has no descriptor left.
    package init() throws(SystemError) {
        counter = try EventFD(.flag)
    }

    package var now: UInt64 { MonotonicClock.now() }

    package func signal() {
        counter.add()
    }

    package func wait(until deadline: UInt64) {
        if SystemCall.waitReadable([counter.descriptor.number], until: deadline) { counter.take() }
    }
}
