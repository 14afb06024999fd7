import Auth
import Crypto

/// The table of the terms by which accounts are found: `account_terms`, which follows the names and
/// addresses of `accounts`.
enum AccountTerms {
    /// How many accounts are read at one time while the table is built.
    static let batch: Int64 = 1_000
    /// Makes the terms of one account those of its present name and address; does nothing without it.
    ///
    /// - Throws: Any fault of SQLite.
    static func follow(_ id: UUID, in database: Database) throws(SQLiteError) {
        let account = try database.first(
            "SELECT key, name, email FROM accounts WHERE id = ?", .id(id), read: Named.init)
        guard let account else { return }
        let key = SQLValue.integer(account.key)
        let present = Set(
            try database.rows("SELECT term FROM account_terms WHERE account_key = ?", key) {
                (row) throws(SQLiteError) in try row.text(0)
            })
        let wanted = account.terms
        for term in present.subtracting(wanted) {
            try database.execute(
                "DELETE FROM account_terms WHERE term = ? AND account_key = ?", .text(term), key)
        }
        for term in wanted.subtracting(present) {
            try database.execute(
                "INSERT INTO account_terms (term, account_key) VALUES (?, ?)", .text(term), key)
        }
    }

    /// Fills the empty table with the terms of all accounts, and makes its index by account.
    ///
    /// Accounts are read in batches, and SQLite sorts the terms outside of memory: rows that come in
    /// the order of the table make it grow at its end, where others would write every page again and
    /// again.
    /// - Throws: Any fault of SQLite.
    static func build(in database: Database) throws(SQLiteError) {
        try database.execute(
            "CREATE TEMP TABLE unsorted_terms (term TEXT NOT NULL, account_key INTEGER NOT NULL)")
        var last = Int64.min
        while true {
            let accounts = try database.rows(
                "SELECT key, name, email FROM accounts WHERE key > ? ORDER BY key LIMIT ?",
                .integer(last), .integer(batch), read: Named.init)
            for account in accounts {
                for term in account.terms {
                    try database.execute(
                        "INSERT INTO unsorted_terms (term, account_key) VALUES (?, ?)",
                        .text(term), .integer(account.key))
                }
            }
            guard let end = accounts.last else { break }
            last = end.key
        }
        try database.execute(
            """
            INSERT INTO account_terms (term, account_key)
            SELECT term, account_key FROM unsorted_terms ORDER BY term, account_key
            """)
        try database.execute("DROP TABLE unsorted_terms")
        // For the terms of one account, without looking at the others.
        try database.execute(
            "CREATE INDEX terms_by_account ON account_terms (account_key, term)")
    }

    /// What of an account its terms are made of.
    private struct Named {
        let key: Int64
        let terms: Set<String>

        init(_ row: Row) throws(SQLiteError) {
            key = try row.integer(0)
            terms = SearchTerms.of(name: try row.text(1), address: try row.text(2))
        }
    }
}
