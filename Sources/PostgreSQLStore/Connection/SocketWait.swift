import Glibc
import System

/// Waits for the socket of a connection (poll(2)).
enum SocketWait {
    /// What is waited for.
    enum Event {
        /// Octets to read, or the end of the connection.
        case readable
        /// Space for octets to write, or any of the other.
        case readableOrWritable
        /// Space for octets to write.
        case writable
    }

    /// Waits until a socket is ready, or in error.
    ///
    /// - Parameters:
    ///   - socket: Its descriptor.
    ///   - event: What to wait for.
    ///   - deadline: When to stop waiting, in nanoseconds of the monotonic clock.
    /// - Returns: False when the deadline has passed.
    static func wait(for socket: Int32, _ event: Event, until deadline: UInt64) -> Bool {
        let events =
            switch event {
            case .readable: POLLIN
            case .readableOrWritable: POLLIN | POLLOUT
            case .writable: POLLOUT
            }
        var entry = pollfd(fd: socket, events: Int16(events), revents: 0)
        while true {
            let timeout = deadline.milliseconds(after: MonotonicClock.now())
            switch SystemCall.retrying({ Int(unsafe poll(&entry, 1, timeout)) }) {
            case .done(0), .wouldBlock:
                if MonotonicClock.now() >= deadline { return false }
            // What failed here fails again in libpq, which says why.
            case .done, .failed: return true
            }
        }
    }
}
