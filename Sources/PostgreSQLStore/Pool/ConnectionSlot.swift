import Synchronization

/// A connection that no thread uses, to be taken by one of them, once.
///
/// Shared: it is what makes a connection, which belongs to one thread at a time, cross to another.
final class ConnectionSlot: Sendable {
    /// When the server answered on it last, in nanoseconds of the monotonic clock.
    let answeredAt: UInt64
    private let content: Mutex<Connection?>

    /// Puts a connection in that the caller uses no longer.
    init(_ connection: sending Connection) {
        answeredAt = connection.answeredAt
        content = Mutex(connection)
    }

    /// Takes it out; nil when another thread has.
    func take() -> sending Connection? {
        content.withLock { content in
            let connection = content
            content = nil
            return connection
        }
    }
}
