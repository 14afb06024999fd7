import Auth
import Crypto

extension Challenge {
    /// The columns that `init(_:)` reads, in order.
    static let columns =
        "hash, purpose, account_id, session_id, browser, data, failures, created_at, expires_at"

    /// A challenge from a row of `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(SQLiteError) {
        self.init(
            hash: try row.digest(0), purpose: try row.choice(1),
            accountID: try row.optional(2) { (row) throws(SQLiteError) in try row.id(2) },
            sessionID: try row.optional(3) { (row) throws(SQLiteError) in try row.id(3) },
            browser: try row.optional(4) { (row) throws(SQLiteError) in try row.digest(4) },
            data: try row.blob(5), failures: Int(try row.integer(6)),
            createdAt: try row.time(7), expiresAt: try row.time(8))
    }
}

extension Database {
    /// The challenge of this hash and purpose, also one that has expired.
    ///
    /// - Throws: Any fault of SQLite.
    func challenge(
        _ hash: Digest, for purpose: Challenge.Purpose
    ) throws(SQLiteError) -> Challenge? {
        try first(
            "SELECT \(Challenge.columns) FROM challenges WHERE hash = ? AND purpose = ?",
            .digest(hash), .text(purpose.rawValue), read: Challenge.init)
    }
}
