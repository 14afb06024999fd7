import TestSupport

@testable import PostgreSQLStore

extension PostgreSQLDatabase {
    /// Opens a connection, as a daemon does.
    func connect() throws -> Connection {
        let connector = Connector(
            to: try DatabaseAddress(parsing: address), password: nil,
            settings: Connection.SessionSettings())
        let connection = try connector.open()
        connection.deadline = .soon
        return connection
    }
}
