import Auth
import Crypto

extension SQLiteTransaction {
    func insert(_ challenge: Challenge) throws(AuthError) {
        // Each takes two away that have expired: the table stays as small as what is live, however fast
        // unknown clients begin.
        try run(
            database.execute(
                """
                DELETE FROM challenges WHERE key IN (
                    SELECT key FROM challenges WHERE expires_at <= ? LIMIT 2
                )
                """, .time(now)))
        try run(
            database.execute(
                "INSERT INTO challenges (\(Challenge.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                .digest(challenge.hash), .text(challenge.purpose.rawValue),
                .optional(challenge.accountID, SQLValue.id),
                .optional(challenge.sessionID, SQLValue.id),
                .optional(challenge.browser, SQLValue.digest), .blob(challenge.data),
                .integer(Int64(challenge.failures)), .time(challenge.createdAt),
                .time(challenge.expiresAt)))
    }

    func challenge(
        _ hash: Digest, for purpose: Challenge.Purpose
    ) throws(AuthError) -> Challenge? {
        try run(database.challenge(hash, for: purpose))
    }

    func challenge(
        of accountID: UUID, for purpose: Challenge.Purpose
    ) throws(AuthError) -> Challenge? {
        try run(
            database.first(
                "SELECT \(Challenge.columns) FROM challenges WHERE account_id = ? AND purpose = ?"
                    + " ORDER BY created_at DESC, key DESC",
                .id(accountID), .text(purpose.rawValue), read: Challenge.init))
    }

    func updateChallenge(_ hash: Digest, failures: Int) throws(AuthError) {
        try run(
            database.execute(
                "UPDATE challenges SET failures = ? WHERE hash = ?", .integer(Int64(failures)),
                .digest(hash)))
    }

    func deleteChallenge(_ hash: Digest) throws(AuthError) -> Bool {
        try run(database.execute("DELETE FROM challenges WHERE hash = ?", .digest(hash)))
        return database.changedRows > 0
    }

    func deleteChallenges(
        of accountID: UUID, for purpose: Challenge.Purpose, keeping count: Int
    ) throws(AuthError) {
        try run(
            database.execute(
                """
                DELETE FROM challenges WHERE key IN (
                    SELECT key FROM challenges WHERE account_id = ? AND purpose = ?
                    ORDER BY created_at DESC, key DESC LIMIT -1 OFFSET ?
                )
                """, .id(accountID), .text(purpose.rawValue), .integer(Int64(max(0, count)))))
    }

    func deleteChallenges(of accountID: UUID) throws(AuthError) {
        try run(database.execute("DELETE FROM challenges WHERE account_id = ?", .id(accountID)))
    }

    func deleteAllChallenges() throws(AuthError) {
        try run(database.execute("DELETE FROM challenges"))
    }
}
