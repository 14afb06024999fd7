import Auth
import Crypto
import StoreSupport

extension PostgreSQLTransaction {
    func updatePassword(
        of id: UUID, to password: StoredPassword, ifStill old: StoredPassword?
    ) throws(AuthError) {
        changes.note(password)
        guard let old else {
            let insertion = passwordInsertion(of: id, password, at: now)
            try run(database.execute([insertion]))
            return
        }
        try run(
            database.execute(
                """
                UPDATE credentials SET data = $1, cost = $2
                WHERE account_id = $3 AND kind = 'password' AND data = $4
                """, .password(password), .cost(password), .id(id), .password(old)))
    }

    func deletePassword(of id: UUID) throws(AuthError) {
        try run(
            database.execute(
                "DELETE FROM credentials WHERE account_id = $1 AND kind = 'password'", .id(id)))
    }

    /// Adds the password of an account, or replaces it; does nothing without the account.
    func passwordInsertion(of id: UUID, _ password: StoredPassword, at time: Timestamp) -> Query {
        Query(
            """
            INSERT INTO credentials (id, account_id, kind, data, cost, created_at)
            SELECT id, id, 'password', $1, $2, $3 FROM accounts WHERE id = $4
            ON CONFLICT (id) DO UPDATE SET data = excluded.data, cost = excluded.cost
            """,
            [.password(password), .cost(password), .time(time), .id(id)])
    }
}
