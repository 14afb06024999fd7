import Auth
import Crypto

extension Invite {
    /// The columns that `init(_:)` reads, in order.
    static let columns =
        "id, email, role, tier, max_uses, uses, paused, created_by, created_at, expires_at,"
        + " key_id"

    /// An invitation from a row of `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(SQLiteError) {
        self.init(
            id: try row.id(0),
            email: try row.optional(1) { (row) throws(SQLiteError) in try row.email(1) },
            role: try row.choice(2), tier: try row.choice(3),
            maximumUses: Int(try row.integer(4)), uses: Int(try row.integer(5)),
            isPaused: try row.integer(6) != 0,
            createdBy: try row.optional(7) { (row) throws(SQLiteError) in try row.id(7) },
            createdAt: try row.time(8), expiresAt: try row.time(9),
            madeWith: try row.optional(10) { (row) throws(SQLiteError) in try row.id(10) })
    }
}

extension Database {
    /// The invitation of this id.
    ///
    /// - Throws: Any fault of SQLite.
    func invite(_ id: UUID) throws(SQLiteError) -> Invite? {
        try first(
            "SELECT \(Invite.columns) FROM invites WHERE id = ?", .id(id), read: Invite.init)
    }

    /// The invitation whose code has this hash.
    ///
    /// - Throws: Any fault of SQLite.
    func invite(codeHash: Digest) throws(SQLiteError) -> Invite? {
        try first(
            "SELECT \(Invite.columns) FROM invites WHERE code_hash = ?", .digest(codeHash),
            read: Invite.init)
    }
}
