import Auth
import Crypto
import StoreSupport

/// When sessions and API keys were last used, in their rows.
enum ActivityRows {
    /// Writes uses, in one round trip for each table but for rows that others change at the time.
    ///
    /// Those are waited for one by one, with no other row locked: several rows that are locked in one statement
    /// could be waited for by a transaction that this one waits for. A row changes at most once a period, however
    /// often its use was noted in it, and by whichever daemon. No use is stored as earlier than the session or the
    /// key was created.
    /// - Parameters:
    ///   - uses: From `Activity.take`.
    ///   - database: Without a transaction.
    /// - Throws: Any fault; nothing is written then.
    static func write(_ uses: [Activity.Use], to database: Connection) throws(PostgreSQLError) {
        var sessions: [(id: UUID, time: Timestamp)] = []
        var keys: [(id: UUID, time: Timestamp)] = []
        for use in uses {
            switch use.subject {
            case .session(let id): sessions.append((id, use.time))
            case .apiKey(let id): keys.append((id, use.time))
            }
        }
        try write(sessions, to: "sessions", "last_seen_at", in: database)
        try write(keys, to: "api_keys", "last_used_at", in: database)
    }

    private static func write(
        _ uses: [(id: UUID, time: Timestamp)], to table: String, _ column: String,
        in database: Connection
    ) throws(PostgreSQLError) {
        guard !uses.isEmpty else { return }
        let values = [
            SQLValue.uuids(uses.map(\.id)), .integers(uses.map(\.time.milliseconds)),
        ]
        let latest = "unnest($1::uuid[], $2::bigint[]) AS latest (id, used_at)"
        let isEarlier = """
            \(table).id = latest.id
                AND (\(table).\(column) IS NULL OR \(table).\(column) < latest.used_at)
            """
        let update = """
            UPDATE \(table) SET \(column) = greatest(latest.used_at, \(table).created_at)
            FROM \(latest) WHERE \(isEarlier)
            """
        let results = try database.exchange([
            Query(
                """
                \(update) AND \(table).id IN (
                    SELECT id FROM \(table) WHERE id = ANY ($1) FOR NO KEY UPDATE SKIP LOCKED)
                """, values),
            Query(
                """
                SELECT latest.id, latest.used_at FROM \(table), \(latest) WHERE \(isEarlier)
                """, values),
        ])
        let left = try results.last?.map { (row) throws(PostgreSQLError) in
            [SQLValue.uuids([try row.uuid(0)]), .integers([try row.integer(1)])]
        }
        for use in left ?? [] { try database.execute(update, with: use) }
    }
}
