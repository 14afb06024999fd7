import Auth
import Crypto

extension Challenge {
    /// The columns that `init(_:)` reads, in order.
    static let columns =
        "hash, purpose, account_id, session_id, browser, data, failures, created_at, expires_at"

    /// A challenge from a row of `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(PostgreSQLError) {
        self.init(
            hash: try row.digest(0), purpose: try row.choice(1),
            accountID: try row.optionalUUID(2), sessionID: try row.optionalUUID(3),
            browser: try row.optional(4, row.digest), data: try row.bytes(5),
            failures: Int(try row.integer(6)), createdAt: try row.time(7),
            expiresAt: try row.time(8))
    }
}

extension Connection {
    /// The challenge of this hash and purpose, also one that has expired.
    ///
    /// - Throws: Any fault.
    func challenge(
        _ hash: Digest, for purpose: Challenge.Purpose
    ) throws(PostgreSQLError) -> Challenge? {
        try first(
            "SELECT \(Challenge.columns) FROM challenges WHERE hash = $1 AND purpose = $2",
            .digest(hash), .choice(purpose), read: Challenge.init)
    }
}
