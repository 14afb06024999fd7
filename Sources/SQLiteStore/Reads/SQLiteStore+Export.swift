import Auth
import Crypto

extension SQLiteStore {
    func export(of accountID: UUID) throws(AuthError) -> AccountExport? {
        // One row more than is put in tells that there is more.
        let (id, rows) = (SQLValue.id(accountID), SQLValue.integer(Int64(AccountExport.limit) + 1))
        var own = EventQuery()
        own.account = accountID
        return try read { [own] (database) throws(SQLiteError) in
            let account = try database.first(
                "SELECT \(Account.columns) FROM accounts WHERE id = ?", id, read: Account.init)
            guard let account else { return nil }
            return AccountExport(
                account,
                sessions: try database.rows(
                    "SELECT \(SessionDetails.columns), ended_at FROM sessions"
                        + " WHERE account_id = ? ORDER BY created_at DESC, id DESC LIMIT ?",
                    id, rows, read: AccountExport.PastSession.init),
                apiKeys: try database.rows(
                    "SELECT \(APIKeyDetails.columns), revoked_at FROM api_keys"
                        + " WHERE account_id = ? ORDER BY created_at DESC, id DESC LIMIT ?",
                    id, rows, read: AccountExport.PastAPIKey.init),
                factors: try database.credentials(of: accountID),
                trustedBrowsers: try database.rows(
                    "SELECT \(TrustedBrowser.columns) FROM trusted_browsers"
                        + " WHERE account_id = ? ORDER BY created_at DESC, id DESC",
                    id, read: TrustedBrowser.init),
                invites: try database.rows(
                    "SELECT \(Invite.columns) FROM invites"
                        + " WHERE created_by = ? ORDER BY created_at DESC, id DESC LIMIT ?",
                    id, rows, read: Invite.init),
                links: try database.rows(
                    "SELECT \(LinkToken.columns) FROM link_tokens"
                        + " WHERE account_id = ? ORDER BY purpose",
                    id, read: LinkToken.init),
                mails: try database.rows(
                    "SELECT \(QueuedMail.columns) FROM mails"
                        + " WHERE account_id = ? ORDER BY created_at DESC, id DESC LIMIT ?",
                    id, rows, read: QueuedMail.init
                ).map(\.mail),
                events: try database.events(own, before: nil, limit: AccountExport.limit + 1))
        }
    }
}

extension AccountExport.PastSession {
    /// A session from a row of `SessionDetails.columns` and `ended_at`.
    ///
    /// - Throws: When a value is not what the schema promises.
    fileprivate init(_ row: Row) throws(SQLiteError) {
        self.init(
            details: try SessionDetails(row),
            endedAt: try row.optional(11) { (row) throws(SQLiteError) in try row.time(11) })
    }
}

extension AccountExport.PastAPIKey {
    /// A key from a row of `APIKeyDetails.columns` and `revoked_at`.
    ///
    /// - Throws: When a value is not what the schema promises.
    fileprivate init(_ row: Row) throws(SQLiteError) {
        self.init(
            details: try APIKeyDetails(row),
            revokedAt: try row.optional(8) { (row) throws(SQLiteError) in try row.time(8) })
    }
}
