import System
import TestSupport

@testable import PostgreSQLStore

extension PostgreSQLDatabase {
    /// Opens a connection, as a daemon does.
    func connect() throws -> Connection {
        let connector = Connector(
            to: try DatabaseAddress(parsing: address), password: nil,
            settings: Connection.SessionSettings())
        let deadline = MonotonicClock.now() + Duration.seconds(60).nanoseconds
        let connection = try connector.open(until: deadline)
        connection.deadline = deadline
        return connection
    }
}
