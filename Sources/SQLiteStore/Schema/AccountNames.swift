import Auth

/// The names by which lists of accounts are sorted: `folded_name`, which follows `name`.
enum AccountNames {
    /// How many accounts are read at one time while the column is filled.
    static let batch: Int64 = 1_000

    /// Fills the column for all accounts, and makes its indexes.
    ///
    /// - Throws: Any fault of SQLite.
    static func build(in database: Database) throws(SQLiteError) {
        var last = Int64.min
        while true {
            let accounts = try database.rows(
                "SELECT key, name FROM accounts WHERE key > ? ORDER BY key LIMIT ?",
                .integer(last), .integer(batch)
            ) { (row) throws(SQLiteError) in (key: try row.integer(0), name: try row.text(1)) }
            for account in accounts {
                try database.execute(
                    "UPDATE accounts SET folded_name = ? WHERE key = ?",
                    .text(Account.foldedName(account.name)), .integer(account.key))
            }
            guard let end = accounts.last else { break }
            last = end.key
        }
        // Only now: an index that grows while its column is filled is written again and again.
        try database.execute("CREATE INDEX accounts_by_name ON accounts (folded_name, id)")
        try database.execute(
            """
            CREATE INDEX accounts_by_class_and_name ON accounts (
                status, role, email_verified_at IS NOT NULL, folded_name, id
            )
            """)
    }
}
