import Auth
import Crypto

extension PostgreSQLTransaction {
    func insert(_ invite: Invite, codeHash: Digest) throws(AuthError) {
        try run(
            database.execute(
                """
                INSERT INTO invites (\(Invite.columns), code_hash)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                """, .id(invite.id), .optional(invite.email, SQLValue.email),
                .choice(invite.role), .choice(invite.tier), .integer(Int64(invite.maximumUses)),
                .integer(Int64(invite.uses)), .boolean(invite.isPaused),
                .optional(invite.createdBy, SQLValue.id), .time(invite.createdAt),
                .time(invite.expiresAt), .optional(invite.keyID, SQLValue.id), .digest(codeHash)))
    }

    func invite(_ id: UUID) throws(AuthError) -> Invite? {
        try run(database.invite(id))
    }

    func invite(codeHash: Digest) throws(AuthError) -> Invite? {
        try run(database.invite(codeHash: codeHash))
    }

    func countUse(ofInvite id: UUID) throws(AuthError) {
        try run(database.execute("UPDATE invites SET uses = uses + 1 WHERE id = $1", .id(id)))
    }

    func updateInvite(_ id: UUID, isPaused: Bool) throws(AuthError) {
        try run(
            database.execute(
                "UPDATE invites SET paused = $1 WHERE id = $2", .boolean(isPaused), .id(id)))
    }

    func pauseInvites(of accountID: UUID) throws(AuthError) -> Int {
        try run(
            database.execute(
                "UPDATE invites SET paused = true WHERE created_by = $1 AND NOT paused",
                .id(accountID)))
    }

    func expireInvites(madeWith keyID: UUID) throws(AuthError) -> Int {
        try run(
            database.execute(
                "UPDATE invites SET expires_at = $1 WHERE key_id = $2 AND expires_at > $1",
                .time(now), .id(keyID)))
    }

    func expireInvites(madeWithKeysOf accountID: UUID) throws(AuthError) -> Int {
        try run(
            database.execute(
                """
                UPDATE invites SET expires_at = $1 WHERE expires_at > $1
                    AND key_id IN (SELECT id FROM api_keys WHERE account_id = $2)
                """, .time(now), .id(accountID)))
    }

    func deleteInvite(_ id: UUID) throws(AuthError) {
        try run(database.execute("DELETE FROM invites WHERE id = $1", .id(id)))
    }

    func deleteOpenInvites(of accountID: UUID) throws(AuthError) -> Int {
        try run(
            database.execute(
                """
                DELETE FROM invites
                WHERE created_by = $1 AND uses < max_uses AND expires_at > $2
                """, .id(accountID), .time(now)))
    }

    func deletePastInvites(of maker: UUID?, keeping count: Int) throws(AuthError) {
        // A condition for each: no index is searched for IS NOT DISTINCT FROM.
        let isTheirs = maker == nil ? "created_by IS NULL" : "created_by = $4"
        try run(
            database.execute(
                """
                DELETE FROM invites WHERE id IN (
                    SELECT id FROM invites
                    WHERE \(isTheirs) AND (expires_at <= $1 OR uses >= max_uses)
                    ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3
                )
                """,
                with: [.time(now), .limit(Purge.batch), .limit(count)]
                    + (maker.map { [.id($0)] } ?? [])))
    }
}
