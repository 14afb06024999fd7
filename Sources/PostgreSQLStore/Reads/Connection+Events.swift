import Auth
import Crypto

/// The reads of the record, for the store and for its transactions.
extension Connection {
    func events(
        _ query: EventQuery, before: UUID?, limit: Int
    ) throws(PostgreSQLError) -> [RecordedEvent] {
        let list = EventListing(query, before: before, limit: limit)
        return try rows(list.sql, with: list.values, read: RecordedEvent.init)
    }

    func linkedEvents(
        after number: Int64, limit: Int
    ) throws(PostgreSQLError) -> [RecordedEvent] {
        try rows(
            """
            SELECT \(RecordedEvent.columns) FROM events
            WHERE number \(number == .min ? ">=" : ">") $1
            ORDER BY number LIMIT $2
            """, .integer(number), .limit(limit), read: RecordedEvent.init)
    }

    func unlinkedEvents(limit: Int) throws(PostgreSQLError) -> [RecordedEvent] {
        try rows(
            """
            SELECT \(RecordedEvent.columns) FROM events WHERE number IS NULL
            ORDER BY key, id LIMIT $1
            """, .limit(limit), read: RecordedEvent.init)
    }

    func unlinkedEventCount(upTo limit: Int) throws(PostgreSQLError) -> Int {
        Int(
            try integer(
                """
                SELECT count(*) FROM (
                    SELECT 1 FROM events WHERE number IS NULL LIMIT $1) AS unlinked
                """, .limit(limit)))
    }

    func lastCheckpoint() throws(PostgreSQLError) -> SignedCheckpoint? {
        try first(
            """
            SELECT \(SignedCheckpoint.columns) FROM audit_checkpoints
            ORDER BY number DESC, key DESC, id DESC LIMIT 1
            """, read: SignedCheckpoint.init)
    }

    func chainHead() throws(PostgreSQLError) -> ChainHead? {
        try first(
            "SELECT \(ChainHead.columns) FROM audit_chain WHERE key = 1", read: ChainHead.init)
    }

    func auditKeys() throws(PostgreSQLError) -> WrappedAuditKeys? {
        try first("SELECT mac, signing FROM audit_keys WHERE key = 1", read: WrappedAuditKeys.init)
    }

    func checkpoints(
        after number: Int64, limit: Int
    ) throws(PostgreSQLError) -> [SignedCheckpoint] {
        try rows(
            """
            SELECT \(SignedCheckpoint.columns) FROM audit_checkpoints WHERE number > $1
            ORDER BY number, key, id LIMIT $2
            """, .integer(number), .limit(limit), read: SignedCheckpoint.init)
    }
}
