import Auth
import Crypto

/// The reads of the record, for the store and for its transactions.
extension Database {
    func events(
        _ query: EventQuery, before: UUID?, limit: Int
    ) throws(SQLiteError) -> [RecordedEvent] {
        let list = EventListing(query, before: before, limit: limit)
        return try rows(list.sql, with: list.values, read: RecordedEvent.init)
    }

    func linkedEvents(after number: Int64, limit: Int) throws(SQLiteError) -> [RecordedEvent] {
        try rows(
            "SELECT \(RecordedEvent.columns) FROM events"
                + " WHERE number \(number == .min ? ">=" : ">") ? ORDER BY number LIMIT ?",
            .integer(number), .integer(Int64(max(0, limit))), read: RecordedEvent.init)
    }

    /// All that are not linked, also where another program wrote them before the last link: reads every row.
    func unlinkedEvents(limit: Int) throws(SQLiteError) -> [RecordedEvent] {
        try rows(
            "SELECT \(RecordedEvent.columns) FROM events WHERE number IS NULL"
                + " ORDER BY key LIMIT ?",
            .integer(Int64(max(0, limit))), read: RecordedEvent.init)
    }

    /// Those that the linker comes to next.
    func waitingEvents(limit: Int) throws(SQLiteError) -> [RecordedEvent] {
        try rows(
            """
            SELECT \(RecordedEvent.columns) FROM events
            WHERE key > \(UnlistedEvents.lastLinkedKey) AND number IS NULL ORDER BY key LIMIT ?
            """, .integer(Int64(max(0, limit))), read: RecordedEvent.init)
    }

    func unlinkedEventCount(upTo limit: Int) throws(SQLiteError) -> Int {
        Int(
            try integer(
                """
                SELECT count(*) FROM (
                    SELECT 1 FROM events
                    WHERE key > \(UnlistedEvents.lastLinkedKey) AND number IS NULL LIMIT ?
                )
                """, .integer(Int64(max(0, limit)))))
    }

    func lastCheckpoint() throws(SQLiteError) -> SignedCheckpoint? {
        try first(
            "SELECT \(SignedCheckpoint.columns) FROM audit_checkpoints"
                + " ORDER BY number DESC, key DESC LIMIT 1",
            read: SignedCheckpoint.init)
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
