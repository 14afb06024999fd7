import Auth

/// Failed logins, as far as they outlive the process.
enum FailedLoginRows {
    /// The most of each subject that one transaction writes, so that no other write waits long for it.
    static let batch = 512
    /// How long counts are gathered: a crash forgets the failures of at most so long.
    static let interval = Duration.seconds(1)
    /// The most of each subject that are read at the start.
    static let capacity = 65_536

    /// Writes counts down, in one transaction.
    ///
    /// - Parameters:
    ///   - counts: As `FailedLogins.takeChanges` gave them.
    ///   - database: The writer's connection, without a transaction.
    /// - Throws: Any fault of SQLite; nothing is written then.
    static func write(
        _ counts: [FailedLogins.Count], to database: Database
    ) throws(SQLiteError) {
        try database.transaction { () throws(SQLiteError) in
            for count in counts {
                let subject = SQLValue.text(count.subject.rawValue)
                if let endsAt = count.endsAt {
                    try database.execute(
                        "INSERT INTO failed_logins (subject, key, ends_at) VALUES (?, ?, ?)"
                            + " ON CONFLICT DO UPDATE SET ends_at = excluded.ends_at",
                        subject, .digest(count.key), .time(endsAt))
                } else {
                    try database.execute(
                        "DELETE FROM failed_logins WHERE subject = ? AND key = ?",
                        subject, .digest(count.key))
                }
            }
        }
    }

    /// The counts that have not ended, the longest of each subject first.
    ///
    /// - Parameters:
    ///   - database: Any connection.
    ///   - time: Now.
    /// - Returns: At most `capacity` of each subject.
    /// - Throws: Any fault of SQLite.
    static func read(
        from database: Database, at time: Timestamp
    ) throws(SQLiteError) -> [FailedLogins.Count] {
        var counts: [FailedLogins.Count] = []
        for subject in FailedLogins.Count.Subject.allCases {
            counts += try database.rows(
                "SELECT key, ends_at FROM failed_logins WHERE subject = ? AND ends_at > ?"
                    + " ORDER BY ends_at DESC LIMIT ?",
                .text(subject.rawValue), .time(time), .integer(Int64(capacity))
            ) { (row) throws(SQLiteError) in
                FailedLogins.Count(subject, key: try row.digest(0), endsAt: try row.time(1))
            }
        }
        return counts
    }

    /// Removes at most one purge batch of counts that have ended.
    ///
    /// - Parameters:
    ///   - database: The writer's connection, without a transaction.
    ///   - time: Now.
    /// - Returns: Whether there may be more.
    /// - Throws: Any fault of SQLite.
    static func removeEnded(
        from database: Database, at time: Timestamp
    ) throws(SQLiteError) -> Bool {
        try database.execute(
            """
            DELETE FROM failed_logins WHERE (subject, key) IN (
                SELECT subject, key FROM failed_logins WHERE ends_at <= ? LIMIT ?
            )
            """, .time(time), .integer(Int64(Purge.batch)))
        return database.changedRows == Purge.batch
    }
}
