import Auth
import Crypto
import StoreSupport

/// When sessions and API keys were last used, in their rows.
enum ActivityRows {
    /// Writes uses, in one round trip.
    ///
    /// A row changes at most once a period, however often its use was noted in it, and by whichever daemon. No
    /// use is stored as earlier than the session or the key was created.
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
        var queries: [Query] = []
        if !sessions.isEmpty { queries.append(update("sessions", "last_seen_at", sessions)) }
        if !keys.isEmpty { queries.append(update("api_keys", "last_used_at", keys)) }
        guard !queries.isEmpty else { return }
        try database.execute(queries)
    }

    private static func update(
        _ table: String, _ column: String, _ uses: [(id: UUID, time: Timestamp)]
    ) -> Query {
        Query(
            """
            UPDATE \(table) SET \(column) = greatest(latest.used_at, \(table).created_at)
            FROM unnest($1::uuid[], $2::bigint[]) AS latest (id, used_at)
            WHERE \(table).id = latest.id
                AND (\(table).\(column) IS NULL OR \(table).\(column) < latest.used_at)
            """, [.uuids(uses.map(\.id)), .integers(uses.map(\.time.milliseconds))])
    }
}
