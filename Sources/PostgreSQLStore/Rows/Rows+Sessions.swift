import Auth
import Crypto

extension Session {
    /// The columns that `init(_:)` reads, and that an insertion fills, in order.
    static let columns =
        "id, token_hash, account_id, created_at, expires_at, methods, authenticated_at, factor_at"

    /// A session from a row of `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(PostgreSQLError) {
        self.init(
            id: try row.id(0), tokenHash: try row.digest(1), accountID: try row.id(2),
            createdAt: try row.time(3), expiresAt: try row.time(4),
            methods: try row.expect(AuthenticationMethods(names: row.text(5)), in: 5),
            authenticatedAt: try row.time(6), factorAt: try row.optional(7, row.time))
    }
}

extension Session.Key {
    /// The column that holds it.
    var column: String {
        switch self {
        case .id: "id"
        case .tokenHash: "token_hash"
        }
    }

    /// Its value there.
    var value: SQLValue {
        switch self {
        case .id(let id): .id(id)
        case .tokenHash(let hash): .digest(hash)
        }
    }
}

extension SessionDetails {
    /// The columns that `init(_:)` reads, in order.
    static let columns =
        "\(Session.columns), address, user_agent, coalesce(last_seen_at, created_at)"

    /// Details from a row that begins with `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(PostgreSQLError) {
        self.init(
            session: try Session(row), address: try row.optionalText(8),
            userAgent: try row.optionalText(9), lastSeenAt: try row.time(10))
    }
}
