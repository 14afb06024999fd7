import StoreSupport
import System

/// A connection that reads or fills whole tables, for as long as that takes.
///
/// Confined to one thread.
final class CopyConnection {
    /// How long one statement may take: it may sort a table of any size.
    private static let limit = Duration.seconds(3_600)

    /// The connection.
    let database: Connection
    /// Where it leads.
    let address: DatabaseAddress
    /// Opens others to the same place.
    let connector: Connector

    /// Connects.
    ///
    /// - Throws: `unreachable`, `libraryMissing`.
    init(_ configuration: PostgreSQLConfiguration) throws(PostgreSQLStorageError) {
        address = configuration.address
        var settings = configuration.sessionSettings
        settings.statementMilliseconds = Int(Self.limit.components.seconds) * 1_000
        connector = Connector(
            to: configuration.address, password: configuration.password, settings: settings)
        do throws(PostgreSQLError) {
            database = try connector.open()
        } catch {
            throw PostgreSQLStorageError(configuration.address, .database(error))
        }
        database.deadline = PostgreSQLStorage.deadline
    }

    /// Refuses a database with another schema than that of this program: what it has beside would be lost.
    ///
    /// - Throws: `pendingMigration`, `unusable`.
    func requireCurrentSchema() throws(PostgreSQLStorageError) {
        let known = Schema.current.version
        do throws(SchemaError) {
            let present = try Schema.current.check(database).version
            guard present <= known else {
                throw .newer(found: present, needs: present, known: known)
            }
            guard present == known else { throw .pending(from: present, to: known) }
        } catch {
            throw PostgreSQLStorageError(address, error)
        }
    }

    /// Runs statements, and says of an error which database it is about.
    ///
    /// - Throws: What the server said.
    @discardableResult
    func reporting<Value>(
        _ body: (Connection) throws(PostgreSQLError) -> Value
    ) throws(PostgreSQLStorageError) -> Value {
        database.deadline = MonotonicClock.now() + Self.limit.nanoseconds
        do throws(PostgreSQLError) {
            return try body(database)
        } catch {
            throw PostgreSQLStorageError(address, .database(error))
        }
    }

    /// Reads all rows of a table in its order, some at one time; once in a transaction.
    ///
    /// - Parameters:
    ///   - table: Which.
    ///   - body: Gets the next rows.
    /// - Throws: What the server said, and what `body` throws.
    func read(_ table: StoredTable, _ body: ([[StoredValue]]) throws -> Void) throws {
        try reporting { (database) throws(PostgreSQLError) in
            try database.execute(table.declaration)
        }
        while true {
            let rows = try reporting { (database) throws(PostgreSQLError) in
                try database.rows("FETCH FORWARD \(StoreCopy.batch) FROM \(table.cursor)") {
                    (row) throws(PostgreSQLError) in
                    var values: [StoredValue] = []
                    values.reserveCapacity(table.columns.count)
                    for (place, column) in table.columns.enumerated() {
                        values.append(
                            try column.value(in: row, at: Int32(truncatingIfNeeded: place)))
                    }
                    return values
                }
            }
            if !rows.isEmpty { try body(rows) }
            guard rows.count == StoreCopy.batch else { break }
        }
        try reporting { (database) throws(PostgreSQLError) in
            try database.execute("CLOSE \(table.cursor)")
        }
    }
}
