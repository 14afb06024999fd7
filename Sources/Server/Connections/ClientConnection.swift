import HTTP
import System

/// A connection with its socket, as its loop keeps it.
///
/// Confined to the loop.
final class ClientConnection {
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
    /// As part of whose share it is counted; nil where its peer has none.
    let share: AddressPrefix?

    /// A connection that was just accepted.
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
