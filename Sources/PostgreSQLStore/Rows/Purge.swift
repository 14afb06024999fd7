import Auth
import Crypto
import StoreSupport

/// Removes what is past its retention period: sessions, API keys and invitations that ended, and mails
/// that were given up, longer ago than history is kept; links that are no longer good.
///
/// After that it ends the sessions that were idle for too long. Its transactions are READ COMMITTED: a
/// serialisable one would conflict with all those that insert.
enum Purge {
    /// The most rows one statement removes, so that no write waits long for it.
    static let batch = 500
    /// The most sessions that are looked at for those that went unused, in some hundredths of a second.
    static let page = 5_000
    /// The most by which a purge is later than the one before, by the time it goes by, in seconds.
    ///
    /// No longer than history is kept at least: so no purge removes what was still live at the one
    /// before.
    static let longestStep: Int64 = 6 * 3_600

    /// What is removed: the table, the columns of its key, and which rows; the first parameter is a time,
    /// the second the batch.
    private static let history = [
        ("sessions", "id", "coalesce(ended_at, expires_at) < $1"),
        ("api_keys", "id", "coalesce(revoked_at, expires_at) < $1"),
        ("invites", "id", "expires_at < $1"),
        ("link_tokens", "hash", "expires_at < $1"),
        ("settled_links", "hash", "expires_at < $1"),
        ("mails", "id", "next_attempt_at IS NULL AND created_at < $1"),
    ]

    /// The time that the next purge goes by: the present one, but not much later than at the last.
    ///
    /// A clock that shows another year for a while would have every session removed that expires
    /// before it. By a time that follows in steps, there are weeks to set it right.
    /// - Parameters:
    ///   - now: The present time.
    ///   - last: The time that the last one went by.
    /// - Returns: The time.
    static func time(at now: Timestamp, after last: Timestamp) -> Timestamp {
        min(now, last.adding(seconds: longestStep))
    }

    /// Begins to count with the first start, so that the first purge has something to go by.
    ///
    /// - Throws: Any fault.
    static func begin(in database: Connection, at now: Timestamp) throws(PostgreSQLError) {
        try database.execute(
            "INSERT INTO meta (name, value) VALUES ('purge_time', $1) ON CONFLICT (name) DO NOTHING",
            .text(String(now.milliseconds)))
    }

    /// The time that the last purge went by, or the one under way goes by; nil before the first start.
    ///
    /// - Throws: Any fault.
    static func time(in database: Connection) throws(PostgreSQLError) -> Timestamp? {
        let text = try database.first("SELECT value FROM meta WHERE name = 'purge_time'") {
            (row) throws(PostgreSQLError) in try row.text(0)
        }
        return text.flatMap(Int64.init).map(Timestamp.init(milliseconds:))
    }

    /// Removes one batch of each kind of history.
    ///
    /// - Parameters:
    ///   - database: In a transaction, or without one.
    ///   - end: What ended before is removed.
    /// - Returns: Whether there may be more.
    /// - Throws: Any fault; what was removed before it stays so.
    static func removeBatch(
        from database: Connection, endedBefore end: Timestamp
    ) throws(PostgreSQLError) -> Bool {
        var isMore = false
        for (table, key, condition) in history {
            let removed = try remove(
                from: table, by: key, where: condition, .time(end), in: database)
            isMore = isMore || removed == batch
        }
        return isMore
    }

    /// Removes at most one batch of the challenges, and of the trusted browsers, that have expired: no one
    /// asks for their history.
    ///
    /// - Parameters:
    ///   - database: Without a transaction.
    ///   - time: Now.
    /// - Returns: Whether there may be more.
    /// - Throws: Any fault.
    static func removeExpired(
        from database: Connection, at time: Timestamp
    ) throws(PostgreSQLError) -> Bool {
        let challenges = try remove(
            from: "challenges", by: "hash", where: "expires_at <= $1", .time(time), in: database)
        let browsers = try remove(
            from: "trusted_browsers", by: "id", where: "expires_at <= $1", .time(time),
            in: database)
        return challenges == batch || browsers == batch
    }

