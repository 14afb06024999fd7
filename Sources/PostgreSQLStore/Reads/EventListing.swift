import Auth
import Crypto

/// The query of a page of events: each reads an index in the order of the list and stops at the limit.
struct EventListing {
    let sql: String
    let values: [SQLValue]

    /// Newest first; those of one time in the order in which they were recorded, the last one first.
    private static let order = "ORDER BY time DESC, key DESC, id DESC LIMIT"

    /// Creates the query of a page.
    ///
    /// - Parameters:
    ///   - query: Which events.
    ///   - before: The event after which the page begins; nil for the first page.
    ///   - limit: The most that are listed.
    init(_ query: EventQuery, before: UUID?, limit: Int) {
        var values = [SQLValue.limit(limit)]
        var others = ""
        func require(_ condition: String, _ value: SQLValue) {
            values.append(value)
            others += " AND \(condition) $\(values.count)"
        }
        if let kind = query.kind { require("kind =", .choice(kind)) }
        if let since = query.since { require("time >=", .time(since)) }
        if let until = query.until { require("time <", .time(until)) }
        if let before {
            // No row is before NULL: an unknown event has an empty page.
            require("(time, key, id) < (SELECT time, key, id FROM events WHERE id =", .id(before))
            others += ")"
        }
        guard let account = query.account else {
            sql = """
                SELECT \(RecordedEvent.columns) FROM events WHERE true\(others) \(Self.order) $1
                """
            self.values = values
            return
        }
        values.append(.id(account))
        let own = "$\(values.count)"
        // Each half has an index of its own; an event of an account about itself is in the first.
        let half = "SELECT key, \(RecordedEvent.columns) FROM events WHERE"
        sql = """
            SELECT \(RecordedEvent.columns) FROM (
                (\(half) subject = \(own)\(others) \(Self.order) $1)
                UNION ALL
                (\(half) actor_account = \(own) AND actor_account IS DISTINCT FROM subject\(others)
                    \(Self.order) $1)
            ) AS found \(Self.order) $1
            """
        self.values = values
    }
}
