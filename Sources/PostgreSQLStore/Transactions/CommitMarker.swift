import Crypto

/// What a transaction leaves in the database that says whether it was committed.
///
/// Each connection has one row, which each of its transactions updates with a number of its own, in the
/// round trip of BEGIN. When the connection is lost during COMMIT, another one reads the row.
///
/// The transaction's own number (`pg_xact_status`) would not do: after a crash, or on a replica that is
/// promoted, a number of which nothing was durable is given to another transaction, whose commit would be
/// taken for ours.
struct CommitMarker: Sendable, Equatable {
    /// `Connection.id`.
    let connection: UUID
    /// Counts the transactions of the connection under this name, from 1.
    let sequence: Int64

    /// How many transactions a connection marks in one row.
    ///
    /// While a transaction is open that began before, as a long `pg_dump`, the server keeps every version of a
    /// row, and each update looks at all of them.
    static let maximumWrites: Int64 = 500

    /// How long the row of a connection that writes no more is kept, by the clock of the server, in
    /// milliseconds.
    ///
    /// Beyond the changes, which are found by it, and far beyond the time in which a commit is looked up.
    static let retention = 2 * ChangeRows.retention / 1_000

    /// The clock of the server, in milliseconds.
    private static let time = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)"

    /// Marks the next transaction of a connection.
    init(nextOf connection: Connection) {
        if connection.writes >= Self.maximumWrites {
            connection.id = .random()
            connection.writes = 0
        }
        connection.writes += 1
        self.connection = connection.id
        sequence = connection.writes
    }

    /// The statement that leaves the mark; a part of the transaction.
    var statement: Query {
        Query(
            """
            INSERT INTO commit_markers (connection_id, sequence, updated_at)
            VALUES ($1, $2, \(Self.time))
            ON CONFLICT (connection_id) DO UPDATE SET sequence = excluded.sequence,
                updated_at = excluded.updated_at
            """, [.uuid(connection), .integer(sequence)])
    }

    /// Whether the transaction was committed.
    ///
    /// A write, although nothing changes: it waits for a transaction that is still open to end, and its own
    /// commit is durable, on a synchronous replica as well, only after that of the transaction.
    /// - Parameter database: Another connection, outside of a transaction.
    /// - Returns: False when it never will be.
    /// - Throws: Any fault: then it is still unknown.
    func isCommitted(in database: Connection) throws(PostgreSQLError) -> Bool {
        database.hasWarning = false
        let found = try database.integer(
            """
            INSERT INTO commit_markers (connection_id, sequence, updated_at)
            VALUES ($1, 0, \(Self.time))
            ON CONFLICT (connection_id) DO UPDATE SET sequence = commit_markers.sequence
            RETURNING sequence
            """, .uuid(connection))
        try database.requireNoWarning()
        return found == sequence
    }

    /// Deletes the rows of connections that have not written for longer than rows are kept.
    ///
    /// One that is still open makes a new row with its next write. To be run outside of a serialisable
    /// transaction, with which it would conflict for nothing.
    /// - Throws: Any fault.
    static func deleteUnused(in database: Connection) throws(PostgreSQLError) {
        try database.execute(
            """
            DELETE FROM commit_markers WHERE connection_id IN (
                SELECT connection_id FROM commit_markers WHERE updated_at < \(time) - $1
                FOR UPDATE SKIP LOCKED
            )
            """, .integer(retention))
    }
}
