import Auth
import Crypto
import StoreSupport

/// Lists, newest first.
extension PostgreSQLStore {
    func sessions(
        of accountID: UUID, _ page: PageRequest, now: Timestamp
    ) throws(AuthError) -> Page<SessionDetails> {
        let query = PageQuery(page, after: [.id(accountID), .time(now)])
        let rows = try read { (database) throws(PostgreSQLError) in
            try database.rows(
                """
                SELECT \(SessionDetails.columns) FROM sessions
                WHERE account_id = $1 AND ended_at IS NULL AND expires_at > $2 \(query.sql)
                """, with: query.values, read: SessionDetails.init)
        }
        return Page(rows, of: page) {
            Cursor(createdAt: $0.session.createdAt, id: $0.session.id)
        }.map { details in
            var details = details
            details.lastSeenAt = instance.cached.lastUse(of: details)
            return details
        }
    }

    func apiKeys(
        of accountID: UUID, _ page: PageRequest, now: Timestamp
    ) throws(AuthError) -> Page<APIKeyDetails> {
        let query = PageQuery(page, after: [.id(accountID), .time(now)])
        let rows = try read { (database) throws(PostgreSQLError) in
            try database.rows(
                """
                SELECT \(APIKeyDetails.columns) FROM api_keys
                WHERE account_id = $1 AND \(APIKey.isLive(at: "$2")) \(query.sql)
                """, with: query.values, read: APIKeyDetails.init)
        }
        return Page(rows, of: page) { Cursor(createdAt: $0.createdAt, id: $0.key.id) }
    }

    func ownedAPIKeys(
        of accountID: UUID?, _ page: PageRequest, now: Timestamp
    ) throws(AuthError) -> Page<OwnedAPIKey> {
        let query = PageQuery(page, after: [.time(now)] + (accountID.map { [.id($0)] } ?? []))
        let isTheirs = accountID == nil ? "" : "AND account_id = $2"
        let rows = try read { (database) throws(PostgreSQLError) in
            try database.rows(
                """
                SELECT \(OwnedAPIKey.columns) FROM api_keys
                WHERE \(APIKey.isLive(at: "$1")) \(isTheirs) \(query.sql)
                """, with: query.values, read: OwnedAPIKey.init)
        }
        return Page(rows, of: page) {
            Cursor(createdAt: $0.details.createdAt, id: $0.details.key.id)
        }
    }

    func invites(_ page: PageRequest) throws(AuthError) -> Page<Invite> {
        try invites("true", PageQuery(page), of: page)
    }

    func invites(
        madeBy accountID: UUID, _ page: PageRequest
    ) throws(AuthError) -> Page<Invite> {
        try invites("created_by = $1", PageQuery(page, after: [.id(accountID)]), of: page)
    }

    private func invites(
        _ condition: String, _ query: PageQuery, of page: PageRequest
    ) throws(AuthError) -> Page<Invite> {
        let rows = try read { (database) throws(PostgreSQLError) in
            try database.rows(
                "SELECT \(Invite.columns) FROM invites WHERE \(condition) \(query.sql)",
                with: query.values, read: Invite.init)
        }
        return Page(rows, of: page) { Cursor(createdAt: $0.createdAt, id: $0.id) }
    }

    func lastSeen(of accountIDs: [UUID]) throws(AuthError) -> [UUID: Timestamp] {
        guard !accountIDs.isEmpty else { return [:] }
        // From the index of just this expression: one lookup each.
        let found = try read { (database) throws(PostgreSQLError) in
            try database.rows(
                """
                SELECT account, (SELECT max(coalesce(last_seen_at, created_at)) FROM sessions
                    WHERE account_id = account)
                FROM unnest($1) AS account
                """, .uuids(accountIDs)
            ) { (row) throws(PostgreSQLError) in
                (id: try row.id(0), time: try row.optional(1, row.time))
            }
        }
        var latest: [UUID: Timestamp] = [:]
        for account in found { latest[account.id] = account.time }
        return latest
    }
}
