import Auth
import Crypto

extension SQLiteTransaction {
    func insert(_ token: LinkToken) throws(AuthError) {
        try removeLinkTokens(of: token.accountID, for: [token.purpose])
        try run(
            database.execute(
                "INSERT INTO link_tokens (\(LinkToken.columns)) VALUES (?, ?, ?, ?, ?, ?)",
                .digest(token.hash), .text(token.purpose.rawValue), .id(token.accountID),
                .optional(token.email) { .text($0.address) }, .time(token.createdAt),
                .time(token.expiresAt)))
    }

    func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> LinkToken? {
        try run(database.linkToken(hash, for: purpose, at: time))
    }

    func removeLinkTokens(
        of accountID: UUID, for purposes: [LinkToken.Purpose]
    ) throws(AuthError) {
        for purpose in purposes {
            try run(
                database.execute(
                    "DELETE FROM link_tokens WHERE account_id = ? AND purpose = ?",
                    .id(accountID), .text(purpose.rawValue)))
        }
    }
}

extension LinkToken {
    /// The columns that `init(_:)` reads, in order.
    fileprivate static let columns = "hash, purpose, account_id, email, created_at, expires_at"

    /// A token from a row of `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    fileprivate init(_ row: Row) throws(SQLiteError) {
        self.init(
            hash: try row.digest(0), purpose: try row.choice(1), accountID: try row.id(2),
            email: try row.optional(3) { (row) throws(SQLiteError) in try row.email(3) },
            createdAt: try row.time(4), expiresAt: try row.time(5))
    }
}

extension Database {
    /// The token of this hash and purpose if it is good at a time.
    ///
    /// - Throws: Any fault of SQLite.
    func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(SQLiteError) -> LinkToken? {
        try first(
            "SELECT \(LinkToken.columns) FROM link_tokens"
                + " WHERE hash = ? AND purpose = ? AND expires_at > ?",
            .digest(hash), .text(purpose.rawValue), .time(time), read: LinkToken.init)
    }
}
