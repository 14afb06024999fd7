import Auth
import Testing
import TestSupport

@testable import SQLiteStore

struct AccountTermsTests {
    /// A database of the version before search terms, with accounts.
    private func formerDatabase(accounts: Int64, in directory: TemporaryDirectory) throws -> String
    {
        let path = "\(directory.path)/main.db"
        let former = Schema(migrations: Schema.current.migrations.filter { $0.version < 4 })
        let database = try DatabaseOpener(path: path, schema: former).open(migrating: true)
        try database.execute(
            """
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
            INSERT INTO accounts (id, email, name, tier, role, status, password_hash, created_at)
            SELECT randomblob(16), 'person' || n || '@x' || (n % 10) || '.example',
                'Élodie Straße ' || n, 'free', 'user', 'active', '$', n FROM numbers
            """, .integer(accounts))
        return path
    }

    @Test func `accounts from before search terms are indexed by the migration in batches`() throws
    {
        let directory = try TemporaryDirectory()
        let count = AccountTerms.batch * 2 + 1
        let path = try formerDatabase(accounts: count, in: directory)
        let migrated = try DatabaseOpener(path: path, schema: .current).open(migrating: true)
        // Two words, the number, person and number, x and digit, example, the address, its domain.
        let terms = try migrated.integer("SELECT count(*) FROM account_terms")
        #expect(terms == count * 8)
        let unlike = try migrated.rows(
            """
            SELECT name, email FROM accounts WHERE key NOT IN (
                SELECT account_key FROM account_terms WHERE term = 'élodie' AND account_key IN (
                    SELECT account_key FROM account_terms WHERE term = email))
            """
        ) { (row) throws(SQLiteError) in try row.text(0) }
        #expect(unlike.isEmpty)
        let left = try migrated.integer(
            "SELECT count(*) FROM sqlite_temp_schema WHERE name LIKE '%terms%'")
        #expect(left == 0)
        // A later write of the account computes the same terms.
        let id = try #require(
            try migrated.first("SELECT id FROM accounts WHERE key = ?", .integer(count)) {
                (row) throws(SQLiteError) in try row.id(0)
            })
        let before = try migrated.integer("SELECT total_changes()")
        try AccountTerms.follow(id, in: migrated)
        #expect(try migrated.integer("SELECT total_changes()") == before)
    }

    /// SQLite's query plan of a search.
    private func plan(of search: AccountSearch, in database: Database) throws -> String {
        try database.rows(
            """
            EXPLAIN QUERY PLAN SELECT \(Account.columns) FROM \(search.source)
            WHERE (created_at, id) < (?1, ?2) AND ?3 IS NULL AND ?4 IS NULL AND \(search.condition)
            ORDER BY created_at DESC, id DESC LIMIT ?5
            """,
            with: [.integer(.max), .null, .null, .null, .integer(51)] + search.values
        ) { (row) throws(SQLiteError) in try row.text(3) }.joined(separator: "\n")
    }

    @Test func `a search reads no more accounts than necessary`() throws {
        let directory = try TemporaryDirectory()
        let path = try formerDatabase(accounts: 200, in: directory)
        let database = try DatabaseOpener(path: path, schema: .current).open(migrating: true)
        func search(_ sought: [String], mostSorted: Int64) throws -> String {
            let search = try AccountSearch(sought, in: database, mostSorted: mostSorted)
            return try plan(of: #require(search), in: database)
        }
        // One account has the number, all have the word: SQLite starts with the number.
        let rare = try search(["élo", "77"], mostSorted: 100)
        #expect(
            rare.contains("SEARCH account_terms USING PRIMARY KEY (term>? AND term<?)"), "\(rare)")
        #expect(!rare.contains("SCAN accounts"), "\(rare)")
        // All accounts have both: newest first, each checked in the index.
        let frequent = try search(["élo", "stra"], mostSorted: 100)
        #expect(frequent.contains("USING INDEX accounts_by_age"), "\(frequent)")
        #expect(frequent.contains("terms_by_account (account_key=? AND term>? AND term<?)"))
        #expect(!frequent.contains("TEMP B-TREE"), "\(frequent)")
    }

    @Test func `a search by a rare term and one by a full scan find the same`() throws {
        let directory = try TemporaryDirectory()
        let path = try formerDatabase(accounts: 200, in: directory)
        let database = try DatabaseOpener(path: path, schema: .current).open(migrating: true)
        for sought in [["1"], ["person1", "x"], ["élodie", "x3"], ["@x3.", "2"], ["none"]] {
            let found = try [0 as Int64, 1_000].map { mostSorted in
                let search = try #require(
                    try AccountSearch(sought, in: database, mostSorted: mostSorted))
                return try database.rows(
                    """
                    SELECT email FROM \(search.source) WHERE ?1 IS NULL AND ?2 IS NULL AND ?3 IS NULL
                        AND ?4 IS NULL AND ?5 IS NULL AND \(search.condition) ORDER BY accounts.key
                    """, with: [.null, .null, .null, .null, .null] + search.values
                ) { (row) throws(SQLiteError) in try row.text(0) }
            }
            #expect(found[0] == found[1])
            #expect(found[0].isEmpty == (sought == ["none"]), "\(sought)")
        }
    }
}
