import Auth
import Crypto

/// How the domain's values lie in rows. What cannot be read back is a fault, never a default.

extension SQLValue {
    /// An identifier, as its 16 octets.
    static func id(_ id: UUID) -> SQLValue { .blob(id.octets) }

    /// A digest, as its 32 bytes.
    static func digest(_ digest: Digest) -> SQLValue { .blob(digest.bytes) }

    /// A time, in milliseconds.
    static func time(_ time: Timestamp) -> SQLValue { .integer(time.milliseconds) }

    /// NULL for nil.
    static func optional<Value>(_ value: Value?, _ bound: (Value) -> SQLValue) -> SQLValue {
        value.map(bound) ?? .null
    }
}

extension Row {
    /// The identifier in a column.
    func id(_ column: Int32) throws(SQLiteError) -> UUID {
        try expect(UUID(octets: blob(column)), in: column)
    }

    /// The digest in a column.
    func digest(_ column: Int32) throws(SQLiteError) -> Digest {
        try expect(Digest(bytes: blob(column)), in: column)
    }

    /// The address in a column.
    func email(_ column: Int32) throws(SQLiteError) -> Email {
        try expect(Email.existing(text(column)), in: column)
    }

    /// The time in a column.
    func time(_ column: Int32) throws(SQLiteError) -> Timestamp {
        Timestamp(milliseconds: try integer(column))
    }

    /// What is read from a column; nil where it holds NULL.
    func optional<Value>(
        _ column: Int32, _ read: (Row) throws(SQLiteError) -> Value
    ) throws(SQLiteError) -> Value? {
        isNull(column) ? nil : try read(self)
    }

    /// The case that a column names.
    func choice<Choice: RawRepresentable<String>>(
        _ column: Int32
    ) throws(SQLiteError) -> Choice {
        try expect(Choice(rawValue: text(column)), in: column)
    }

    private func expect<Value>(
        _ value: Value?, in column: Int32
    ) throws(SQLiteError) -> Value {
        guard let value else { throw .unreadable("column \(name(column))") }
        return value
    }
}

extension Account {
    /// The columns that `init(_:)` reads, in order.
    static let columns =
        "id, email, name, tier, role, status, created_at, email_verified_at, approved_at, language"

    /// An account from a row that begins with `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(SQLiteError) {
        self.init(
            id: try row.id(0), email: try row.email(1), name: try row.text(2),
            tier: try row.choice(3),
            role: try row.choice(4), status: try row.choice(5), createdAt: try row.time(6),
            emailVerifiedAt: try row.optional(7) { (row) throws(SQLiteError) in try row.time(7) },
            approvedAt: try row.optional(8) { (row) throws(SQLiteError) in try row.time(8) },
            language: try row.optional(9) { (row) throws(SQLiteError) in try row.choice(9) })
    }
}

extension Session {
    /// The columns that `init(_:)` reads, in order.
    static let columns =
        "id, token_hash, account_id, created_at, expires_at, methods, "
        + "coalesce(authenticated_at, created_at), factor_at"
    /// The columns that an insertion fills, in the order of `columns`.
    static let insertedColumns =
        "id, token_hash, account_id, created_at, expires_at, methods, authenticated_at, factor_at"

    /// A session from a row of `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(SQLiteError) {
        guard let methods = AuthenticationMethods(names: try row.text(5)) else {
            throw .unreadable("column methods")
        }
        self.init(
            id: try row.id(0), tokenHash: try row.digest(1), accountID: try row.id(2),
            createdAt: try row.time(3), expiresAt: try row.time(4), methods: methods,
            authenticatedAt: try row.time(6),
            factorAt: try row.optional(7) { (row) throws(SQLiteError) in try row.time(7) })
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

extension Settings {
    /// Every switch and the name of its row.
    private static let switches:
        [(name: String, path: any WritableKeyPath<Settings, Bool> & Sendable)] =
            [
                ("native_signin", \.nativeSignin), ("register", \.register), ("signup", \.signup),
                ("approval", \.approval),
                ("require_email_verification", \.requireEmailVerification),
            ]

    /// Every text and the name of its row.
    private static let texts:
        [(name: String, path: any WritableKeyPath<Settings, String?> & Sendable)] =
            [
                ("site_name", \.siteName), ("site_accent", \.siteAccent),
                ("site_support", \.siteSupport),
            ]

    /// The settings that a database holds; one without a row is as on a new server.
    ///
    /// - Throws: Any fault of SQLite.
    init(in database: Database) throws(SQLiteError) {
        self.init()
        let rows = try database.rows("SELECT name, value FROM settings") {
            (row) throws(SQLiteError) in (name: try row.text(0), value: try row.integer(1))
        }
        for row in rows {
            // A later version may have left a setting that this one does not know.
            guard let known = Self.switches.first(where: { $0.name == row.name }) else { continue }
            self[keyPath: known.path] = row.value != 0
        }
        let texts = try database.rows("SELECT name, value FROM text_settings") {
            (row) throws(SQLiteError) in (name: try row.text(0), value: try row.text(1))
        }
        for row in texts {
            guard let known = Self.texts.first(where: { $0.name == row.name }) else { continue }
            self[keyPath: known.path] = row.value
        }
    }

    /// Writes every setting.
    ///
    /// - Throws: Any fault of SQLite.
    func save(in database: Database) throws(SQLiteError) {
        for entry in Self.switches {
            try database.execute(
                "INSERT INTO settings (name, value) VALUES (?, ?)"
                    + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                .text(entry.name), .integer(self[keyPath: entry.path] ? 1 : 0))
        }
        for entry in Self.texts {
            guard let value = self[keyPath: entry.path] else {
                try database.execute(
                    "DELETE FROM text_settings WHERE name = ?", .text(entry.name))
                continue
            }
            try database.execute(
                "INSERT INTO text_settings (name, value) VALUES (?, ?)"
                    + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                .text(entry.name), .text(value))
        }
    }
}

extension StoreCounts {
    /// Whom a database holds.
    ///
    /// - Throws: Any fault of SQLite.
    init(in database: Database, now: Timestamp) throws(SQLiteError) {
        let rows = try database.rows("SELECT status, count(*) FROM accounts GROUP BY status") {
            (row) throws(SQLiteError) in
            (status: try row.choice(0) as Account.Status, count: Int(try row.integer(1)))
        }
        // What has ended has ended before now: the index over both ends tells who is live.
        let sessions = try database.integer(
            "SELECT count(*) FROM sessions WHERE coalesce(ended_at, expires_at) > ?", .time(now))
        self.init(
            accounts: Dictionary(rows.map { ($0.status, $0.count) }) { $1 },
            sessions: Int(sessions))
    }
}

extension Database {
    /// Whether an account is the owner.
    ///
    /// - Throws: Any fault of SQLite.
    func hasOwner() throws(SQLiteError) -> Bool {
        try integer("SELECT EXISTS (SELECT 1 FROM accounts WHERE role = 'owner')") != 0
    }
}
