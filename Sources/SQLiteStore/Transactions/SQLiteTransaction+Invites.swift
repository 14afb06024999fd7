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
        try run(database.invite(id))
    }

    func invite(codeHash: Digest) throws(AuthError) -> Invite? {
        try run(database.invite(codeHash: codeHash))
    }

    func countUse(ofInvite id: UUID) throws(AuthError) {
        try run(database.execute("UPDATE invites SET uses = uses + 1 WHERE id = ?", .id(id)))
    }

    func updateInvite(_ id: UUID, isPaused: Bool) throws(AuthError) {
        try run(
            database.execute(
                "UPDATE invites SET paused = ? WHERE id = ?", .integer(isPaused ? 1 : 0), .id(id)))
    }

    func pauseInvites(of accountID: UUID) throws(AuthError) -> Int {
        try run(
            database.execute(
                "UPDATE invites SET paused = 1 WHERE created_by = ? AND paused = 0",
                .id(accountID)))
        return database.changedRows
    }

    func expireInvites(madeWith keyID: UUID) throws(AuthError) -> Int {
        try run(
            database.execute(
                "UPDATE invites SET expires_at = ?1 WHERE key_id = ?2 AND expires_at > ?1",
                .time(now), .id(keyID)))
        return database.changedRows
    }

    func expireInvites(madeWithKeysOf accountID: UUID) throws(AuthError) -> Int {
        try run(
            database.execute(
                "UPDATE invites SET expires_at = ?1 WHERE expires_at > ?1"
                    + " AND key_id IN (SELECT id FROM api_keys WHERE account_id = ?2)",
                .time(now), .id(accountID)))
        return database.changedRows
    }

    func deleteInvite(_ id: UUID) throws(AuthError) {
        try run(database.execute("DELETE FROM invites WHERE id = ?", .id(id)))
    }

    func deleteOpenInvites(of accountID: UUID) throws(AuthError) -> Int {
        try run(
            database.execute(
                "DELETE FROM invites WHERE created_by = ? AND uses < max_uses AND expires_at > ?",
                .id(accountID), .time(now)))
        return database.changedRows
    }

    func deletePastInvites(of maker: UUID?, keeping count: Int) throws(AuthError) {
        try run(
            database.execute(
                """
                DELETE FROM invites WHERE key IN (
                    SELECT key FROM invites
                    WHERE created_by IS ? AND (expires_at <= ? OR uses >= max_uses)
                    ORDER BY created_at DESC, key DESC LIMIT ? OFFSET ?
                )
                """, .optional(maker, SQLValue.id), .time(now), .integer(Int64(Purge.batch)),
                .integer(Int64(count))))
    }
}
