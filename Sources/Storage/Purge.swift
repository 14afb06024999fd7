import Auth

/// Removes sessions that ended, or expired, longer ago than history is kept.
enum Purge {
    /// The most rows one transaction removes, so that no write waits long for it.
    static let batch = 500
    /// How long after the start the first purge comes.
    static let firstDelay = Duration.seconds(60)
    /// How long after a purge the next comes.
    static let interval = Duration.seconds(3_600)

    /// Removes one batch.
    ///
    /// - Parameters:
    ///   - database: The writer's connection, without a transaction.
    ///   - end: What ended before is removed.
    /// - Returns: Whether there may be more.
    /// - Throws: Any fault of SQLite; nothing is removed then.
    static func removeBatch(from database: Database, endedBefore end: Timestamp)
        throws(SQLiteError) -> Bool
    {
        try database.execute(
            """
            DELETE FROM sessions WHERE key IN (
                SELECT key FROM sessions WHERE coalesce(ended_at, expires_at) < ? LIMIT ?
            )
            """, .time(end), .integer(Int64(batch)))
        return database.changedRows == batch
    }
}
