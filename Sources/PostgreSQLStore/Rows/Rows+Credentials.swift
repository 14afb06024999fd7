import Auth
import Crypto

extension AccountCredential {
    /// The columns that `init(_:)` reads, in order, of `accounts`.
    static let columns =
        "\(Account.columns), (SELECT data FROM credentials"
        + " WHERE account_id = accounts.id AND kind = 'password')"

    /// A credential from a row of `columns`.
    ///
    /// - Throws: As `Account.init(_:)`.
    init(_ row: Row) throws(PostgreSQLError) {
        self.init(
            account: try Account(row), password: try row.optional(10, row.password))
    }
}

extension Credential {
    /// The columns that `init(_:)` reads, in order.
    static let columns =
        "id, account_id, kind, handle, name, data, created_at, last_used_at"

    /// The rows that are no passwords; as in the condition of the index of their ids.
    static let isFactor = "kind <> 'password'"

    /// A credential from a row of `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(PostgreSQLError) {
        self.init(
            id: try row.id(0), accountID: try row.id(1), kind: try row.choice(2),
            handle: try row.optionalBytes(3), name: try row.optionalText(4),
            data: try row.bytes(5), createdAt: try row.time(6),
            lastUsedAt: try row.optional(7, row.time))
    }
}

extension Connection {
    /// The credentials of an account but its password, oldest first.
    ///
    /// - Throws: Any fault.
    func credentials(of accountID: UUID) throws(PostgreSQLError) -> [Credential] {
        try rows(
            "SELECT \(Credential.columns) FROM credentials"
                + " WHERE account_id = $1 AND \(Credential.isFactor) ORDER BY created_at, id",
            .id(accountID), read: Credential.init)
    }

    /// The passkey of this handle.
    ///
    /// - Throws: Any fault.
    func passkey(_ handle: [UInt8]) throws(PostgreSQLError) -> Credential? {
        try first(
            "SELECT \(Credential.columns) FROM credentials WHERE handle = $1", .bytes(handle),
            read: Credential.init)
    }

    /// The wrapped key under which credentials are sealed.
    ///
    /// - Throws: Any fault.
    func dataKey() throws(PostgreSQLError) -> [UInt8]? {
        try first("SELECT wrapped FROM data_key WHERE key = 1") { (row) throws(PostgreSQLError) in
            try row.bytes(0)
        }
    }

    /// The same key where it is of use: where any account has what it seals.
    ///
    /// - Throws: Any fault.
    func dataKeyInUse() throws(PostgreSQLError) -> [UInt8]? {
        let hasFactors = try exists(
            "SELECT id FROM credentials WHERE \(Credential.isFactor) ORDER BY id LIMIT 1")
        return hasFactors ? try dataKey() : nil
    }
}
