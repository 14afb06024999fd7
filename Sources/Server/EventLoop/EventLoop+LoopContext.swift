import HTTP
import System

extension EventLoop {
    /// What a loop shares with the rest of the server.
    struct LoopContext: Sendable {
        /// The kernel; mailbox and listeners are watched already.
        let backend: System
        /// The way into the loop.
        let mailbox: LoopQueue
        /// The ways into all loops, this one among them.
        let loops: [LoopQueue]
        /// Where connections come from.
        let listeners: Listeners
        /// The lanes that have threads of their own.
        let lanes: Lanes
        /// The bound on connections.
        let connectionLimit: ConnectionLimit
        /// The bound on those of one peer.
        let shares: PeerShares
        /// The bounds of a head.
        var headLimits = HeadParser.Limits()
        /// How long connections may take for what.
        let timeouts: Timeouts
        /// Takes a connection from a listening socket.
        let accept: @Sendable (borrowing FileDescriptor) -> AcceptResult
        /// Nanoseconds of the monotonic clock.
        let clock: @Sendable () -> UInt64
    }
}
