import Auth
import Crypto

extension SQLiteTransaction {
    func insert(_ event: Event, mac: EventMAC) throws(AuthError) {
        try run(
            database.execute(
                RecordedEvent.insertion, with: RecordedEvent.values(event, mac: mac)))
        let key = database.lastInsertedKey
        guard key.isMultiple(of: UnlistedEvents.step) else { return }
        try run(database.execute(UnlistedEvents.listing, .integer(key)))
    }

    func auditKeys() throws(AuthError) -> WrappedAuditKeys? {
        try run(database.auditKeys())
    }

    func save(_ keys: WrappedAuditKeys) throws(AuthError) {
        try run(
            database.execute(
                "INSERT OR REPLACE INTO audit_keys (key, mac, signing) VALUES (1, ?, ?)",
                .blob(keys.mac), .blob(keys.signing)))
    }

    func unlinkedEvents(limit: Int) throws(AuthError) -> [RecordedEvent] {
        try run(database.waitingEvents(limit: limit))
    }

    func chainHead() throws(AuthError) -> ChainHead? {
        try run(database.chainHead())
    }

    func save(_ links: [UUID: Link]) throws(AuthError) {
        for (event, link) in links {
            try run(
                database.execute(
                    "UPDATE events SET number = ?, link = ?, listed = 1 WHERE id = ?",
                    .integer(link.number), .digest(link.hash), .id(event)))
        }
    }

    func save(_ head: ChainHead) throws(AuthError) {
        try run(
            database.execute(
                "INSERT OR REPLACE INTO audit_chain (key, \(ChainHead.columns))"
                    + " VALUES (1, ?, ?, ?, ?, ?, ?)",
                .id(head.origin), .integer(head.link.number), .digest(head.link.hash),
                .time(head.time), .optional(head.checkpoint, SQLValue.digest),
                .blob(head.mac.bytes)))
    }

    func insert(_ checkpoint: SignedCheckpoint, of number: Int64) throws(AuthError) {
        try run(
            database.execute(
                "INSERT INTO audit_checkpoints (number, \(SignedCheckpoint.columns))"
                    + " VALUES (?, ?, ?, ?)",
                .integer(number), .text(checkpoint.text), .blob(checkpoint.key),
                .blob(checkpoint.signature)))
    }

    func lastCheckpoint() throws(AuthError) -> SignedCheckpoint? {
        try run(database.lastCheckpoint())
    }

    func linkerLease() throws(AuthError) -> LinkerLease? {
        try run(
            database.first("SELECT holder, until FROM audit_linker") { (row) throws(SQLiteError) in
                LinkerLease(holder: try row.id(0), until: try row.time(1))
            })
    }

    func saveLinkerLease(_ lease: LinkerLease?) throws(AuthError) {
        guard let lease else { return try run(database.execute("DELETE FROM audit_linker")) }
        try run(
            database.execute(
                "INSERT OR REPLACE INTO audit_linker (key, holder, until) VALUES (1, ?, ?)",
                .id(lease.holder), .time(lease.until)))
    }

    func purgeTime() throws(AuthError) -> Timestamp? {
        try run(Purge.time(in: database))
    }

    func eraseEvents(of accountID: UUID) throws(AuthError) {
        // One statement for each index, and the same where the indexes do not reach.
        for part in ["listed = 1", UnlistedEvents.condition] {
            try run(
                database.execute(
                    "UPDATE events SET details = NULL WHERE \(part) AND subject = ?",
                    .id(accountID)))
            try run(
                database.execute(
                    """
                    UPDATE events SET client = NULL
                        WHERE \(part) AND subject = ?1
                            AND (actor_account IS NULL OR actor_account = ?1)
                    """, .id(accountID)))
            try run(
                database.execute(
                    """
                    UPDATE events SET client = NULL
                        WHERE \(part) AND actor_account = ? AND actor_account IS NOT subject
                    """, .id(accountID)))
        }
    }

    func deleteEvents(below number: Int64, limit: Int) throws(AuthError) -> Int {
        try run(
            database.execute(
                """
                DELETE FROM events WHERE key IN (
                    SELECT key FROM events WHERE number < ? ORDER BY number LIMIT ?
                )
                """, .integer(number), .integer(Int64(max(0, limit)))))
        let deleted = database.changedRows
        // The checkpoint before the first event that is kept is the anchor of the chain.
        try run(
            database.execute(
                "DELETE FROM audit_checkpoints WHERE number < ?", .integer(number - 1)))
        return deleted
    }
}
