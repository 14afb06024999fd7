import Auth
import Crypto

extension SQLiteTransaction {
    func insert(_ invite: Invite, codeHash: Digest) throws(AuthError) {
        try run(
            database.execute(
                "INSERT INTO invites (\(Invite.columns), code_hash)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                .id(invite.id), .optional(invite.email) { .text($0.address) },
                .text(invite.role.rawValue), .text(invite.tier.rawValue),
                .integer(Int64(invite.maximumUses)), .integer(Int64(invite.uses)),
                .integer(invite.isPaused ? 1 : 0), .optional(invite.createdBy, SQLValue.id),
                .time(invite.createdAt), .time(invite.expiresAt),
                .optional(invite.keyID, SQLValue.id),
                .digest(codeHash)))
    }

    func invite(_ id: UUID) throws(AuthError) -> Invite? {
        try run(
            database.first(
                "SELECT \(Invite.columns) FROM invites WHERE id = ?", .id(id), read: Invite.init))
    }

    func setInvite(_ id: UUID, paused: Bool) throws(AuthError) {
        try run(
            database.execute(
                "UPDATE invites SET paused = ? WHERE id = ?", .integer(paused ? 1 : 0), .id(id)))
    }

    func removeInvite(_ id: UUID) throws(AuthError) {
        try run(database.execute("DELETE FROM invites WHERE id = ?", .id(id)))
    }

    func removeOpenInvites(of accountID: UUID, at time: Timestamp) throws(AuthError) -> Int {
        try run(
            database.rows(
                "DELETE FROM invites WHERE created_by = ? AND uses < max_uses AND expires_at > ?"
                    + " RETURNING key", .id(accountID), .time(time)
            ) { (row) throws(SQLiteError) in try row.integer(0) }
        ).count
    }

    func removePastInvites(
        by maker: UUID?, beyond count: Int, at time: Timestamp
    ) throws(AuthError) {
        try run(
            database.execute(
                """
                DELETE FROM invites WHERE key IN (
                    SELECT key FROM invites
                    WHERE created_by IS ? AND (expires_at <= ? OR uses >= max_uses)
                    ORDER BY created_at DESC, key DESC LIMIT ? OFFSET ?
                )
                """, .optional(maker, SQLValue.id), .time(time), .integer(Int64(Purge.batch)),
                .integer(Int64(count))))
    }

    func pauseInvites(of accountID: UUID) throws(AuthError) {
        try run(
            database.execute("UPDATE invites SET paused = 1 WHERE created_by = ?", .id(accountID)))
    }

    func redeemInvite(
        codeHash: Digest, email: Email, at time: Timestamp
    ) throws(AuthError) -> Invite {
        let redeemed = try run(
            database.rows(
                "UPDATE invites SET uses = uses + 1 WHERE \(Invite.isRedeemable)"
                    + " AND (email IS NULL OR email = ?) RETURNING \(Invite.columns)",
                .digest(codeHash), .time(time), .text(email.address), read: Invite.init))
        guard let invite = redeemed.first else { throw .invalidInvite }
        return invite
    }
}
