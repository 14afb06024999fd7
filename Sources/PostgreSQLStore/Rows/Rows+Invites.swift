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
    init(_ row: Row) throws(PostgreSQLError) {
        self.init(
            id: try row.id(0), email: try row.optional(1, row.email),
            role: try row.choice(2), tier: try row.choice(3),
            maximumUses: Int(try row.integer(4)), uses: Int(try row.integer(5)),
            isPaused: try row.boolean(6), createdBy: try row.optionalUUID(7),
            createdAt: try row.time(8), expiresAt: try row.time(9),
            madeWith: try row.optionalUUID(10))
    }
}

extension Connection {
    /// The invitation of this id.
    ///
    /// - Throws: Any fault.
    func invite(_ id: UUID) throws(PostgreSQLError) -> Invite? {
        try first(
            "SELECT \(Invite.columns) FROM invites WHERE id = $1", .id(id), read: Invite.init)
    }

    /// The invitation whose code has this hash.
    ///
    /// - Throws: Any fault.
    func invite(codeHash: Digest) throws(PostgreSQLError) -> Invite? {
        try first(
            "SELECT \(Invite.columns) FROM invites WHERE code_hash = $1", .digest(codeHash),
            read: Invite.init)
    }
}
