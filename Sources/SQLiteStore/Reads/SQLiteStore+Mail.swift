import Auth
import Crypto

extension SQLiteStore {
    func dueMail(at time: Timestamp) throws(AuthError) -> QueuedMail? {
        try read { (database) throws(SQLiteError) in
            try database.first(
                "SELECT \(QueuedMail.columns) FROM mails WHERE next_attempt_at <= ?"
                    + " AND \(QueuedMail.isKnown)"
                    + " ORDER BY next_attempt_at, key", .time(time), read: QueuedMail.init)
        }
    }

    func queuedMail(_ id: UUID) throws(AuthError) -> QueuedMail? {
        try read { (database) throws(SQLiteError) in
            try database.first(
                "SELECT \(QueuedMail.columns) FROM mails WHERE id = ? AND \(QueuedMail.isKnown)",
                .id(id), read: QueuedMail.init)
        }
    }

    func mailCounts() throws(AuthError) -> MailCounts {
        try read { (database) throws(SQLiteError) in
            MailCounts(
                waiting: Int(
                    try database.integer(
                        "SELECT count(*) FROM mails WHERE next_attempt_at IS NOT NULL")),
                dead: Int(
                    try database.integer(
                        "SELECT count(*) FROM mails WHERE next_attempt_at IS NULL")))
        }
    }
}
