import Auth
import Crypto
import StoreSupport

/// What transactions left for the memory of the daemons, as rows.
///
/// A transaction numbers its row as it numbers its commit (`CommitMarker`): by connection. A counter that all
/// shared would be a row on which every two of them conflict, and a time or a sequence would show a row after
/// one that is later.
enum ChangeRows {
    /// How long rows are kept at least, by the clock of the server, in microseconds.
    static let retention: Int64 = 600_000_000
    /// The most rows that one statement removes.
    static let batch = 5_000

    /// The clock of the server, in microseconds.
    private static let time = "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)"

    /// What was found in one look.
    struct Found {
        /// When, by the clock of the server, in microseconds.
        let time: Int64
        /// The latest number of each connection that has another than before.
        var latest: [(connection: UUID, sequence: Int64)] = []
        /// What is stale.
        var stale: [StaleMemory] = []
    }

    /// The statement that leaves a row; a part of the transaction of the marker.
    static func insertion(_ stale: StaleMemory, by marker: CommitMarker) -> Query {
        Query(
            "INSERT INTO changes (connection_id, sequence, content) VALUES ($1, $2, $3)",
            [.uuid(marker.connection), .integer(marker.sequence), .bytes(stale.octets)])
    }

    /// Reads what was left since.
    ///
    /// One statement, and so one moment: whatever it does not see is read by the next.
    /// - Parameters:
    ///   - database: Without a transaction.
    ///   - positions: What was read already.
    /// - Returns: What is new.
    /// - Throws: Any fault.
    static func read(
        from database: Connection, beyond positions: ChangePositions
    ) throws(PostgreSQLError) -> Found {
        let results = try database.exchange([
            Query("SELECT \(time)"),
            Query(
                """
                SELECT marker.connection_id, marker.sequence, change.content
                FROM commit_markers AS marker
                LEFT JOIN unnest($1::uuid[], $2::bigint[]) AS seen (connection_id, sequence)
                    ON seen.connection_id = marker.connection_id
                LEFT JOIN changes AS change ON change.connection_id = marker.connection_id
                    AND change.sequence > coalesce(seen.sequence, 0)
                WHERE marker.sequence IS DISTINCT FROM seen.sequence
                """,
                [.uuids(positions.connections), .integers(positions.sequences)]),
        ])
        guard results.count == 2,
            let time = try results[0].map({ (row) throws(PostgreSQLError) in try row.integer(0) })
                .first
        else { throw .unreadable("answer to a look at the changes") }
        var found = Found(time: time)
        let rows = try results[1].map { (row) throws(PostgreSQLError) in
            (
                connection: try row.uuid(0), sequence: try row.integer(1),
                content: try row.optionalBytes(2)
            )
        }
        for row in rows {
            found.latest.append((row.connection, row.sequence))
            if let content = row.content { found.stale.append(StaleMemory(octets: content)) }
        }
        return found
    }

    /// Removes one batch of rows that every daemon has read, or has to drop everything for.
    ///
    /// - Returns: Whether there may be more.
    /// - Throws: Any fault.
    static func removeOld(from database: Connection) throws(PostgreSQLError) -> Bool {
        let removed = try database.execute(
            """
            DELETE FROM changes WHERE (connection_id, sequence) IN (
                SELECT connection_id, sequence FROM changes WHERE key < \(time) - $1
                LIMIT $2 FOR UPDATE SKIP LOCKED
            )
            """, .integer(retention), .limit(batch))
        return removed == batch
    }
}
