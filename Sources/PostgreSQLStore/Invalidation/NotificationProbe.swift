import Crypto
import System

/// Proves that a connection receives notifications.
///
/// Behind a proxy that pools transactions LISTEN succeeds, in a session that another client has next.
enum NotificationProbe {
    /// How long a notification may be under way, in nanoseconds.
    static let time: UInt64 = 300_000_000

    /// Sends one and waits for it.
    ///
    /// Nothing else is asked on the connection meanwhile: a proxy would lend it a session for that, which may
    /// be the one that listens.
    /// - Parameters:
    ///   - database: Listens to the channel.
    ///   - send: Sends a text to the channel on another connection; returns whether it could.
    /// - Returns: Nil where none was sent.
    /// - Throws: `connectionLost`.
    static func run(
        on database: Connection, send: (String) -> Bool
    ) throws(PostgreSQLError) -> Bool? {
        let text = UUID.random().description
        guard send(text) else { return nil }
        let end = MonotonicClock.now() + time
        repeat {
            if try database.takeNotifications().contains(where: { $0.payload == text }) {
                return true
            }
        } while SocketWait.wait(for: database.socket, .readable, until: end)
        return false
    }
}

extension Connection {
    /// The channel of the database on which daemons tell each other that there are changes.
    static let changes: StaticString = "changes"

    /// Tells those that listen that there are changes.
    ///
    /// - Parameter text: Sent along.
    /// - Throws: Any fault.
    func notifyOfChanges(_ text: String) throws(PostgreSQLError) {
        try execute("SELECT pg_notify($1, $2)", .text("\(Self.changes)"), .text(text))
    }
}
