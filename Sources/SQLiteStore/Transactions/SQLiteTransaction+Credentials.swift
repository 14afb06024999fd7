import Auth
import Crypto

extension SQLiteTransaction {
    func insert(_ credential: Credential) throws(AuthError) {
        do {
            try database.execute(
                "INSERT INTO credentials (\(Credential.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                .id(credential.id), .id(credential.accountID), .text(credential.kind.rawValue),
                .optional(credential.handle, SQLValue.blob),
                .optional(credential.name, SQLValue.text), .blob(credential.data),
                .time(credential.createdAt), .optional(credential.lastUsedAt, SQLValue.time))
        } catch {
            guard error.isUniqueViolation, try isPresent(like: credential) else {
                throw note(error)
            }
            throw .limitReached
        }
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
        try run(
            database.integer("SELECT EXISTS (SELECT 1 FROM credentials WHERE id = ?)", .id(id)))
            != 0
    }

    func update(_ credential: Credential) throws(AuthError) {
        try run(
            database.execute(
                "UPDATE credentials SET name = ?, data = ?, last_used_at = ?"
                    + " WHERE id = ? AND \(Credential.isFactor)",
                .optional(credential.name, SQLValue.text), .blob(credential.data),
                .optional(credential.lastUsedAt, SQLValue.time), .id(credential.id)))
    }

    func deleteCredential(_ id: UUID, of accountID: UUID) throws(AuthError) -> Bool {
        try run(
            database.execute(
                "DELETE FROM credentials WHERE id = ? AND account_id = ?"
                    + " AND \(Credential.isFactor)", .id(id), .id(accountID)))
        return database.changedRows > 0
    }

    @discardableResult
    func deleteCredentials(of accountID: UUID) throws(AuthError) -> Int {
        try run(
            database.execute(
                "DELETE FROM credentials WHERE account_id = ? AND \(Credential.isFactor)",
                .id(accountID)))
        return database.changedRows
    }

    func credentials(after id: UUID?, limit: Int) throws(AuthError) -> [Credential] {
        try run(
            database.rows(
                "SELECT \(Credential.columns) FROM credentials"
                    + " WHERE \(Credential.isFactor) AND id > ? ORDER BY id LIMIT ?",
                .blob(id?.octets ?? []), .integer(Int64(max(0, limit))), read: Credential.init))
    }

    func dataKey() throws(AuthError) -> [UInt8]? { try run(database.dataKey()) }

    func save(dataKey: [UInt8]) throws(AuthError) {
        try run(
            database.execute(
                "INSERT OR REPLACE INTO data_key (key, wrapped) VALUES (1, ?)", .blob(dataKey)))
    }
}
