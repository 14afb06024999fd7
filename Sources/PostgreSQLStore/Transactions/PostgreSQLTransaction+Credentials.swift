import Auth
import Crypto

extension PostgreSQLTransaction {
    func insert(_ credential: Credential) throws(AuthError) {
        let inserted = try run(
            database.execute(
                """
                INSERT INTO credentials (\(Credential.columns))
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
                """, .id(credential.id), .id(credential.accountID), .choice(credential.kind),
                .optional(credential.handle, SQLValue.bytes),
                .optional(credential.name, SQLValue.text), .bytes(credential.data),
                .time(credential.createdAt), .optional(credential.lastUsedAt, SQLValue.time)))
        guard inserted == 0 else { return }
        guard try isPresent(like: credential) else {
            throw note(.refused("a credential of this id is there"))
        }
        throw .limitReached
    }

    /// Whether a credential is in the way of another, by its kind or its handle.
    private func isPresent(like credential: Credential) throws(AuthError) -> Bool {
        if let handle = credential.handle { return try passkey(handle) != nil }
        return try credentials(of: credential.accountID).contains { $0.kind == credential.kind }
    }

    func credentials(of accountID: UUID) throws(AuthError) -> [Credential] {
        try run(database.credentials(of: accountID))
    }

    func passkey(_ handle: [UInt8]) throws(AuthError) -> Credential? {
        try run(database.passkey(handle))
    }

    func hasCredential(_ id: UUID) throws(AuthError) -> Bool {
        try run(database.integer("SELECT count(*) FROM credentials WHERE id = $1", .id(id))) != 0
    }

    func update(_ credential: Credential) throws(AuthError) {
        try run(
            database.execute(
                """
                UPDATE credentials SET name = $1, data = $2, last_used_at = $3
                WHERE id = $4 AND \(Credential.isFactor)
                """, .optional(credential.name, SQLValue.text), .bytes(credential.data),
                .optional(credential.lastUsedAt, SQLValue.time), .id(credential.id)))
    }

    func deleteCredential(_ id: UUID, of accountID: UUID) throws(AuthError) -> Bool {
        try run(
            database.execute(
                """
                DELETE FROM credentials
                WHERE id = $1 AND account_id = $2 AND \(Credential.isFactor)
                """, .id(id), .id(accountID))) > 0
    }

    @discardableResult
    func deleteCredentials(of accountID: UUID) throws(AuthError) -> Int {
        try run(
            database.execute(
                "DELETE FROM credentials WHERE account_id = $1 AND \(Credential.isFactor)",
                .id(accountID)))
    }

    func credentials(after id: UUID?, limit: Int) throws(AuthError) -> [Credential] {
        try run(
            database.rows(
                """
                SELECT \(Credential.columns) FROM credentials
                WHERE \(Credential.isFactor) AND id > $1 ORDER BY id LIMIT $2
                """, .id(id ?? .least), .limit(limit), read: Credential.init))
    }

    func dataKey() throws(AuthError) -> [UInt8]? { try run(database.dataKey()) }

    func save(dataKey: [UInt8]) throws(AuthError) {
        try run(
            database.execute(
                """
                INSERT INTO data_key (key, wrapped) VALUES (1, $1)
                ON CONFLICT (key) DO UPDATE SET wrapped = excluded.wrapped
                """, .bytes(dataKey)))
    }
}
