import Auth
import Crypto

/// Accounts whose failed logins are to be cleared, as rows that one of the daemons handles.
enum Unlocks {
    /// The most that are carried out at once.
    static let batch = 256

    /// Takes the oldest of those that no other daemon carries out.
    ///
    /// - Parameter database: In a transaction, with which they are gone.
    /// - Returns: Whose they are.
    /// - Throws: Any fault.
    static func take(from database: Connection) throws(PostgreSQLError) -> [Email] {
        let rows = try database.rows(
            """
            SELECT unlocks.id, accounts.email
            FROM unlocks JOIN accounts ON accounts.id = unlocks.account_id
            ORDER BY unlocks.key, unlocks.id LIMIT $1 FOR UPDATE OF unlocks SKIP LOCKED
            """, .limit(batch)
        ) { (row) throws(PostgreSQLError) in (id: try row.id(0), email: try row.email(1)) }
        guard !rows.isEmpty else { return [] }
        try database.execute(
            "DELETE FROM unlocks WHERE id = ANY ($1)", .uuids(rows.map(\.id)))
        return rows.map(\.email)
    }
}
