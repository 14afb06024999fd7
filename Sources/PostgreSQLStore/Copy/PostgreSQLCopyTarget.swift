import Auth
public import StoreSupport

/// An empty database of a server, filled from another one in one transaction.
///
/// Confined to one thread. Whatever ends the process or the connection, the database is empty or complete
/// after that. Daemons may run on it and wait for their setup: they cannot write meanwhile, and what they have
/// in memory they read again within a second after the commit.
public final class PostgreSQLCopyTarget: CopyTarget {
    /// What setup stored; nil where nothing is.
    public var record: [UInt8]?
    private let connection: CopyConnection
    private var counts: [String: Int] = [:]

    private init(_ configuration: PostgreSQLConfiguration) throws(PostgreSQLStorageError) {
        connection = try CopyConnection(configuration)
    }

    /// Fills a database.
    ///
    /// - Parameters:
    ///   - configuration: Where it is; its tables are made where there are none.
    ///   - fill: Copies everything, and sets `record`.
    /// - Returns: What `fill` returns.
    /// - Throws: `occupied` where there are accounts or events, what keeps the database from being used, and what
    ///   `fill` throws.
    public static func fill<Value>(
        _ configuration: PostgreSQLConfiguration, _ fill: (PostgreSQLCopyTarget) throws -> Value
    ) throws -> Value {
        let target = try PostgreSQLCopyTarget(configuration)
        let database = target.connection.database
        do {
            try target.begin()
            let value = try fill(target)
            try target.commit()
            return value
        } catch {
            database.rollBack()
            throw error
        }
    }

    /// See the protocol.
    public func append(_ rows: [[StoredValue]], to table: StoredTable) throws {
        let count = counts[table.name, default: 0]
        try connection.reporting { (database) throws(PostgreSQLError) in
            try database.execute([table.insertion(of: rows, after: count)])
        }
        counts[table.name] = count + rows.count
    }

    /// See the protocol.
    public func read(_ table: StoredTable, _ body: ([[StoredValue]]) throws -> Void) throws {
        try connection.read(table, body)
    }

    private func begin() throws(PostgreSQLStorageError) {
        do throws(SchemaError) {
            try Schema.current.prepare(connection.database, migrating: true)
        } catch {
            throw PostgreSQLStorageError(connection.address, error)
        }
        try connection.requireCurrentSchema()
        let isOccupied = try connection.reporting { (database) throws(PostgreSQLError) in
            // Each statement sees what was committed before it: what a daemon wrote before the lock is seen.
            database.begin(.readCommitted)
            try database.execute("SET LOCAL lock_timeout = 5000")
            try database.execute("LOCK TABLE \(Self.names) IN EXCLUSIVE MODE")
            return try database.exists(
                """
                SELECT 1 WHERE EXISTS (SELECT 1 FROM accounts) OR EXISTS (SELECT 1 FROM events)
                    OR EXISTS (SELECT 1 FROM invites)
                """)
        }
        guard !isOccupied else {
            throw PostgreSQLStorageError(
                connection.address,
                """
                it has accounts, invitations or events: nothing is copied over them; name an empty database
                """, .occupied)
        }
        try connection.reporting { (database) throws(PostgreSQLError) in
            // What a daemon that waits for its setup has left.
            for table in StoredTable.all.reversed() {
                try database.execute("DELETE FROM \(table.name)")
            }
        }
    }

    private static var names: String {
        StoredTable.all.map(\.name).joined(separator: ", ") + ", meta"
    }

    private func commit() throws(PostgreSQLStorageError) {
        let marker = CommitMarker(nextOf: connection.database)
        let failure: PostgreSQLError? = try connection.reporting {
            (database) throws(PostgreSQLError) in
            if let record { try RecordRow.write(record, to: database) }
            // Daemons that wait for their setup drop what they have in memory.
            let changes = ChangeRows.insertion(StaleMemory([.everything, .state]), by: marker)
            try database.execute([marker.statement, changes])
            do throws(PostgreSQLError) {
                try database.commit()
                return nil
            } catch {
                guard [.connectionLost, .timedOut, .outcomeUnknown].contains(error.kind) else {
                    throw error
                }
                return error
            }
        }
        guard let failure else { return }
        do throws(PostgreSQLError) {
            let other = try connection.connector.open()
            other.deadline = PostgreSQLStorage.deadline
            guard try marker.isCommitted(in: other) else { throw failure }
        } catch {
            throw PostgreSQLStorageError(connection.address, .database(error))
        }
    }
}
