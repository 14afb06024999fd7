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
    init(_ row: Row) throws(SQLiteError) {
        self.init(
            account: try Account(row),
            password: try row.optional(10) { (row) throws(SQLiteError) in
                try row.password(10)
            })
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
    init(_ row: Row) throws(SQLiteError) {
        self.init(
            id: try row.id(0), accountID: try row.id(1), kind: try row.choice(2),
            handle: try row.optional(3) { (row) throws(SQLiteError) in try row.blob(3) },
            name: try row.optional(4) { (row) throws(SQLiteError) in try row.text(4) },
            data: try row.blob(5), createdAt: try row.time(6),
            lastUsedAt: try row.optional(7) { (row) throws(SQLiteError) in try row.time(7) })
    }
}

extension Database {
    /// The credentials of an account but its password, oldest first.
    ///
    /// - Throws: Any fault of SQLite.
    func credentials(of accountID: UUID) throws(SQLiteError) -> [Credential] {
        try rows(
            "SELECT \(Credential.columns) FROM credentials"
                + " WHERE account_id = ? AND \(Credential.isFactor) ORDER BY created_at, id",
            .id(accountID), read: Credential.init)
    }

    /// The passkey of this handle.
    ///
    /// - Throws: Any fault of SQLite.
    func passkey(_ handle: [UInt8]) throws(SQLiteError) -> Credential? {
        try first(
            "SELECT \(Credential.columns) FROM credentials WHERE handle = ?", .blob(handle),
            read: Credential.init)
    }

    /// Whether any account has a credential besides its password.
    ///
    /// - Throws: Any fault of SQLite.
    func hasFactors() throws(SQLiteError) -> Bool {
        try integer(
            "SELECT EXISTS (SELECT 1 FROM credentials WHERE \(Credential.isFactor))") != 0
    }

    /// The wrapped key under which credentials are sealed.
    ///
    /// - Throws: Any fault of SQLite.
    func dataKey() throws(SQLiteError) -> [UInt8]? {
        try first("SELECT wrapped FROM data_key") { (row) throws(SQLiteError) in try row.blob(0) }
    }

    /// The same key where it is of use: where any account has what it seals.
    ///
    /// - Throws: Any fault of SQLite.
    func dataKeyInUse() throws(SQLiteError) -> [UInt8]? {
        try hasFactors() ? dataKey() : nil
    }
}
