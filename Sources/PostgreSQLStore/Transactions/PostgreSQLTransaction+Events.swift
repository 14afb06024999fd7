import Auth
import Crypto

extension PostgreSQLTransaction {
    func insert(_ event: Event, mac: EventMAC) throws(AuthError) {
        try run(
            database.execute(
                """
                INSERT INTO events (\(RecordedEvent.insertedColumns))
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                """, with: RecordedEvent.values(event, mac: mac)))
    }

    func auditKeys() throws(AuthError) -> WrappedAuditKeys? {
        try run(database.auditKeys())
    }

    func save(_ keys: WrappedAuditKeys) throws(AuthError) {
        try run(
            database.execute(
                """
                INSERT INTO audit_keys (key, mac, signing) VALUES (1, $1, $2)
                ON CONFLICT (key) DO UPDATE SET mac = excluded.mac, signing = excluded.signing
                """, .bytes(keys.mac), .bytes(keys.signing)))
    }

    func unlinkedEvents(limit: Int) throws(AuthError) -> [RecordedEvent] {
        try run(database.unlinkedEvents(limit: limit))
    }

    /// Who reads it in order to go on after it is the only one, whatever its isolation, until its commit: one that
    /// is READ COMMITTED sees then what others have committed, and one that is SERIALIZABLE is refused where that
    /// was after its begin.
    func chainHead() throws(AuthError) -> ChainHead? {
        try run(database.execute("SELECT pg_advisory_xact_lock($1)", .integer(Self.chainLock)))
        return try run(database.chainHead())
    }

    /// The lock of the chain in the database: a number that nothing else uses there.
    private static let chainLock: Int64 = 0x6C75_6E61_6C69_6E6B

    func save(_ links: [UUID: Link]) throws(AuthError) {
        try run(
            database.execute(
                """
                UPDATE events SET number = linked.number, link = linked.hash
                FROM unnest($1, $2, $3) AS linked (id, number, hash) WHERE events.id = linked.id
                """, .uuids(links.keys.map(\.self)), .integers(links.values.map(\.number)),
                .byteArrays(links.values.map(\.hash.bytes))))
    }

    func save(_ head: ChainHead) throws(AuthError) {
        try run(
            database.execute(
                """
                INSERT INTO audit_chain (key, \(ChainHead.columns))
                VALUES (1, $1, $2, $3, $4, $5, $6)
                ON CONFLICT (key) DO UPDATE SET origin = excluded.origin,
                    number = excluded.number, link = excluded.link, time = excluded.time,
                    checkpoint = excluded.checkpoint, mac = excluded.mac
                """, .id(head.origin), .integer(head.link.number), .digest(head.link.hash),
                .time(head.time), .optional(head.checkpoint, SQLValue.digest),
                .bytes(head.mac.bytes)))
    }

    func insert(_ checkpoint: SignedCheckpoint, of number: Int64) throws(AuthError) {
        try run(
            database.execute(
                """
                INSERT INTO audit_checkpoints (id, number, \(SignedCheckpoint.columns))
                VALUES ($1, $2, $3, $4, $5)
                """, .id(.random()), .integer(number), .text(checkpoint.text),
                .bytes(checkpoint.key), .bytes(checkpoint.signature)))
    }

    func lastCheckpoint() throws(AuthError) -> SignedCheckpoint? {
        try run(database.lastCheckpoint())
    }

    func linkerLease() throws(AuthError) -> LinkerLease? {
        try run(
            database.first("SELECT holder, until FROM audit_linker WHERE key = 1") {
                (row) throws(PostgreSQLError) in
                LinkerLease(holder: try row.id(0), until: try row.time(1))
            })
    }

    func saveLinkerLease(_ lease: LinkerLease?) throws(AuthError) {
        guard let lease else {
            try run(database.execute("DELETE FROM audit_linker WHERE key = 1"))
            return
        }
        try run(
            database.execute(
                """
                INSERT INTO audit_linker (key, holder, until) VALUES (1, $1, $2)
                ON CONFLICT (key) DO UPDATE SET holder = excluded.holder, until = excluded.until
                """, .id(lease.holder), .time(lease.until)))
    }

    func purgeTime() throws(AuthError) -> Timestamp? {
        try run(Purge.time(in: database))
    }

    func eraseEvents(of accountID: UUID) throws(AuthError) {
        let id = [SQLValue.id(accountID)]
        // One statement for each index, in one round trip.
        try run(
            database.execute([
                Query("UPDATE events SET details = NULL WHERE subject = $1", id),
                Query(
                    """
                    UPDATE events SET client = NULL
                    WHERE subject = $1 AND (actor_account IS NULL OR actor_account = $1)
                    """, id),
                Query(
                    """
                    UPDATE events SET client = NULL
                    WHERE actor_account = $1 AND actor_account IS DISTINCT FROM subject
                    """, id),
            ]))
    }

    func deleteEvents(below number: Int64, limit: Int) throws(AuthError) -> Int {
        let deleted = try run(
            database.execute([
                Query(
                    """
                    DELETE FROM events WHERE id IN (
                        SELECT id FROM events WHERE number < $1 ORDER BY number LIMIT $2
                    )
                    """, [.integer(number), .limit(limit)]),
                // The checkpoint before the first event that is kept is the anchor of the chain.
                Query(
                    "DELETE FROM audit_checkpoints WHERE number < $1", [.integer(number - 1)]),
            ]))
        return deleted.first ?? 0
    }
}
