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

    /// SQLite's query plan of a page of accounts.
    private func plan(
        of query: AccountQuery, in database: Database, mostSorted: Int64 = 100
    ) throws -> String {
        let list = try #require(
            try AccountListing(query, PageRequest(), in: database, mostSorted: mostSorted))
        return try database.rows("EXPLAIN QUERY PLAN \(list.sql)", with: list.values) {
            (row) throws(SQLiteError) in try row.text(3)
        }.joined(separator: "\n")
    }

    @Test func `a search reads no more accounts than necessary`() throws {
        let directory = try TemporaryDirectory()
        let path = try formerDatabase(accounts: 200, in: directory)
        let database = try DatabaseOpener(path: path, schema: .current).open(migrating: true)
        for (sort, index) in [
            (.newest, "accounts_by_age"), (.oldest, "accounts_by_age"),
            (.name, "accounts_by_name"), (.nameDescending, "accounts_by_name"),
        ] as [(AccountSort, String)] {
            // One account has the number, all have the word: SQLite starts with the number.
            let rare = try plan(of: AccountQuery(text: "élo 77", sort: sort), in: database)
            #expect(
                rare.contains("SEARCH account_terms USING PRIMARY KEY (term>? AND term<?)"),
                "\(rare)")
            #expect(!rare.contains("SCAN accounts"), "\(rare)")
            // All accounts have both: in order, each checked in the index.
            let frequent = try plan(of: AccountQuery(text: "élo stra", sort: sort), in: database)
            #expect(frequent.contains("USING INDEX \(index)"), "\(frequent)")
            #expect(frequent.contains("terms_by_account (account_key=? AND term>? AND term<?)"))
            #expect(!frequent.contains("TEMP B-TREE"), "\(frequent)")
            // In a large class as among all; of a small one, each member is checked.
            var query = AccountQuery(role: .user, text: "élo", sort: sort)
            #expect(try plan(of: query, in: database).contains("USING INDEX \(index)"))
            query.role = .admin
            let small = try plan(of: query, in: database)
            #expect(small.contains("SEARCH member USING INDEX accounts_by_class_and_"), "\(small)")
            #expect(small.contains("terms_by_account (account_key=? AND term>? AND term<?)"))
        }
    }

    @Test func `a list reads only the first accounts of each requested class`() throws {
        let directory = try TemporaryDirectory()
        let path = try formerDatabase(accounts: 200, in: directory)
        let database = try DatabaseOpener(path: path, schema: .current).open(migrating: true)
        for (sort, index) in [
            (.newest, "age (status=? AND role=? AND <expr>=? AND (created_at,id)<(?,?))"),
            (.oldest, "age (status=? AND role=? AND <expr>=? AND (created_at,id)>(?,?))"),
            (.name, "name (status=? AND role=? AND <expr>=? AND (folded_name,id)>(?,?))"),
            (.nameDescending, "name (status=? AND role=? AND <expr>=? AND (folded_name,id)<(?,?))"),
        ] as [(AccountSort, String)] {
            let all = try plan(of: AccountQuery(sort: sort), in: database)
            #expect(
                all.contains("USING INDEX accounts_by_") && !all.contains("TEMP B-TREE"), "\(all)")
            for filter in [
                AccountQuery(status: .pending, sort: sort), AccountQuery(role: .admin, sort: sort),
                AccountQuery(emailVerified: false, sort: sort),
            ] {
                let plan = try plan(of: filter, in: database)
                #expect(
                    plan.contains("SEARCH member USING INDEX accounts_by_class_and_\(index)"),
                    "\(plan)")
                #expect(plan.contains("SEARCH accounts USING INTEGER PRIMARY KEY"), "\(plan)")
                #expect(!plan.contains("SCAN accounts"), "\(plan)")
            }
        }
    }

    @Test func `counts of an overview read indexes alone`() throws {
        let directory = try TemporaryDirectory()
        let path = try formerDatabase(accounts: 200, in: directory)
        let database = try DatabaseOpener(path: path, schema: .current).open(migrating: true)
        for (query, plan) in [
            (
                "SELECT 1 FROM invites WHERE uses < max_uses AND expires_at > 1 LIMIT 9",
                "INDEX open_invites (expires_at>?)"
            ),
            ("SELECT 1 FROM mails WHERE next_attempt_at IS NULL LIMIT 9", "INDEX dead_mails"),
            (
                """
                SELECT max(coalesce(last_seen_at, created_at)) FROM sessions WHERE account_id = x'00'
                """, "INDEX sessions_by_use (account_id=?)"
            ),
            (
                "SELECT 1 FROM invites WHERE created_by = x'00' ORDER BY created_at DESC, id DESC",
                "INDEX invites_by_maker (created_by=?)"
            ),
        ] {
            let steps = try database.rows("EXPLAIN QUERY PLAN \(query)") {
                (row) throws(SQLiteError) in try row.text(3)
            }
            #expect(steps.count == 1 && steps[0].contains(plan), "\(steps)")
        }
        #expect(try AccountClasses(of: AccountQuery()).size(in: database, upTo: 50) == 50)
    }

    @Test func `the names of existing accounts are folded by the migration`() throws {
        let directory = try TemporaryDirectory()
        let path = try formerDatabase(accounts: AccountNames.batch * 2 + 1, in: directory)
        let database = try DatabaseOpener(path: path, schema: .current).open(migrating: true)
        let others = try database.rows("SELECT name, folded_name FROM accounts") {
            (row) throws(SQLiteError) in
            try row.text(1) == Account.foldedName(row.text(0)) ? nil : try row.text(0)
        }.compactMap { $0 }
        #expect(others == [])
        let first = try database.integer(
            "SELECT count(*) FROM accounts WHERE folded_name = 'élodie strasse 1'")
        #expect(first == 1)
    }

    @Test func `a page is the same however it is read`() throws {
        let directory = try TemporaryDirectory()
        let path = try formerDatabase(accounts: 200, in: directory)
        let database = try DatabaseOpener(path: path, schema: .current).open(migrating: true)
        try database.execute("UPDATE accounts SET status = 'disabled' WHERE key % 7 = 0")
        try database.execute("UPDATE accounts SET role = 'member' WHERE key % 5 = 0")
        try database.execute("UPDATE accounts SET email_verified_at = 1 WHERE key % 3 = 0")
        func read(_ query: AccountQuery, mostSorted: Int64) throws -> [Account] {
            let list = try #require(
                try AccountListing(
                    query, PageRequest(limit: 1_000), in: database, mostSorted: mostSorted))
            return try database.rows(list.sql, with: list.values, read: Account.init)
        }
        let filters = [
            AccountQuery(), AccountQuery(status: .disabled),
            AccountQuery(role: .user, emailVerified: true),
        ]
        for text in [nil, "1", "person1 x", "élodie x3", "@x3. 2", "none"] as [String?] {
            for sort in AccountSort.allCases {
                let all = try read(AccountQuery(text: text, sort: sort), mostSorted: 1_000)
                #expect(all.isEmpty == (text == "none") && (text != nil || all.count == 200))
                for filter in filters {
                    var query = filter
                    (query.text, query.sort) = (text, sort)
                    for mostSorted in [0, 10, 1_000] as [Int64] {
                        #expect(
                            try read(query, mostSorted: mostSorted) == all.filter(query.admits),
                            "\(query)")
                    }
                }
            }
        }
    }
}
