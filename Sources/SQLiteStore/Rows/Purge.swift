import Auth
import Crypto
import StoreSupport

/// Removes what is past its retention period: sessions, API keys and invitations that ended, and mails
/// that were given up, longer ago than history is kept; links that are no longer good.
///
/// Before that it ends the sessions that were idle for too long.
enum Purge {
    /// The most rows one transaction removes, so that no write waits long for it.
    static let batch = 500
    /// How long after the start the first purge comes.
    static let firstDelay = Duration.seconds(60)
    /// How long after a purge the next comes.
    static let interval = Duration.seconds(3_600)
    /// The most by which a purge is later than the one before, by the time it goes by, in seconds.
    ///
    /// No longer than history is kept at least: so no purge removes what was still live at the one
    /// before.
    static let longestStep: Int64 = 6 * 3_600

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
        DELETE FROM settled_links WHERE hash IN (
            SELECT hash FROM settled_links WHERE expires_at < ? LIMIT ?
        )
        """,
        """
        DELETE FROM mails WHERE key IN (
            SELECT key FROM mails WHERE next_attempt_at IS NULL AND created_at < ? LIMIT ?
        )
        """,
    ]

    /// The time that the next purge goes by: the present one, but not much later than at the last.
    ///
    /// A clock that shows another year for a while would have every session removed that expires
    /// before it. By a time that follows in steps, there are weeks to set it right.
    /// - Parameters:
    ///   - database: The writer's connection, which takes note of the time.
    ///   - now: The present time.
    /// - Returns: The time.
    /// - Throws: Any fault of SQLite.
    static func advance(in database: Database, to now: Timestamp) throws(SQLiteError) -> Timestamp {
        let last = try time(in: database)
        let time = min(now, last?.adding(seconds: longestStep) ?? now)
        try database.execute(
            "INSERT OR REPLACE INTO meta (name, value) VALUES ('purge_time', ?)",
            .text(String(time.milliseconds)))
        return time
    }

    /// Begins to count with the first start, so that the first purge has something to go by.
    ///
    /// - Parameters:
    ///   - database: The database.
    ///   - now: The present time.
    /// - Throws: Any fault of SQLite.
    static func begin(in database: Database, at now: Timestamp) throws(SQLiteError) {
        if try time(in: database) == nil { _ = try advance(in: database, to: now) }
    }

    /// The time that the last purge went by; nil before the first start.
    static func time(in database: Database) throws(SQLiteError) -> Timestamp? {
        let text = try database.first("SELECT value FROM meta WHERE name = 'purge_time'") {
            (row) throws(SQLiteError) in try row.text(0)
        }
        return text.flatMap(Int64.init).map(Timestamp.init(milliseconds:))
    }

    /// Removes at most one batch of the mails that were given up first, while there are more of them
    /// than are kept, and of what was counted against recipients a day ago.
    ///
    /// - Parameters:
    ///   - database: The writer's connection, without a transaction.
    ///   - time: Now.
    /// - Returns: Whether there may be more.
    /// - Throws: Any fault of SQLite.
    static func trimMails(
        in database: Database, at time: Timestamp
    ) throws(SQLiteError) -> Bool {
        try database.execute(
            """
            DELETE FROM mails WHERE key IN (
                SELECT key FROM mails WHERE next_attempt_at IS NULL AND key <= (
                    SELECT key FROM mails WHERE next_attempt_at IS NULL
                    ORDER BY key DESC LIMIT 1 OFFSET ?
                ) LIMIT ?
            )
            """, .integer(Int64(Mail.maximumDead)), .integer(Int64(batch)))
        let isMore = database.changedRows == batch
        try database.execute(
            """
            DELETE FROM recipient_mails WHERE key IN (
                SELECT key FROM recipient_mails WHERE created_at <= ? LIMIT ?
            )
            """, .time(time.adding(seconds: -MailShare.memory)), .integer(Int64(batch)))
        return isMore || database.changedRows == batch
    }

    /// Removes at most one batch of the challenges, and of the trusted browsers, that have expired: no one
    /// asks for their history.
    ///
    /// - Parameters:
    ///   - database: The writer's connection, without a transaction.
    ///   - time: Now.
    /// - Returns: Whether there may be more.
    /// - Throws: Any fault of SQLite.
    static func removeExpired(
        in database: Database, at time: Timestamp
    ) throws(SQLiteError) -> Bool {
        var isMore = false
        for table in ["challenges", "trusted_browsers"] {
            try database.execute(
                """
                DELETE FROM \(table) WHERE key IN (
                    SELECT key FROM \(table) WHERE expires_at <= ? LIMIT ?
                )
                """, .time(time), .integer(Int64(batch)))
            isMore = isMore || database.changedRows == batch
        }
        return isMore
    }

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

    /// Ends one batch of sessions that went unused for too long, so that they stay over whatever is
    /// configured later.
    ///
    /// Looks at every session: an index that follows each use would cost more, at every one.
    /// - Parameters:
    ///   - database: The writer's connection, without a transaction.
    ///   - limit: How long that is.
    ///   - activity: What was used and is not written down yet.
    ///   - time: Now.
    /// - Returns: The sessions that ended, each under both its keys.
    /// - Throws: Any fault of SQLite; nothing is ended then.
    static func endUnused(
        in database: Database, for limit: IdleLimit, besides activity: Activity, at time: Timestamp
    ) throws(SQLiteError) -> [[Session.Key]] {
        var ended: [[Session.Key]] = []
        try database.transaction { () throws(SQLiteError) in
            let unused = try database.rows(
                """
                SELECT id, token_hash FROM sessions WHERE ended_at IS NULL AND expires_at > ?
                    AND coalesce(last_seen_at, created_at) <= ? LIMIT ?
                """, .time(time), .time(limit.latestUseOfLongEnded(at: time)),
                .integer(Int64(batch))
            ) { (row) throws(SQLiteError) in
                (id: try row.id(0), tokenHash: try row.digest(1))
            }
            for session in unused where activity.lastUse(of: .session(session.id)) == nil {
                try database.execute(
                    "UPDATE sessions SET ended_at = ? WHERE id = ?", .time(time), .id(session.id))
                ended.append([.id(session.id), .tokenHash(session.tokenHash)])
            }
        }
        return ended
    }
}
