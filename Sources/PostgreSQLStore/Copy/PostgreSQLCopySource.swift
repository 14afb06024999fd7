public import StoreSupport
import System

/// A database of a server, read as of one moment to be copied into another.
///
/// Confined to one thread. What daemons write meanwhile is not in it, and they are not held up.
public final class PostgreSQLCopySource: CopySource {
    /// What setup stored; nil where nothing is.
    public let record: [UInt8]?
    private let connection: CopyConnection
    private let position: [Int64]

    /// How long sessions that have just ended may be shown, in milliseconds.
    private static let lingering = 3_000
    /// How long two looks at them are apart, in milliseconds.
    private static let pause = 100

    /// Begins to read a database.
    ///
    /// - Parameters:
    ///   - configuration: Where it is.
    ///   - isAlone: Whether a database that daemons use is refused.
    /// - Throws: `inUse`, `pendingMigration`, and what keeps it from being used.
    public init(
        _ configuration: PostgreSQLConfiguration, requiringToBeAlone isAlone: Bool = false
    ) throws(PostgreSQLStorageError) {
        connection = try CopyConnection(configuration)
        try connection.requireCurrentSchema()
        if isAlone { try Self.requireNoOtherSession(connection) }
        (record, position) = try connection.reporting { (database) throws(PostgreSQLError) in
            database.begin(.snapshot)
            return (try RecordRow.read(from: database), try Self.position(in: database))
        }
    }

    /// See the protocol.
    public func read(_ table: StoredTable, _ body: ([[StoredValue]]) throws -> Void) throws {
        try connection.read(table, body)
    }

    /// Refuses a copy of a database that has changed since it was begun.
    ///
    /// - Throws: `inUse`.
    public func requireUnchanged() throws(PostgreSQLStorageError) {
        let present = try connection.reporting { (database) throws(PostgreSQLError) in
            // Another transaction, and so the present moment.
            try database.commit()
            return try Self.position(in: database)
        }
        guard present == position else {
            throw PostgreSQLStorageError(
                connection.address,
                "a daemon has written to it during the copy: stop all of them and begin again",
                .inUse)
        }
    }

    /// What every unit of work of a daemon changes (`CommitMarker`).
    private static func position(in database: Connection) throws(PostgreSQLError) -> [Int64] {
        try database.rows(
            "SELECT count(*), CAST(coalesce(sum(sequence), 0) AS bigint) FROM commit_markers"
        ) { (row) throws(PostgreSQLError) in [try row.integer(0), try row.integer(1)] }
        .flatMap(\.self)
    }

    /// Refuses a database that daemons use, as far as the server shows their sessions.
    private static func requireNoOtherSession(
        _ connection: CopyConnection
    ) throws(PostgreSQLStorageError) {
        var others: Int64 = 0
        for _ in 0..<(lingering / pause) {
            others = try connection.reporting { (database) throws(PostgreSQLError) in
                try database.integer(
                    """
                    SELECT count(*) FROM pg_stat_activity
                    WHERE datname = current_database() AND usename = current_user
                        AND application_name = current_setting('application_name')
                        AND pid <> pg_backend_pid()
                    """)
            }
            guard others > 0 else { return }
            SystemCall.waitReadable(
                [],
                until: MonotonicClock.now() + Duration.milliseconds(pause).nanoseconds)
        }
        throw PostgreSQLStorageError(
            connection.address,
            """
            daemons have \(others) sessions with it: stop all of them, or what they write from now on is in \
            the former database alone (a proxy keeps sessions for a while after they ended)
            """, .inUse)
    }
}
