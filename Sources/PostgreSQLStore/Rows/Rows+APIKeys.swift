import Auth
import Crypto

extension APIKey {
    /// The columns that `init(_:)` reads, in order.
    static let columns = "id, account_id, scopes, expires_at"

    /// The condition under which a key is good; its parameter is the present time.
    static func isLive(at parameter: String) -> String {
        "revoked_at IS NULL AND (expires_at IS NULL OR expires_at > \(parameter))"
    }

    /// A key from a row that begins with `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(PostgreSQLError) {
        let bits = try row.expect(UInt8(exactly: row.integer(2)), in: 2)
        self.init(
            id: try row.id(0), accountID: try row.id(1), scopes: Scopes(rawValue: bits),
            expiresAt: try row.optional(3, row.time))
    }
}

extension APIKeyDetails {
    /// The columns that `init(_:)` reads, in order.
    static let columns = "\(APIKey.columns), name, prefix, created_at, last_used_at"

    /// Details from a row that begins with `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(PostgreSQLError) {
        self.init(
            key: try APIKey(row), name: try row.text(4), prefix: try row.text(5),
            createdAt: try row.time(6), lastUsedAt: try row.optional(7, row.time))
    }
}

extension Connection {
    /// The key of this id, also one that is revoked or expired.
    ///
    /// - Throws: Any fault.
    func apiKeyDetails(_ id: UUID) throws(PostgreSQLError) -> APIKeyDetails? {
        try first(
            "SELECT \(APIKeyDetails.columns) FROM api_keys WHERE id = $1", .id(id),
            read: APIKeyDetails.init)
    }
}

extension OwnedAPIKey {
    /// The columns that `init(_:)` reads, in order.
    static let columns =
        "\(APIKeyDetails.columns), (SELECT email FROM accounts WHERE accounts.id = account_id)"

    /// A key with its owner from a row of `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(PostgreSQLError) {
        self.init(details: try APIKeyDetails(row), email: try row.email(8))
    }
}
