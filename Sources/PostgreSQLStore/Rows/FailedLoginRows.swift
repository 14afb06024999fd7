import Auth
import Crypto

/// Failed logins as all daemons together have counted them.
///
/// Times are of the server's clock in milliseconds; what leaves is how long is left. Each daemon adds what it
/// has counted since it last did, so that what several count at once is counted for each.
enum FailedLoginRows {
    /// The most counts of each subject that are added at once.
    static let batch = 512
    /// The most rows that are read at once.
    static let page = 4_096
    /// How long before the latest row reading begins again: one that was written before it may be seen after
    /// it, in milliseconds.
    static let overlap: Int64 = 3_000
    /// How long a row stays that says that a count is back at zero, in milliseconds.
    private static let retention: Int64 = 600_000

    /// The clock of the server, in milliseconds.
    static let time = "CAST(extract(epoch FROM statement_timestamp()) * 1000 AS bigint)"

    /// Whose count it is.
    struct Name: Hashable, Sendable {
        /// What is counted.
        let subject: FailedLogins.Count.Subject
        /// Whose, as a MAC.
        let key: Digest
    }

    /// What a row says.
    struct Row: Sendable {
        /// Whose count it is.
        let name: Name
        /// In how many milliseconds it is back at zero; not above 0 where it is.
        let left: Int64
        /// When it was changed.
        let updatedAt: Int64
        /// When all counts of the account were cleared last.
        let clearedAt: Int64?
        /// How many milliseconds ago that was.
        let clearedFor: Int64?
    }

    /// Where reading goes on.
    struct Position: Equatable, Sendable {
        /// After which time.
        var updatedAt: Int64 = 0
        /// After which row of that time; nil for all of them.
        var name: Name?
    }

    /// Adds to counts.
    ///
    /// - Parameters:
    ///   - additions: In milliseconds, negative for what was taken back.
    ///   - subject: What is counted.
    ///   - longest: How long an exhausted count takes to be back at zero, in milliseconds.
    ///   - database: Without a transaction.
    /// - Returns: In how many milliseconds each is back at zero.
    /// - Throws: Any fault.
    static func add(
        _ additions: [Digest: Int64], to subject: FailedLogins.Count.Subject, longest: Int64,
        in database: Connection
    ) throws(PostgreSQLError) -> [(key: Digest, left: Int64)] {
        guard !additions.isEmpty else { return [] }
        // In one order for all daemons, so that none waits for one that waits for it.
        let sorted = additions.map { (key: $0.key.bytes, amount: $0.value) }.sorted {
            $0.key.lexicographicallyPrecedes($1.key)
        }
        return try database.rows(
            """
            INSERT INTO failed_logins (subject, key, ends_at, updated_at)
            SELECT $1, added.key, \(time) + added.amount, \(time)
            FROM unnest($2::bytea[], $3::bigint[]) AS added (key, amount)
            ON CONFLICT (subject, key) DO UPDATE SET
                ends_at = least(
                    greatest(failed_logins.ends_at, excluded.updated_at)
                        + excluded.ends_at - excluded.updated_at,
                    excluded.updated_at + $4),
                updated_at = excluded.updated_at
            RETURNING key, ends_at - updated_at
            """, .choice(subject), .byteArrays(sorted.map(\.key)),
            .integers(sorted.map(\.amount)), .integer(longest)
        ) { (row) throws(PostgreSQLError) in (key: try row.digest(0), left: try row.integer(1)) }
    }

    /// Reads what was changed after a position, in the order of the changes.
    ///
    /// - Returns: At most a page.
    /// - Throws: Any fault.
    static func read(
        from database: Connection, after position: Position
    ) throws(PostgreSQLError) -> [Row] {
        try database.rows(
            """
            SELECT subject, key, ends_at - \(time), updated_at, cleared_at, \(time) - cleared_at
            FROM failed_logins WHERE (updated_at, subject, key) > ($1, $2, $3)
            ORDER BY updated_at, subject, key LIMIT $4
            """, .integer(position.updatedAt), .text(position.name?.subject.rawValue ?? ""),
            .bytes(position.name?.key.bytes ?? []), .limit(page)
        ) { (row) throws(PostgreSQLError) in
            Row(
                name: Name(subject: try row.choice(0), key: try row.digest(1)),
                left: try row.integer(2), updatedAt: try row.integer(3),
                clearedAt: try row.optionalInteger(4), clearedFor: try row.optionalInteger(5))
        }
    }

    /// Clears all counts at an account, and has other daemons do so.
    ///
    /// - Parameters:
    ///   - account: The key of its strangers.
    ///   - database: In a transaction.
    /// - Returns: When, as rows say it.
    /// - Throws: Any fault.
    static func clear(
        _ account: Digest, in database: Connection
    ) throws(PostgreSQLError) -> Int64 {
        let group = Array(account.bytes.prefix(Digest.count / 2))
        let rest = Digest.count - group.count
        try database.execute(
            "DELETE FROM failed_logins WHERE subject = 'known' AND key BETWEEN $1 AND $2",
            .bytes(group + [UInt8](repeating: 0, count: rest)),
            .bytes(group + [UInt8](repeating: 0xFF, count: rest)))
        return try database.integer(
            """
            INSERT INTO failed_logins (subject, key, ends_at, updated_at, cleared_at)
            VALUES ('account', $1, \(time), \(time), \(time))
            ON CONFLICT (subject, key) DO UPDATE SET ends_at = excluded.ends_at,
                updated_at = excluded.updated_at, cleared_at = excluded.cleared_at
            RETURNING cleared_at
            """, .digest(account))
    }

    /// Removes at most one purge batch of counts that are back at zero, and were so for all daemons to see.
    ///
    /// - Returns: Whether there may be more.
    /// - Throws: Any fault.
    static func removeEnded(from database: Connection) throws(PostgreSQLError) -> Bool {
        let removed = try database.execute(
            """
            DELETE FROM failed_logins WHERE (subject, key) IN (
                SELECT subject, key FROM failed_logins
                WHERE ends_at <= \(time) AND updated_at < \(time) - $1
                LIMIT $2 FOR UPDATE SKIP LOCKED
            )
            """, .integer(retention), .limit(Purge.batch))
        return removed == Purge.batch
    }
}
