import Auth
import Crypto

extension PostgreSQLStore {
    func export(of accountID: UUID) throws(AuthError) -> AccountExport? {
        // One row more than is put in tells that there is more.
        let (id, limit) = (SQLValue.id(accountID), SQLValue.limit(AccountExport.limit + 1))
        var own = EventQuery()
        own.account = accountID
        return try read { [own] (database) throws(PostgreSQLError) in
            // All parts are of one moment.
            try database.transaction(.snapshot) { () throws(PostgreSQLError) in
                guard let account = try database.account(accountID) else { return nil }
                return AccountExport(
                    account,
                    sessions: try database.rows(
                        "SELECT \(SessionDetails.columns), ended_at FROM sessions"
                            + " WHERE account_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2",
                        id, limit, read: AccountExport.PastSession.init),
                    apiKeys: try database.rows(
                        "SELECT \(APIKeyDetails.columns), revoked_at FROM api_keys"
                            + " WHERE account_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2",
                        id, limit, read: AccountExport.PastAPIKey.init),
                    factors: try database.credentials(of: accountID),
                    trustedBrowsers: try database.rows(
                        "SELECT \(TrustedBrowser.columns) FROM trusted_browsers"
                            + " WHERE account_id = $1 ORDER BY created_at DESC, id DESC",
                        id, read: TrustedBrowser.init),
                    invites: try database.rows(
                        "SELECT \(Invite.columns) FROM invites"
                            + " WHERE created_by = $1 ORDER BY created_at DESC, id DESC LIMIT $2",
                        id, limit, read: Invite.init),
                    links: try database.rows(
                        "SELECT \(LinkToken.columns) FROM link_tokens"
                            + " WHERE account_id = $1 ORDER BY purpose",
                        id, read: LinkToken.init),
                    mails: try database.rows(
                        "SELECT \(QueuedMail.columns) FROM mails"
                            + " WHERE account_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2",
                        id, limit, read: QueuedMail.init
                    ).map(\.mail),
                    events: try database.events(
                        own, before: nil, limit: AccountExport.limit + 1))
            }
        }
    }
}

extension AccountExport.PastSession {
    /// A session from a row of `SessionDetails.columns` and `ended_at`.
    ///
    /// - Throws: When a value is not what the schema promises.
    fileprivate init(_ row: Row) throws(PostgreSQLError) {
        self.init(details: try SessionDetails(row), endedAt: try row.optional(11, row.time))
    }
}

extension AccountExport.PastAPIKey {
    /// A key from a row of `APIKeyDetails.columns` and `revoked_at`.
    ///
    /// - Throws: When a value is not what the schema promises.
    fileprivate init(_ row: Row) throws(PostgreSQLError) {
        self.init(details: try APIKeyDetails(row), revokedAt: try row.optional(8, row.time))
    }
}
