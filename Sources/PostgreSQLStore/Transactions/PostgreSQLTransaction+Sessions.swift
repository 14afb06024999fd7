import Auth
import Crypto
import StoreSupport

extension PostgreSQLTransaction {
    func insert(_ session: Session, from client: ClientContext) throws(AuthError) {
        try run(
            database.execute(
                """
                INSERT INTO sessions (\(Session.columns), address, user_agent)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                """,
                .id(session.id), .digest(session.tokenHash), .id(session.accountID),
                .time(session.createdAt), .time(session.expiresAt),
                .text(session.methods.names.joined(separator: " ")), .time(session.authenticatedAt),
                .optional(session.factorAt, SQLValue.time),
                .optional(client.address, SQLValue.text),
                .optional(client.userAgent, SQLValue.text)))
    }

    func deletePastSessions(of accountID: UUID, keeping count: Int) throws(AuthError) {
        // In the order of the index of the account's sessions, each.
        let (batch, count) = (SQLValue.limit(Purge.batch), SQLValue.limit(count))
        try end(
            database.rows(
                """
                DELETE FROM sessions WHERE id IN (
                    SELECT id FROM sessions WHERE account_id = $1 AND ended_at IS NOT NULL
                    ORDER BY ended_at DESC LIMIT $2 OFFSET $3
                ) RETURNING id, token_hash
                """, .id(accountID), batch, count, read: Self.keys))
        try end(
            database.rows(
                """
                DELETE FROM sessions WHERE id IN (
                    SELECT id FROM sessions WHERE account_id = $1 AND ended_at IS NULL
                        AND expires_at <= $4
                    ORDER BY created_at DESC LIMIT $2 OFFSET $3
                ) RETURNING id, token_hash
                """, .id(accountID), batch, count, .time(now), read: Self.keys))
    }

    func session(_ key: Session.Key) throws(AuthError) -> Session? {
        try run(
            database.first(
                "SELECT \(Session.columns) FROM sessions"
                    + " WHERE \(key.column) = $1 AND ended_at IS NULL AND expires_at > $2",
                key.value, .time(now), read: Session.init))
    }

    @discardableResult
    func endSession(_ key: Session.Key, of accountID: UUID?) throws(AuthError) -> Bool {
        try end(
            database.rows(
                """
                UPDATE sessions SET ended_at = $1 WHERE \(key.column) = $2
                    AND account_id = coalesce($3, account_id) AND ended_at IS NULL
                RETURNING id, token_hash, expires_at > $1
                """, .time(now), key.value, .optional(accountID, SQLValue.id), read: Self.ended))
            > 0
    }

    func sessionUses(of accountID: UUID) throws(AuthError) -> [SessionUse] {
        try run(
            database.rows(
                """
                SELECT id, created_at, last_seen_at FROM sessions
                WHERE account_id = $1 AND ended_at IS NULL AND expires_at > $2
                """, .id(accountID), .time(now)
            ) { (row) throws(PostgreSQLError) in
                let (id, began) = (try row.id(0), try row.time(1))
                let uses = [
                    try row.optional(2, row.time),
                    activity.lastUse(of: .session(id)).map { max($0, began) },
                ]
                return SessionUse(
                    id: id, createdAt: began, lastUsedAt: uses.compactMap(\.self).max())
            })
    }

    @discardableResult
    func endSessions(of accountID: UUID, except kept: UUID?) throws(AuthError) -> Int {
        try end(
            database.rows(
                """
                UPDATE sessions SET ended_at = $1
                WHERE account_id = $2 AND id IS DISTINCT FROM $3 AND ended_at IS NULL
                RETURNING id, token_hash, expires_at > $1
                """, .time(now), .id(accountID), .optional(kept, SQLValue.id), read: Self.ended))
    }

