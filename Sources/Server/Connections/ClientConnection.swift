import HTTP
import System

/// A connection and its socket, in the loop's table.
///
/// Confined to the loop.
final class ClientConnection {
    /// The socket, non-blocking.
    let socket: FileDescriptor
    /// The slot in the loop's table.
    let token: Token
    /// The protocol state.
    var connection: Connection
    /// Whether the socket may have input that was not received.
    var isReadable = false
    /// Whether the end of the input is known to be in the socket: a short receive then does not mean
    /// that the socket is empty.
    var inputEnds = false
    /// Whether it is in the loop's list of unfinished work.
    var isQueued = false
    /// Whether it was received from or answered and its output has not been sent yet.
    var isInStep = false
    /// The share that it counts towards; nil when its peer has none.
    let share: AddressPrefix?

    /// Creates the entry of a connection that was just accepted.
    init(
        socket: consuming FileDescriptor, token: Token, connection: Connection,
        share: AddressPrefix?
    ) {
        self.socket = socket
        self.token = token
        self.connection = connection
        self.share = share
    }
}

@available(*, unavailable)
extension ClientConnection: Sendable {}
