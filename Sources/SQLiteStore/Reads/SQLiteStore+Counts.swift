import Auth

/// Counts that end at a limit.
extension SQLiteStore {
    func accountCount(
        status: Account.Status?, emailVerified: Bool?, upTo limit: Int
    ) throws(AuthError) -> Int {
        let classes = AccountClasses(
            of: AccountQuery(status: status, emailVerified: emailVerified))
        return Int(
            try read { (database) throws(SQLiteError) in
                try classes.size(in: database, upTo: Int64(limit))
            })
    }

    func openInvites(at time: Timestamp, upTo limit: Int) throws(AuthError) -> Int {
        Int(
            try read { (database) throws(SQLiteError) in
                try database.integer(
                    """
                    SELECT count(*) FROM (
                        SELECT 1 FROM invites WHERE uses < max_uses AND expires_at > ? LIMIT ?)
                    """, .time(time), .integer(Int64(limit)))
            })
    }

    func deadMails(upTo limit: Int) throws(AuthError) -> Int {
        Int(
            try read { (database) throws(SQLiteError) in
                try database.integer(
                    """
                    SELECT count(*) FROM (
                        SELECT 1 FROM mails WHERE next_attempt_at IS NULL LIMIT ?)
                    """, .integer(Int64(limit)))
            })
    }
}
