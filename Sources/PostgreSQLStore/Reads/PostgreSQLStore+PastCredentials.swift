import Auth
import Crypto

extension PostgreSQLStore {
    func pastSession(_ key: Session.Key) throws(AuthError) -> PastCredential? {
        try read { (database) throws(PostgreSQLError) in
            try database.first(
                "SELECT id, account_id, expires_at, ended_at FROM sessions"
                    + " WHERE \(key.column) = $1",
                key.value, read: PastCredential.init)
        }
    }

    func pastAPIKey(_ hash: Digest) throws(AuthError) -> PastCredential? {
        try read { (database) throws(PostgreSQLError) in
            try database.first(
                "SELECT id, account_id, expires_at, revoked_at FROM api_keys WHERE key_hash = $1",
                .digest(hash), read: PastCredential.init)
        }
    }
}

extension PastCredential {
    /// A credential from a row of its id, its account, and when it expires and was ended.
    ///
    /// - Throws: When a value is not what the schema promises.
    fileprivate init(_ row: Row) throws(PostgreSQLError) {
        self.init(
            id: try row.id(0), accountID: try row.id(1),
            expiresAt: try row.optional(2, row.time), endedAt: try row.optional(3, row.time))
    }
}
