import Auth
import Crypto

/// The reads of the record, for the store and for its transactions.
extension Database {
    func events(
        _ query: EventQuery, before: UUID?, limit: Int
    ) throws(SQLiteError) -> [RecordedEvent] {
        var conditions: [String] = []
        var values: [SQLValue] = []
        if let before {
            conditions.append("key < coalesce((SELECT key FROM events WHERE id = ?), -1)")
            values.append(.id(before))
        }
        if let kind = query.kind {
            conditions.append("kind = ?")
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
        guard let account = query.account else {
            return try rows(
                "SELECT \(RecordedEvent.columns) FROM events WHERE true\(others)"
                    + " ORDER BY key DESC LIMIT ?",
                with: values + [limit], read: RecordedEvent.init)
        }
        // Each half has an index of its own; an event of an account about itself is in the first.
        let half = "SELECT key, \(RecordedEvent.columns) FROM events WHERE"
        return try rows(
            """
            SELECT \(RecordedEvent.columns) FROM (
                SELECT * FROM (\(half) subject = ?\(others) ORDER BY key DESC LIMIT ?)
                UNION ALL
                SELECT * FROM (
                    \(half) actor_account = ? AND actor_account IS NOT subject\(others)
                    ORDER BY key DESC LIMIT ?
                )
            ) ORDER BY key DESC LIMIT ?
            """,
            with: [.id(account)] + values + [limit, .id(account)] + values + [limit, limit],
            read: RecordedEvent.init)
    }

    func linkedEvents(after number: Int64, limit: Int) throws(SQLiteError) -> [RecordedEvent] {
        try rows(
            "SELECT \(RecordedEvent.columns) FROM events WHERE number > ?"
                + " ORDER BY number LIMIT ?",
            .integer(number), .integer(Int64(max(0, limit))), read: RecordedEvent.init)
    }

    func unlinkedEvents(limit: Int) throws(SQLiteError) -> [RecordedEvent] {
        try rows(
            "SELECT \(RecordedEvent.columns) FROM events WHERE number IS NULL"
                + " ORDER BY key LIMIT ?",
            .integer(Int64(max(0, limit))), read: RecordedEvent.init)
    }

    func chainHead() throws(SQLiteError) -> ChainHead? {
        try first("SELECT \(ChainHead.columns) FROM audit_chain", read: ChainHead.init)
    }

    func auditKeys() throws(SQLiteError) -> WrappedAuditKeys? {
        try first("SELECT mac, signing FROM audit_keys", read: WrappedAuditKeys.init)
    }

    func checkpoints(after number: Int64, limit: Int) throws(SQLiteError) -> [SignedCheckpoint] {
        try rows(
            "SELECT \(SignedCheckpoint.columns) FROM audit_checkpoints WHERE number > ?"
                + " ORDER BY number, key LIMIT ?",
            .integer(number), .integer(Int64(max(0, limit))), read: SignedCheckpoint.init)
    }
}
