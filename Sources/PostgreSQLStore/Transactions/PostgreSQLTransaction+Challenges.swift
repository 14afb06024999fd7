import Auth
import Crypto

/// Those that have expired are removed by the purge alone: transactions that did it on the side would
/// conflict over the same rows.
extension PostgreSQLTransaction {
    func insert(_ challenge: Challenge) throws(AuthError) {
        try run(
            database.execute(
                """
                INSERT INTO challenges (\(Challenge.columns))
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """, .digest(challenge.hash), .choice(challenge.purpose),
                .optional(challenge.accountID, SQLValue.id),
                .optional(challenge.sessionID, SQLValue.id),
                .optional(challenge.browser, SQLValue.digest), .bytes(challenge.data),
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
                """
                SELECT \(Challenge.columns) FROM challenges WHERE account_id = $1 AND purpose = $2
                ORDER BY created_at DESC, key DESC, hash DESC LIMIT 1
                """, .id(accountID), .choice(purpose), read: Challenge.init))
    }

    func updateChallenge(_ hash: Digest, failures: Int) throws(AuthError) {
        try run(
            database.execute(
                "UPDATE challenges SET failures = $1 WHERE hash = $2", .integer(Int64(failures)),
                .digest(hash)))
    }

    func deleteChallenge(_ hash: Digest) throws(AuthError) -> Bool {
        try run(database.execute("DELETE FROM challenges WHERE hash = $1", .digest(hash))) > 0
    }

    func deleteChallenges(
        of accountID: UUID, for purpose: Challenge.Purpose, keeping count: Int
    ) throws(AuthError) {
        try run(
            database.execute(
                """
                DELETE FROM challenges WHERE hash IN (
                    SELECT hash FROM challenges WHERE account_id = $1 AND purpose = $2
                    ORDER BY created_at DESC, key DESC, hash DESC OFFSET $3
                )
                """, .id(accountID), .choice(purpose), .limit(count)))
    }

    func deleteChallenges(of accountID: UUID) throws(AuthError) {
        try run(database.execute("DELETE FROM challenges WHERE account_id = $1", .id(accountID)))
    }

    func deleteAllChallenges() throws(AuthError) {
        try run(database.execute("DELETE FROM challenges"))
    }
}
