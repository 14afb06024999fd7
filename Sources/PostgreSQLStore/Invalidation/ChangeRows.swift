import Auth
import Crypto
import StoreSupport

/// What transactions left for the memory of the daemons, as rows; and what daemons tell each other of limits.
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
        /// What daemons used of limits, this one as well.
        var uses: [SharedUses] = []
    }

    /// The statement that leaves a row; a part of the transaction of the marker.
    static func insertion(_ stale: StaleMemory, by marker: CommitMarker) -> Query {
        insertion(stale.octets, by: marker)
    }

    /// The statement that leaves a row; a part of the transaction of the marker.
    static func insertion(_ uses: SharedUses, by marker: CommitMarker) -> Query {
        insertion(uses.octets, by: marker)
    }

    private static func insertion(_ content: [UInt8], by marker: CommitMarker) -> Query {
        Query(
            "INSERT INTO changes (connection_id, sequence, content) VALUES ($1, $2, $3)",
            [.uuid(marker.connection), .integer(marker.sequence), .bytes(content)])
    }

    /// Reads how far each connection is, and nothing of what it left.
    ///
    /// - Parameter database: Without a transaction.
    /// - Returns: The latest number of each.
    /// - Throws: Any fault.
    static func latest(in database: Connection) throws(PostgreSQLError) -> Found {
        try found(
            in: database.exchange([
                Query("SELECT \(time)"),
                Query("SELECT connection_id, sequence, CAST(NULL AS bytea) FROM commit_markers"),
            ]))
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
        try found(
            in: database.exchange([
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
            ]))
    }

    private static func found(in results: [ResultSet]) throws(PostgreSQLError) -> Found {
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
            guard let content = row.content else { continue }
            if let uses = SharedUses(octets: content) {
                found.uses.append(uses)
            } else {
                found.stale.append(StaleMemory(octets: content))
            }
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
