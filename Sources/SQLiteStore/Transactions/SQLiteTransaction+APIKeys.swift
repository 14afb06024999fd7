import Auth
import Crypto
import StoreSupport

extension SQLiteTransaction {
    func insert(_ details: APIKeyDetails, hash: Digest) throws(AuthError) {
        try run(
            database.execute(
                "INSERT INTO api_keys (\(APIKeyDetails.columns), key_hash)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                .id(details.key.id), .id(details.key.accountID),
                .integer(Int64(details.key.scopes.rawValue)),
                .optional(details.key.expiresAt, SQLValue.time), .text(details.name),
                .text(details.prefix), .time(details.createdAt),
                .optional(details.lastUsedAt, SQLValue.time), .digest(hash)))
    }

    func apiKeyDetails(_ id: UUID) throws(AuthError) -> APIKeyDetails? {
        try run(database.apiKeyDetails(id))
    }

    func hasAPIKey(_ hash: Digest) throws(AuthError) -> Bool {
        try run(
            database.integer(
                "SELECT EXISTS (SELECT 1 FROM api_keys WHERE key_hash = ?)", .digest(hash))) != 0
    }

    func apiKey(_ id: UUID) throws(AuthError) -> APIKey? {
        try run(
            database.first(
                "SELECT \(APIKey.columns) FROM api_keys WHERE id = ? AND \(APIKey.isLive)",
                .id(id), .time(now), read: APIKey.init))
    }

    func countAPIKeys(of accountID: UUID) throws(AuthError) -> Int {
        Int(
            try run(
                database.integer(
                    "SELECT count(*) FROM api_keys WHERE account_id = ? AND \(APIKey.isLive)",
                    .id(accountID), .time(now))))
    }

    func deletePastAPIKeys(of accountID: UUID, keeping count: Int) throws(AuthError) {
        let bounds = [SQLValue.id(accountID), .integer(Int64(Purge.batch)), .integer(Int64(count))]
        changes.apiKeys += try run(
            database.rows(
                """
                DELETE FROM api_keys WHERE key IN (
                    SELECT key FROM api_keys WHERE account_id = ? AND revoked_at > 0
                    ORDER BY revoked_at DESC LIMIT ? OFFSET ?
                ) RETURNING key_hash
                """, bounds[0], bounds[1], bounds[2], read: Self.hash))
        changes.apiKeys += try run(
            database.rows(
                """
                DELETE FROM api_keys WHERE key IN (
                    SELECT key FROM api_keys WHERE account_id = ?1 AND revoked_at IS NULL
                        AND expires_at <= ?4
                    ORDER BY created_at DESC LIMIT ?2 OFFSET ?3
                ) RETURNING key_hash
                """, bounds[0], bounds[1], bounds[2], .time(now), read: Self.hash))
    }

    func revokeAPIKey(_ id: UUID, of accountID: UUID?) throws(AuthError) -> Bool {
        let revoked = try run(
            database.rows(
                "UPDATE api_keys SET revoked_at = ?"
                    + " WHERE id = ? AND account_id = coalesce(?, account_id)"
                    + " AND \(APIKey.isLive) RETURNING key_hash",
                .time(now), .id(id), .optional(accountID, SQLValue.id), .time(now),
                read: Self.hash))
        changes.apiKeys += revoked
        return !revoked.isEmpty
    }

    func revokeAPIKeys(of accountID: UUID) throws(AuthError) -> Int {
        let revoked = try run(
            database.rows(
                "UPDATE api_keys SET revoked_at = ?1 WHERE account_id = ?2 AND revoked_at IS NULL"
                    + " RETURNING key_hash, expires_at IS NULL OR expires_at > ?1",
                .time(now), .id(accountID)
            ) { (row) throws(SQLiteError) in
                (hash: try row.digest(0), wasLive: try row.integer(1) != 0)
            })
        changes.apiKeys += revoked.map(\.hash)
        return revoked.count(where: \.wasLive)
    }

    /// Lists the keys of an account that is about to be deleted.
    func forgetAPIKeys(of accountID: UUID) throws(AuthError) {
        changes.apiKeys += try run(
            database.rows(
                "SELECT key_hash FROM api_keys WHERE account_id = ?", .id(accountID),
                read: Self.hash))
    }

    private static func hash(_ row: Row) throws(SQLiteError) -> Digest { try row.digest(0) }
}
