import StoreSupport
import System

extension PostgreSQLStorage {
    /// Whether a daemon of a configuration would receive notifications; changes nothing.
    ///
    /// - Parameter configuration: With `background`, whose direct address is tried.
    /// - Returns: False behind a proxy that pools transactions.
    /// - Throws: What keeps one of the two connections from being opened.
    public static func receivesNotifications(
        _ configuration: PostgreSQLConfiguration
    ) throws(PostgreSQLStorageError) -> Bool {
        let listener = configuration.listener(for: configuration.background ?? .init())
        let sender = Connector(
            to: configuration.address, password: configuration.password,
            settings: configuration.sessionSettings)
        let isNotified = try withConnection(of: listener) { (database) throws(SchemaError) in
            try Schema.reporting { () throws(PostgreSQLError) in
                try database.listen(to: Connection.changes)
                let other = try sender.open()
                other.deadline = database.deadline
                return try NotificationProbe.run(on: database) { text in
                    (try? other.notifyOfChanges(text)) != nil
                }
            }
        }
        guard let isNotified else {
            throw PostgreSQLStorageError(
                configuration.address, "a notification could not be sent")
        }
        return isNotified
    }
}
