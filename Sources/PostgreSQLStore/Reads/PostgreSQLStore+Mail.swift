import Auth
import Crypto
import System

extension PostgreSQLStore {
    func dueMail(at time: Timestamp) throws(AuthError) -> QueuedMail? {
        let holder = instance.id
        let takesOver = instance.claimWatch.allowsTakeover(at: MonotonicClock.now())
        // As a read is tried again: a claim that was made twice is the same one.
        return try read { (database) throws(PostgreSQLError) in
            try MailClaims.claim(in: database, for: holder, takesOver: takesOver, at: time)
        }
    }

    func queuedMail(
        _ state: QueuedMail.State?, _ page: PageRequest
    ) throws(AuthError) -> Page<QueuedMail> {
        let condition =
            switch state {
            case nil: "true"
            case .waiting: "next_attempt_at IS NOT NULL"
            case .dead: "next_attempt_at IS NULL"
            }
        let query = PageQuery(page)
        let rows = try read { (database) throws(PostgreSQLError) in
            try database.rows(
                """
                SELECT \(QueuedMail.columns) FROM mails
                WHERE \(condition) AND \(QueuedMail.isKnown) \(query.sql)
                """, with: query.values, read: QueuedMail.init)
        }
        return Page(rows, of: page) { Cursor(createdAt: $0.mail.createdAt, id: $0.mail.id) }
    }

    func queuedMail(_ id: UUID) throws(AuthError) -> QueuedMail? {
        try read { (database) throws(PostgreSQLError) in
            try database.first(
                "SELECT \(QueuedMail.columns) FROM mails WHERE id = $1 AND \(QueuedMail.isKnown)",
                .id(id), read: QueuedMail.init)
        }
    }

    func mailCounts() throws(AuthError) -> MailCounts {
        try read { (database) throws(PostgreSQLError) in
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
