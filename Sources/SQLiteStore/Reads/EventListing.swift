import Auth
import Crypto

/// The query of a page of events: each reads an index in the order of the list and stops at the limit, and looks at
/// the few that are not listed yet.
struct EventListing {
    let sql: String
    let values: [SQLValue]

    /// Newest first; those of one time in the order in which they were recorded, the last one first.
    private static let order = "ORDER BY time DESC, key DESC LIMIT ?"

    /// Creates the query of a page.
    ///
    /// - Parameters:
    ///   - query: Which events.
    ///   - before: The event after which the page begins; nil for the first page.
    ///   - limit: The most that are listed.
    init(_ query: EventQuery, before: UUID?, limit: Int) {
        var conditions: [String] = []
        var values: [SQLValue] = []
        if let before {
            // No row is before NULL: an unknown event has an empty page.
            conditions.append("(time, key) < (SELECT time, key FROM events WHERE id = ?)")
            values.append(.id(before))
        }
        if let kind = query.kind {
            // Few events are of one account and many of one kind: then not by the index of kinds.
            conditions.append(query.account == nil ? "kind = ?" : "+kind = ?")
            values.append(.text(kind.rawValue))
        }
        if let since = query.since {
            conditions.append("time >= ?")
            values.append(.time(since))
        }
        if let until = query.until {
            conditions.append("time < ?")
            values.append(.time(until))
        }
        let others = conditions.map { " AND " + $0 }.joined()
        let limit = SQLValue.integer(Int64(max(0, limit)))
        // Each part of a list has an index of its own; an event of an account about itself is in the first.
        let parts: [(condition: String, values: [SQLValue])] =
            if let account = query.account.map(SQLValue.id) {
                [
                    ("listed = 1 AND subject = ?", [account]),
                    (
                        "listed = 1 AND actor_account = ? AND actor_account IS NOT subject",
                        [account]
                    ),
                    (
                        "\(UnlistedEvents.condition) AND (subject = ? OR actor_account = ?)",
                        [account, account]
                    ),
                ]
            } else {
                [("listed = 1", []), (UnlistedEvents.condition, [])]
            }
        let union = parts.map { part in
            """
            SELECT * FROM (
                SELECT key, \(RecordedEvent.columns) FROM events
                WHERE \(part.condition)\(others) \(Self.order)
            )
            """
        }.joined(separator: " UNION ALL ")
        sql = "SELECT \(RecordedEvent.columns) FROM (\(union)) \(Self.order)"
        self.values = parts.flatMap { $0.values + values + [limit] } + [limit]
    }
}
