import HTTP
import System

extension EventLoop {
    /// What a loop shares with the rest of the server.
    struct LoopContext: Sendable {
        /// System calls; the queue and the listeners are watched already.
        let backend: System
        /// The loop's own queue.
        let loopQueue: LoopQueue
        /// The queues of all loops, including this one.
        let loops: [LoopQueue]
        /// The listening sockets.
        let listeners: Listeners
        /// The lanes that have threads of their own.
        let lanes: Lanes
        /// The limit of connections.
        let connectionLimit: ConnectionLimit
        /// The limit of connections of one peer.
        let shares: PeerShares
        /// The limits of request heads.
        var headLimits = HeadParser.Limits()
        /// How long connections may take in each phase.
        let timeouts: Timeouts
        /// Accepts a connection from a listening socket.
        let accept: @Sendable (borrowing FileDescriptor) -> AcceptResult
        /// Nanoseconds of the monotonic clock.
        let clock: @Sendable () -> UInt64
    }
}
