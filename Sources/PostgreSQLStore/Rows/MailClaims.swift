import Auth
import Crypto

/// Which daemon sends a mail: the one that has claimed it, until it says what became of it.
///
/// A claim is renewed for as long as the daemon runs; that of one that was killed ends by itself. All by the
/// clock of the server: those of daemons may differ by more than a claim holds.
enum MailClaims {
    /// For how long a claim holds, in milliseconds.
    static let time: Int64 = 60_000
    /// How often claims are renewed.
    static let interval = Duration.seconds(15)

    /// The clock of the server, in milliseconds.
    private static let now = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)"

    /// Claims the mail that is due first and that no other daemon sends.
    ///
    /// - Parameters:
    ///   - database: Without a transaction.
    ///   - holder: The daemon; it gets a mail that it has claimed already again.
    ///   - takesOver: Whether it also gets a mail of another one whose claim has ended.
    ///   - time: Now.
    /// - Returns: The mail; nil when none is due.
    /// - Throws: Any fault; a claim that was made all the same is found by the next call.
    static func claim(
        in database: Connection, for holder: UUID, takesOver: Bool, at time: Timestamp
    ) throws(PostgreSQLError) -> QueuedMail? {
        try database.first(
            """
            UPDATE mails SET claimed_by = $2, claim_ends_at = \(now) + $3 WHERE id = (
                SELECT id FROM mails WHERE next_attempt_at <= $1 AND \(QueuedMail.isKnown)
                    AND (claimed_by IS NULL OR claimed_by = $2 OR ($4 AND claim_ends_at <= \(now)))
                ORDER BY next_attempt_at, key, id LIMIT 1 FOR UPDATE SKIP LOCKED
            ) RETURNING \(QueuedMail.columns)
            """, .time(time), .id(holder), .integer(Self.time), .boolean(takesOver),
            read: QueuedMail.init)
    }

    /// Keeps what a daemon has claimed for it.
    ///
    /// - Throws: Any fault.
    static func renew(in database: Connection, for holder: UUID) throws(PostgreSQLError) {
        try database.execute(
            "UPDATE mails SET claim_ends_at = \(now) + $2 WHERE claimed_by = $1", .id(holder),
            .integer(time))
    }

    /// Leaves what a daemon has claimed to the others.
    ///
    /// - Throws: Any fault: then the claims end by themselves.
    static func release(in database: Connection, of holder: UUID) throws(PostgreSQLError) {
        try database.execute(
            "UPDATE mails SET claimed_by = NULL, claim_ends_at = NULL WHERE claimed_by = $1",
            .id(holder))
    }
}
