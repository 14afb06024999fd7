import Auth
import Crypto

extension TrustedBrowser {
    /// The columns that `init(_:)` reads, in order.
    static let columns =
        "id, hash, account_id, created_at, expires_at, last_used_at, user_agent, address"

    /// A trusted browser from a row of `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(PostgreSQLError) {
        self.init(
            id: try row.id(0), hash: try row.digest(1), accountID: try row.id(2),
            createdAt: try row.time(3), expiresAt: try row.time(4),
            lastUsedAt: try row.optional(5, row.time), userAgent: try row.optionalText(6),
            address: try row.optionalText(7))
    }
}
