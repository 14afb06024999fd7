import CLinux
import Glibc

/// What one thread waits on until another rings: eventfd(2).
///
/// Shared; one thread waits, any may signal. A signal before the wait is not lost, and a signal too
/// many only wakes in vain.
final class EventDescriptor: Sendable {
    private let descriptor: FileDescriptor

    /// A descriptor nobody has signalled.
    ///
    /// - Throws: `io` when the process has no descriptor left.
    init() throws(StorageError) {
        let opened = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard opened >= 0 else { throw .system("eventfd", "eventfd", code: errno) }
        descriptor = FileDescriptor(owning: opened)
    }

    /// Wakes who waits.
    func signal() {
        // Fails only when the counter is full, and then the waiter is awake already.
        eventfd_write(descriptor.number, 1)
    }

    /// Returns at a signal, at the deadline, or sooner: the caller looks and waits again.
    func wait(until deadline: ContinuousClock.Instant) {
        let left = max(.zero, deadline - .now)
        let milliseconds = min(left / .milliseconds(1), 60_000).rounded(.up)
        var entry = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
        if unsafe poll(&entry, 1, Int32(milliseconds)) == 1 {
            var count = eventfd_t()
            unsafe eventfd_read(descriptor.number, &count)
        }
    }
}
