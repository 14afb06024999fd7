import Auth

/// Counts that end at a limit.
extension PostgreSQLStore {
    func accountCount(
        status: Account.Status?, emailVerified: Bool?, upTo limit: Int
    ) throws(AuthError) -> Int {
        let classes = AccountClasses(
            of: AccountQuery(status: status, emailVerified: emailVerified))
        return try read { (database) throws(PostgreSQLError) in
            try classes.size(in: database, upTo: limit)
        }
    }

    func openInvites(at time: Timestamp, upTo limit: Int) throws(AuthError) -> Int {
        Int(
            try read { (database) throws(PostgreSQLError) in
                try database.integer(
                    """
                    SELECT count(*) FROM (
                        SELECT 1 FROM invites WHERE uses < max_uses AND expires_at > $1
                        LIMIT $2) AS open
                    """, .time(time), .limit(limit))
            })
    }

    func deadMails(upTo limit: Int) throws(AuthError) -> Int {
        Int(
            try read { (database) throws(PostgreSQLError) in
                try database.integer(
                    """
                    SELECT count(*) FROM (
                        SELECT 1 FROM mails WHERE next_attempt_at IS NULL LIMIT $1) AS dead
                    """, .limit(limit))
            })
    }
}
