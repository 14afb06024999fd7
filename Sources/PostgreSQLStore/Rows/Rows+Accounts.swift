import Auth
import Crypto

extension Account {
    /// The columns that `init(_:)` reads, in order.
    static let columns =
        "id, email, name, tier, role, status, created_at, email_verified_at, approved_at, language"

    /// An account from a row that begins with `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(PostgreSQLError) {
        self.init(
            id: try row.id(0), email: try row.email(1), name: try row.text(2),
            tier: try row.choice(3),
            role: try row.choice(4), status: try row.choice(5), createdAt: try row.time(6),
            emailVerifiedAt: try row.optional(7, row.time),
            approvedAt: try row.optional(8, row.time),
            language: try row.optional(9, row.choice))
    }
}

extension Connection {
    /// The account of this id.
    ///
    /// - Throws: Any fault.
    func account(_ id: UUID) throws(PostgreSQLError) -> Account? {
        try first(
            "SELECT \(Account.columns) FROM accounts WHERE id = $1", .id(id), read: Account.init)
    }

    /// The account of this address.
    ///
    /// - Throws: Any fault.
    func account(_ email: Email) throws(PostgreSQLError) -> Account? {
        try first(
            "SELECT \(Account.columns) FROM accounts WHERE email = $1", .email(email),
            read: Account.init)
    }

    /// Whether an account is the owner.
    ///
    /// - Throws: Any fault.
    func hasOwner() throws(PostgreSQLError) -> Bool {
        try exists("SELECT id FROM accounts WHERE role = 'owner'")
    }
}

extension StoreCounts {
    /// Whom a database holds.
    ///
    /// - Throws: Any fault.
    init(in database: Connection, now: Timestamp) throws(PostgreSQLError) {
        let rows = try database.rows("SELECT status, count(*) FROM accounts GROUP BY status") {
            (row) throws(PostgreSQLError) in
            (status: try row.choice(0) as Account.Status, count: Int(try row.integer(1)))
        }
        // What has ended has ended before now: the index over both ends tells who is live.
        let sessions = try database.integer(
            "SELECT count(*) FROM sessions WHERE coalesce(ended_at, expires_at) > $1", .time(now))
        self.init(
            accounts: Dictionary(rows.map { ($0.status, $0.count) }) { $1 },
            sessions: Int(sessions))
    }
}
