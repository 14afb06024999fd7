import Auth
import Crypto
import StoreSupport

extension PostgreSQLTransaction {
    func enqueue(_ admitted: AdmittedMail) throws(AuthError) {
        let mail = admitted.mail
        try run(
            database.execute(
                """
                INSERT INTO mails
                    (id, kind, recipient, account_id, content, created_at, next_attempt_at)
                VALUES ($1, $2, $3, $4, $5, $6, $6)
                """, .id(mail.id), .choice(mail.kind), .email(mail.recipient),
                .optional(mail.accountID, SQLValue.id), .bytes(mail.content),
                .time(mail.createdAt)))
        changes.hasMail = true
    }

    func mails(after id: UUID?, limit: Int) throws(AuthError) -> [Mail] {
        try run(
            database.rows(
                """
                SELECT \(QueuedMail.columns) FROM mails WHERE id > $1 AND \(QueuedMail.isKnown)
                ORDER BY id LIMIT $2
                """, .id(id ?? .least), .limit(limit), read: QueuedMail.init)
        ).map(\.mail)
    }

    func waitingMails() throws(AuthError) -> Int {
        // A command counts itself; beside a daemon it is one of few.
        if let count = recentCounts?.waitingMails { return count }
        return try run(database.waitingMails())
    }

    func mailTimes(
        to recipient: Digest, of share: MailShare, since time: Timestamp
    ) throws(AuthError) -> [Timestamp] {
        try run(
            database.rows(
                """
                SELECT created_at FROM recipient_mails
                WHERE recipient = $1 AND share = $2 AND created_at > $3
                """, .digest(recipient), .choice(share), .time(time)
            ) { (row) throws(PostgreSQLError) in try row.time(0) })
    }

    func noteMail(
        to recipient: Digest, of share: MailShare, at time: Timestamp
    ) throws(AuthError) {
        try run(
            database.execute(
                """
                INSERT INTO recipient_mails (id, recipient, share, created_at)
                VALUES ($1, $2, $3, $4)
                """, .id(.random()), .digest(recipient), .choice(share), .time(time)))
    }

    func updateMail(_ mail: Mail) throws(AuthError) -> Bool {
        try run(
            database.execute(
                "UPDATE mails SET content = $1, account_id = $2 WHERE id = $3",
                .bytes(mail.content), .optional(mail.accountID, SQLValue.id), .id(mail.id))) > 0
    }

    func noteFailure(
        ofMail id: UUID, nextAttemptAt: Timestamp?, error: String
    ) throws(AuthError) {
        // One that another daemon has taken over is for that one to settle.
        try run(
            database.execute(
                """
                UPDATE mails SET attempts = attempts + 1, next_attempt_at = $1, last_error = $2,
                    claimed_by = NULL, claim_ends_at = NULL
                WHERE id = $3 AND (claimed_by IS NULL OR claimed_by = $4)
                """, .optional(nextAttemptAt, SQLValue.time), .foreignText(error), .id(id),
                .id(daemon)))
    }

    @discardableResult
    func deleteMail(_ id: UUID) throws(AuthError) -> Bool {
        try run(database.execute("DELETE FROM mails WHERE id = $1", .id(id))) > 0
    }

    func deleteMails(of accountID: UUID) throws(AuthError) {
        try run(database.execute("DELETE FROM mails WHERE account_id = $1", .id(accountID)))
    }

    func retryMail(_ id: UUID?) throws(AuthError) -> Int {
        changes.hasMail = true
        guard let id else {
            return try run(
                database.execute(
                    """
                    UPDATE mails SET next_attempt_at = $1
                    WHERE next_attempt_at IS NULL OR next_attempt_at > $1
                    """, .time(now)))
        }
        return try run(
            database.execute(
                "UPDATE mails SET next_attempt_at = $1 WHERE id = $2", .time(now), .id(id)))
    }
}
