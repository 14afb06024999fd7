import Glibc
import System

extension EventLoop {
    /// How long a connection without a request stays open during shutdown.
    static var idleWhileDraining: Duration { .milliseconds(500) }
    /// How many connections are still accepted from a socket that is about to close: as many as the
    /// kernel queues.
    private static var acceptsAtEnd: Int { Int(SOMAXCONN) }

    /// Begins the shutdown: stops accepting, and soon closes connections without a request.
    ///
    /// - Parameter deadline: When to close the connections that are left.
    func drain(until deadline: UInt64) {
        guard drainDeadline == nil else { return }
        drainDeadline = deadline
        for listener in listeners {
            // Connections queued on a socket that closes would be reset; those queued on a socket that
            // outlives the process are for its successor.
            if !listener.isInherited { acceptBatch(from: listener, atMost: Self.acceptsAtEnd) }
            context.backend.remove(listener.descriptor)
        }
        listeners = []
        context.listeners.release()
        acceptsAgainAt = nil
        for wait in [ConnectionTimeout.start, .idle] { deadlines.restart(wait, at: now) }
        shortenIdleWaits()
    }

    /// Shortens the timeouts of connections without a request.
    func shortenIdleWaits() {
        for wait in [ConnectionTimeout.start, .idle] {
            limits[wait] = min(limits[wait], Self.idleWhileDraining.nanoseconds)
        }
    }
}
