import Auth

/// Removes what nobody is to keep any longer: sessions, API keys and invitations that ended, and mails
/// that were given up, longer ago than history is kept; links that are no longer good.
enum Purge {
    /// The most rows one transaction removes, so that no write waits long for it.
    static let batch = 500
    /// How long after the start the first purge comes.
    static let firstDelay = Duration.seconds(60)
    /// How long after a purge the next comes.
    static let interval = Duration.seconds(3_600)

    /// What is removed, a statement each; the first parameter is a time, the second the batch.
    private static let statements = [
        """
        DELETE FROM sessions WHERE key IN (
            SELECT key FROM sessions WHERE coalesce(ended_at, expires_at) < ? LIMIT ?
        )
        """,
        """
        DELETE FROM api_keys WHERE key IN (
            SELECT key FROM api_keys WHERE coalesce(revoked_at, expires_at) < ? LIMIT ?
        )
        """,
        """
        DELETE FROM invites WHERE key IN (
            SELECT key FROM invites WHERE expires_at < ? LIMIT ?
        )
        """,
        """
        DELETE FROM link_tokens WHERE key IN (
            SELECT key FROM link_tokens WHERE expires_at < ? LIMIT ?
        )
        """,
        """
        DELETE FROM mails WHERE key IN (
            SELECT key FROM mails WHERE next_attempt_at IS NULL AND created_at < ? LIMIT ?
        )
        """,
    ]

    /// Removes one batch of each.
    ///
    /// - Parameters:
    ///   - database: The writer's connection, without a transaction.
    ///   - end: What ended before is removed.
    /// - Returns: Whether there may be more.
    /// - Throws: Any fault of SQLite; what was removed before it stays so.
    static func removeBatch(from database: Database, endedBefore end: Timestamp)
        throws(SQLiteError) -> Bool
    {
        var isMore = false
        for statement in statements {
            try database.execute(statement, .time(end), .integer(Int64(batch)))
            isMore = isMore || database.changedRows == batch
        }
        return isMore
    }
}
