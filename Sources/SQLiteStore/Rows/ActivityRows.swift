import Auth
import StoreSupport

/// When sessions and API keys were last used, in their rows.
enum ActivityRows {
    /// Writes uses, in one transaction.
    ///
    /// A row changes at most once a period, however often its use was noted in it. No use is stored as
    /// earlier than the session or the key was created.
    /// - Parameters:
    ///   - uses: From `Activity.take`.
    ///   - database: The writer's connection, without a transaction.
    /// - Throws: Any fault of SQLite; nothing is written then.
    static func write(_ uses: [Activity.Use], to database: Database) throws(SQLiteError) {
        try database.transaction { () throws(SQLiteError) in
            for use in uses {
                switch use.subject {
                case .session(let id):
                    try database.execute(
                        "UPDATE sessions SET last_seen_at = max(?1, created_at) WHERE id = ?2"
                            + " AND (last_seen_at IS NULL OR last_seen_at < ?1)",
                        .time(use.time), .id(id))
                case .apiKey(let id):
                    try database.execute(
                        "UPDATE api_keys SET last_used_at = max(?1, created_at) WHERE id = ?2"
                            + " AND (last_used_at IS NULL OR last_used_at < ?1)",
                        .time(use.time), .id(id))
                }
            }
        }
    }
}
