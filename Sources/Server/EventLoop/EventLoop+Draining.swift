import Glibc
import System

extension EventLoop {
    /// How long a connection without a request is kept once the server is about to end.
    static var idleWhileDraining: Duration { .milliseconds(500) }
    /// How many connections are still taken from a socket that is about to close: as many as the
    /// kernel queues.
    private static var acceptsAtEnd: Int { Int(SOMAXCONN) }

    /// Begins to end: takes nobody in any more, and lets go who has no request soon.
    ///
    /// - Parameter deadline: When to end whatever is under way.
    func drain(until deadline: UInt64) {
        guard drainDeadline == nil else { return }
        drainDeadline = deadline
        for listener in listeners {
            // What is queued on a socket that closes would be reset; what is queued on one that
            // outlives the process is for the next one.
            if !listener.isInherited { acceptBatch(from: listener, atMost: Self.acceptsAtEnd) }
            context.backend.remove(listener.descriptor)
        }
        listeners = []
        context.listeners.letGo()
        acceptsAgainAt = nil
        for wait in [ConnectionTimeout.start, .idle] { deadlines.restart(wait, at: now) }
        shortenIdleWaits()
    }

    /// Lets nobody stay long without a request.
    func shortenIdleWaits() {
        for wait in [ConnectionTimeout.start, .idle] {
            limits[wait] = min(limits[wait], Self.idleWhileDraining.nanoseconds)
        }
    }
}
