import Auth
import Crypto
import StoreSupport

extension SQLiteTransaction {
    func updatePassword(
        of id: UUID, to password: StoredPassword, ifStill old: StoredPassword?
    ) throws(AuthError) {
        changes.note(password)
        if let old {
            try run(
                database.execute(
                    "UPDATE credentials SET data = ?"
                        + " WHERE account_id = ? AND kind = 'password' AND data = ?",
                    .password(password), .id(id), .password(old)))
        } else {
            try insertPassword(of: id, password, at: now)
        }
    }

    func deletePassword(of id: UUID) throws(AuthError) {
        try run(
            database.execute(
                "DELETE FROM credentials WHERE account_id = ? AND kind = 'password'", .id(id)))
    }

    /// Adds the password of an account, or replaces it; does nothing without the account.
    func insertPassword(
        of id: UUID, _ password: StoredPassword, at time: Timestamp
    ) throws(AuthError) {
        try run(
            database.execute(
                """
                INSERT INTO credentials (id, account_id, kind, data, created_at)
                SELECT id, id, 'password', ?, ? FROM accounts WHERE id = ?
                ON CONFLICT DO UPDATE SET data = excluded.data
                """, .password(password), .time(time), .id(id)))
    }
}
