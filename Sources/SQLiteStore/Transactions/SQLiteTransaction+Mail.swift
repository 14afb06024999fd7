import Auth
import Crypto
import StoreSupport

extension SQLiteTransaction {
    func enqueue(_ admitted: AdmittedMail) throws(AuthError) {
        let mail = admitted.mail
        try run(
            database.execute(
                """
                INSERT INTO mails
                    (id, kind, recipient, account_id, content, created_at, next_attempt_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                .id(mail.id), .text(mail.kind.rawValue), .text(mail.recipient.address),
                .optional(mail.accountID, SQLValue.id), .blob(mail.content),
                .time(mail.createdAt), .time(mail.createdAt)))
        changes.hasMail = true
    }

    func mails(after id: UUID?, limit: Int) throws(AuthError) -> [Mail] {
        try run(
            database.rows(
                "SELECT \(QueuedMail.columns) FROM mails WHERE id > ? AND \(QueuedMail.isKnown)"
                    + " ORDER BY id LIMIT ?",
                id.map(SQLValue.id) ?? .blob([]), .integer(Int64(limit)), read: QueuedMail.init)
        ).map(\.mail)
    }

    func waitingMails() throws(AuthError) -> Int {
        Int(
            try run(
                database.integer("SELECT count(*) FROM mails WHERE next_attempt_at IS NOT NULL")))
    }

    func mailTimes(
        to recipient: Digest, of share: MailShare, since time: Timestamp
    ) throws(AuthError) -> [Timestamp] {
        try run(
            database.rows(
                "SELECT created_at FROM recipient_mails"
                    + " WHERE recipient = ? AND share = ? AND created_at > ?",
                .digest(recipient), .text(share.rawValue), .time(time)
            ) { (row) throws(SQLiteError) in try row.time(0) })
    }

    func noteMail(
        to recipient: Digest, of share: MailShare, at time: Timestamp
    ) throws(AuthError) {
        try run(
            database.execute(
                "INSERT INTO recipient_mails (recipient, share, created_at) VALUES (?, ?, ?)",
                .digest(recipient), .text(share.rawValue), .time(time)))
    }

    func updateMail(_ mail: Mail) throws(AuthError) -> Bool {
        try run(
            database.execute(
                "UPDATE mails SET content = ?, account_id = ? WHERE id = ?", .blob(mail.content),
                .optional(mail.accountID, SQLValue.id), .id(mail.id)))
        return database.changedRows > 0
    }

    func noteFailure(
        ofMail id: UUID, nextAttemptAt: Timestamp?, error: String
    ) throws(AuthError) {
        try run(
            database.execute(
                "UPDATE mails SET attempts = attempts + 1, next_attempt_at = ?, last_error = ?"
                    + " WHERE id = ?",
                .optional(nextAttemptAt, SQLValue.time), .text(error), .id(id)))
    }

    @discardableResult
    func deleteMail(_ id: UUID) throws(AuthError) -> Bool {
        try run(database.execute("DELETE FROM mails WHERE id = ?", .id(id)))
        return database.changedRows > 0
    }

    func deleteMails(of accountID: UUID) throws(AuthError) {
        try run(database.execute("DELETE FROM mails WHERE account_id = ?", .id(accountID)))
    }

    func retryMail(_ id: UUID?) throws(AuthError) -> Int {
        if let id {
            try run(
                database.execute(
                    "UPDATE mails SET next_attempt_at = ? WHERE id = ?", .time(now), .id(id)))
        } else {
            try run(
                database.execute(
                    """
                    UPDATE mails SET next_attempt_at = ?1
                        WHERE next_attempt_at IS NULL OR next_attempt_at > ?1
                    """, .time(now)))
        }
        changes.hasMail = true
        return database.changedRows
    }
}
