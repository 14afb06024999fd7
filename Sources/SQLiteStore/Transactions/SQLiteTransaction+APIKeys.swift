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

    func countAPIKeys(of accountID: UUID, at time: Timestamp) throws(AuthError) -> Int {
        Int(
            try run(
                database.integer(
                    "SELECT count(*) FROM api_keys WHERE account_id = ? AND \(APIKey.isLive)",
                    .id(accountID), .time(time))))
    }

    func isLive(apiKey id: UUID, at time: Timestamp) throws(AuthError) -> Bool {
        try run(
            database.integer(
                "SELECT EXISTS (SELECT 1 FROM api_keys WHERE id = ? AND \(APIKey.isLive))",
                .id(id), .time(time))) != 0
    }

    func removePastAPIKeys(
        of accountID: UUID, beyond count: Int, at time: Timestamp
    ) throws(AuthError) {
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
                """, bounds[0], bounds[1], bounds[2], .time(time), read: Self.hash))
    }

    func revokeAPIKey(
        _ id: UUID, of accountID: UUID?, at time: Timestamp
    ) throws(AuthError) -> Bool {
        let revoked = try run(
            database.rows(
                "UPDATE api_keys SET revoked_at = ?"
                    + " WHERE id = ? AND account_id = coalesce(?, account_id)"
                    + " AND \(APIKey.isLive) RETURNING key_hash",
                .time(time), .id(id), .optional(accountID, SQLValue.id), .time(time),
                read: Self.hash))
        changes.apiKeys += revoked
        guard !revoked.isEmpty else { return false }
        try run(
            database.execute(
                "UPDATE invites SET expires_at = ?1 WHERE key_id = ?2 AND expires_at > ?1",
                .time(time), .id(id)))
        return true
    }

    @discardableResult
    func revokeAPIKeys(of accountID: UUID, at time: Timestamp) throws(AuthError) -> Int {
        let revoked = try run(
            database.rows(
                "UPDATE api_keys SET revoked_at = ?1 WHERE account_id = ?2 AND revoked_at IS NULL"
                    + " RETURNING key_hash, expires_at IS NULL OR expires_at > ?1",
                .time(time), .id(accountID)
            ) { (row) throws(SQLiteError) in
                (hash: try row.digest(0), wasLive: try row.integer(1) != 0)
            })
        changes.apiKeys += revoked.map(\.hash)
        try endInvites(madeWithKeysOf: accountID, at: time)
        return revoked.count(where: \.wasLive)
    }

    /// Ends what was made with the keys of an account, and names these, when it is about to go.
    func forgetAPIKeys(of accountID: UUID) throws(AuthError) {
        try endInvites(madeWithKeysOf: accountID, at: now)
        changes.apiKeys += try run(
            database.rows(
                "SELECT key_hash FROM api_keys WHERE account_id = ?", .id(accountID),
                read: Self.hash))
    }

    private func endInvites(
        madeWithKeysOf accountID: UUID, at time: Timestamp
    ) throws(AuthError) {
        try run(
            database.execute(
                "UPDATE invites SET expires_at = ?1 WHERE expires_at > ?1"
                    + " AND key_id IN (SELECT id FROM api_keys WHERE account_id = ?2)",
                .time(time), .id(accountID)))
    }

    private static func hash(_ row: Row) throws(SQLiteError) -> Digest { try row.digest(0) }
}