    func endSessions(
        after id: UUID?, limit: Int
    ) throws(AuthError) -> (live: Int, last: UUID?) {
        let first = SQLValue.id(id ?? .least)
        let sessions = try run(
            database.rows(
                """
                SELECT id, ended_at IS NULL AND expires_at > $1 FROM sessions WHERE id > $2
                ORDER BY id LIMIT $3
                """, .time(now), first, .limit(limit)
            ) { (row) throws(PostgreSQLError) in (id: try row.id(0), isLive: try row.boolean(1)) })
        guard let last = sessions.last?.id else { return (0, nil) }
        try run(
            database.execute(
                """
                UPDATE sessions SET ended_at = $1
                WHERE id > $2 AND id <= $3 AND ended_at IS NULL
                """, .time(now), first, .id(last)))
        changes.endsAllSessions = true
        return (sessions.count(where: \.isLive), last)
    }

    func extendSession(_ id: UUID, until end: Timestamp) throws(AuthError) -> Bool {
        // The session goes on; the one in memory expires earlier.
        try self.end(
            database.rows(
                """
                UPDATE sessions SET expires_at = greatest(expires_at, $1)
                WHERE id = $2 AND ended_at IS NULL AND expires_at > $3 RETURNING id, token_hash
                """, .time(end), .id(id), .time(now), read: Self.keys)) > 0
    }

    func updateSession(
        _ id: UUID, methods: AuthenticationMethods, authenticatedAt: Timestamp,
        factorAt: Timestamp?
    ) throws(AuthError) {
        try end(
            database.rows(
                """
                UPDATE sessions SET methods = $1, authenticated_at = $2, factor_at = $3
                WHERE id = $4 AND ended_at IS NULL AND expires_at > $5 RETURNING id, token_hash
                """, .text(methods.names.joined(separator: " ")), .time(authenticatedAt),
                .optional(factorAt, SQLValue.time), .id(id), .time(now), read: Self.keys))
    }

    func userAgents(of accountID: UUID, limit: Int) throws(AuthError) -> [String?] {
        // Half of those that were not ended and half of those that were: each in the order of the
        // index, so that an account with a great many costs no more than others.
        try run(
            database.rows(
                """
                SELECT user_agent FROM (
                    SELECT user_agent FROM sessions WHERE account_id = $1 AND ended_at IS NULL
                    ORDER BY created_at DESC LIMIT $2) AS live
                UNION
                SELECT user_agent FROM (
                    SELECT user_agent FROM sessions WHERE account_id = $1 AND ended_at IS NOT NULL
                    ORDER BY ended_at DESC LIMIT $2) AS ended
                """, .id(accountID), .limit(limit / 2)
            ) { (row) throws(PostgreSQLError) in try row.optionalText(0) })
    }

    /// Lists the sessions of an account that is about to be deleted.
    func forgetSessions(of accountID: UUID) throws(AuthError) {
        try end(
            database.rows(
                "SELECT id, token_hash FROM sessions WHERE account_id = $1 AND ended_at IS NULL",
                .id(accountID), read: Self.keys))
    }

    /// A session that a statement changed.
    private struct Changed {
        let keys: [Session.Key]
        /// Whether it was live before.
        var wasLive = true
    }

    /// Runs a statement that changes sessions.
    ///
    /// - Returns: How many of them were live.
    @discardableResult
    private func end(
        _ statement: @autoclosure () throws(PostgreSQLError) -> [Changed]
    ) throws(AuthError) -> Int {
        let changed = try run(statement())
        for session in changed { changes.sessions += session.keys }
        return changed.count(where: \.wasLive)
    }

    private static func keys(_ row: Row) throws(PostgreSQLError) -> Changed {
        Changed(keys: [.id(try row.id(0)), .tokenHash(try row.digest(1))])
    }

    private static func ended(_ row: Row) throws(PostgreSQLError) -> Changed {
        var ended = try keys(row)
        ended.wasLive = try row.boolean(2)
        return ended
    }
}
