import CPostgreSQL

/// What a session was told by NOTIFY.
struct Notification: Equatable {
    /// The channel.
    let channel: String
    /// What was sent along; empty for nothing.
    let payload: String
}

extension Connection {
    /// Receives what is sent to a channel from now on.
    ///
    /// To be used on a session of its own: behind a proxy that pools transactions it succeeds and receives
    /// nothing.
    /// - Parameter channel: Lower-case letters and `_`; it becomes a part of the statement.
    /// - Throws: What the server said; `connectionLost`, `timedOut`.
    func listen(to channel: StaticString) throws(PostgreSQLError) {
        try execute("LISTEN \(channel)")
    }

    /// The socket, to wait for notifications with others; readable when something arrives.
    var socket: Int32 { unsafe library.PQsocket(handle) }

    /// The notifications that have arrived; waits for nothing.
    ///
    /// - Returns: In the order in which they were sent.
    /// - Throws: `connectionLost`.
    func takeNotifications() throws(PostgreSQLError) -> [Notification] {
        guard isAlive() else { throw lost() }
        var notifications: [Notification] = []
        while let received = unsafe library.PQnotifies(handle) {
            defer { unsafe library.PQfreemem(received) }
            let (channel, payload) = unsafe (received.pointee.relname, received.pointee.extra)
            notifications.append(
                Notification(
                    channel: unsafe channel.map { unsafe String(cString: $0) } ?? "",
                    payload: unsafe payload.map { unsafe String(cString: $0) } ?? ""))
        }
        return notifications
    }
}