    /// Removes at most one batch of the mails that were given up first, while there are more of them
    /// than are kept, and of what was counted against recipients a day ago.
    ///
    /// - Parameters:
    ///   - database: Without a transaction.
    ///   - time: Now.
    /// - Returns: Whether there may be more.
    /// - Throws: Any fault.
    static func trimMails(
        in database: Connection, at time: Timestamp
    ) throws(PostgreSQLError) -> Bool {
        let dead = try database.execute(
            """
            DELETE FROM mails WHERE id IN (
                SELECT id FROM mails WHERE next_attempt_at IS NULL
                ORDER BY created_at DESC, id DESC LIMIT $1 OFFSET $2
            )
            """, .limit(batch), .limit(Mail.maximumDead))
        let counted = try remove(
            from: "recipient_mails", by: "id", where: "created_at <= $1",
            .time(time.adding(seconds: -MailShare.memory)), in: database)
        return dead == batch || counted == batch
    }

    /// Ends one batch of sessions that went unused for too long, so that they stay over whatever is
    /// configured later.
    ///
    /// Looks at every session, in the order of their ids, a page at a time: an index that follows each use
    /// would cost more, at every one. Uses that another daemon has not written down yet are seconds old, and
    /// the limit is far beyond that.
    /// - Parameters:
    ///   - database: In a transaction, or without one.
    ///   - position: Sessions up to this one were looked at.
    ///   - limit: How long that is.
    ///   - activity: What was used and is not written down yet.
    ///   - time: Now.
    /// - Returns: The sessions that ended, each under both its keys, and where to go on; nil for nowhere.
    /// - Throws: Any fault; nothing is ended then.
    static func endUnused(
        in database: Connection, after position: UUID, for limit: IdleLimit,
        besides activity: Activity, at time: Timestamp
    ) throws(PostgreSQLError) -> (ended: [[Session.Key]], next: UUID?) {
        let isUnused = "ended_at IS NULL AND coalesce(last_seen_at, created_at) <= $2"
        let latest = SQLValue.time(limit.latestUseOfLongEnded(at: time))
        let sessions = try database.rows(
            """
            SELECT id, expires_at > $1 AND \(isUnused) FROM sessions WHERE id > $3
            ORDER BY id LIMIT $4
            """, .time(time), latest, .id(position), .limit(page)
        ) { (row) throws(PostgreSQLError) in (id: try row.id(0), isUnused: try row.boolean(1)) }
        let unused = sessions.filter(\.isUnused).map(\.id).prefix(batch)
        let next =
            unused.count == batch ? unused.last : sessions.count == page ? sessions.last?.id : nil
        let ids = unused.filter { activity.lastUse(of: .session($0)) == nil }
        guard !ids.isEmpty else { return ([], next) }
        // Looked at again: a use may have been written down meanwhile.
        let ended = try database.rows(
            """
            UPDATE sessions SET ended_at = $1 WHERE id = ANY ($3) AND \(isUnused)
            RETURNING id, token_hash
            """, .time(time), latest, .uuids(ids)
        ) { (row) throws(PostgreSQLError) in
            [Session.Key.id(try row.id(0)), .tokenHash(try row.digest(1))]
        }
        return (ended, next)
    }

    /// Removes one batch of rows; those that a transaction has locked are left to the next.
    private static func remove(
        from table: String, by key: String, where condition: String, _ time: SQLValue,
        in database: Connection
    ) throws(PostgreSQLError) -> Int {
        try database.execute(
            """
            DELETE FROM \(table) WHERE \(key) IN (
                SELECT \(key) FROM \(table) WHERE \(condition) LIMIT $2 FOR UPDATE SKIP LOCKED
            )
            """, time, .limit(batch))
    }
}
