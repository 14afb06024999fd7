import HTTP
import Linux

/// A connection with its socket, as its loop keeps it.
///
/// Confined to the loop.
final class Channel {
    /// The socket, non-blocking.
    let socket: FileDescriptor
    /// The place in the loop's table.
    let token: Token
    /// What is said on it.
    var connection: Connection
    /// Whether the socket may hold input that was not received.
    var isReadable = false
    /// Whether the end of the input is known to be in the socket: a short receive has not
    /// drained it then.
    var inputEnds = false
    /// Whether it stands in the loop's list of unfinished work.
    var isQueued = false
    /// Whether it was received from or answered and nothing has been sent yet.
    var isInStep = false

    /// A connection that was just accepted.
    init(
        socket: consuming FileDescriptor, token: Token, peer: Peer, entrance: Entrance, now: UInt64
    ) {
        self.socket = socket
        self.token = token
        connection = Connection(peer: peer, entrance: entrance, now: now)
    }
}

@available(*, unavailable)
extension Channel: Sendable {}
