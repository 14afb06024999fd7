import Auth
import Crypto
import StoreSupport

extension PostgreSQLTransaction {
    func insert(_ details: APIKeyDetails, hash: Digest) throws(AuthError) {
        try run(
            database.execute(
                """
                INSERT INTO api_keys (\(APIKeyDetails.columns), key_hash)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """, .id(details.key.id), .id(details.key.accountID),
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
            database.integer("SELECT count(*) FROM api_keys WHERE key_hash = $1", .digest(hash)))
            != 0
    }

    func apiKey(_ id: UUID) throws(AuthError) -> APIKey? {
        try run(
            database.first(
                """
                SELECT \(APIKey.columns) FROM api_keys
                WHERE id = $1 AND \(APIKey.isLive(at: "$2"))
                """, .id(id), .time(now), read: APIKey.init))
    }

    func countAPIKeys(of accountID: UUID) throws(AuthError) -> Int {
        Int(
            try run(
                database.integer(
                    """
                    SELECT count(*) FROM api_keys
                    WHERE account_id = $1 AND \(APIKey.isLive(at: "$2"))
                    """, .id(accountID), .time(now))))
    }

    func deletePastAPIKeys(of accountID: UUID, keeping count: Int) throws(AuthError) {
        let (batch, count) = (SQLValue.limit(Purge.batch), SQLValue.limit(count))
        changes.apiKeys += try run(
            database.rows(
                """
                DELETE FROM api_keys WHERE id IN (
                    SELECT id FROM api_keys WHERE account_id = $1 AND revoked_at IS NOT NULL
                    ORDER BY revoked_at DESC LIMIT $2 OFFSET $3
                ) RETURNING key_hash
                """, .id(accountID), batch, count, read: Self.hash))
        changes.apiKeys += try run(
            database.rows(
                """
                DELETE FROM api_keys WHERE id IN (
                    SELECT id FROM api_keys WHERE account_id = $1 AND revoked_at IS NULL
                        AND expires_at <= $4
                    ORDER BY created_at DESC LIMIT $2 OFFSET $3
                ) RETURNING key_hash
                """, .id(accountID), batch, count, .time(now), read: Self.hash))
    }

    func revokeAPIKey(_ id: UUID, of accountID: UUID?) throws(AuthError) -> Bool {
        let revoked = try run(
            database.rows(
                """
                UPDATE api_keys SET revoked_at = $1
                WHERE id = $2 AND account_id = coalesce($3, account_id)
                    AND \(APIKey.isLive(at: "$1"))
                RETURNING key_hash
                """, .time(now), .id(id), .optional(accountID, SQLValue.id), read: Self.hash))
        changes.apiKeys += revoked
        return !revoked.isEmpty
    }

    func revokeAPIKeys(of accountID: UUID) throws(AuthError) -> Int {
        let revoked = try run(
            database.rows(
                """
                UPDATE api_keys SET revoked_at = $1 WHERE account_id = $2 AND revoked_at IS NULL
                RETURNING key_hash, expires_at IS NULL OR expires_at > $1
                """, .time(now), .id(accountID)
            ) { (row) throws(PostgreSQLError) in
                (hash: try row.digest(0), wasLive: try row.boolean(1))
            })
        changes.apiKeys += revoked.map(\.hash)
        return revoked.count(where: \.wasLive)
    }

    /// Lists the keys of an account that is about to be deleted.
    func forgetAPIKeys(of accountID: UUID) throws(AuthError) {
        changes.apiKeys += try run(
            database.rows(
                "SELECT key_hash FROM api_keys WHERE account_id = $1", .id(accountID),
                read: Self.hash))
    }

    private static func hash(_ row: Row) throws(PostgreSQLError) -> Digest { try row.digest(0) }
}
