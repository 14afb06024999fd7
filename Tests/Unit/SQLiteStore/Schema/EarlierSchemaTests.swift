import Crypto
import System
import TestSupport
import Testing

@testable import Auth
@testable import SQLiteStore

/// Databases of earlier versions of this program: `Tests/Schemas/schema-N.sql`, with rows in every
/// table.
struct EarlierSchemaTests {
    @Test(arguments: 1..<Schema.current.version)
    func `every earlier schema is migrated to the current one and keeps its rows`(version: Int)
        throws
    {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/main.db"
        let before = try Self.make(version, at: path)
        #expect(before.values.allSatisfy { $0 > 0 }, "a row in every table")

        #expect(
            try Storage.pendingMigrations(path: path) == Array(version + 1...Schema.current.version)
        )
        let migrated = try DatabaseOpener(path: path, schema: .current).open(migrating: true)
        let fresh = try DatabaseOpener(path: "\(directory.path)/fresh.db", schema: .current)
            .open(migrating: true)
        #expect(try Self.definitions(in: migrated) == Self.definitions(in: fresh))
        #expect(try migrated.inspect(as: .current, within: nil) == .sound)
        for (table, count) in before {
            #expect(try migrated.integer("SELECT count(*) FROM \(table)") == count, "\(table)")
        }
    }

    @Test func `the migration records password sign-ins and the approval of existing members`()
        throws
    {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/main.db"
        _ = try Self.make(3, at: path)
        let database = try DatabaseOpener(path: path, schema: .current).open(migrating: true)
        let sessions = try database.rows(
            "SELECT \(Session.columns) FROM sessions", read: Session.init)
        #expect(!sessions.isEmpty)
        #expect(
            sessions.allSatisfy { $0.methods == .password && $0.authenticatedAt == $0.createdAt })
        let accounts = try database.rows(
            "SELECT \(Account.columns) FROM accounts", read: Account.init)
        #expect(!accounts.isEmpty)
        for account in accounts {
            let isApproved = account.role != .user && account.status != .pending
            #expect(account.approvedAt == (isApproved ? account.createdAt : nil))
        }
    }

    @Test(arguments: 1...5)
    func `passwords become credentials, as old as their accounts`(version: Int) throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/main.db"
        _ = try Self.make(version, at: path)
        func passwords(_ query: String, in database: Database) throws -> [[String]] {
            try database.rows(query) { (row) throws(SQLiteError) in
                [try row.text(0), try row.text(1), try row.text(2)]
            }
        }
        let before = try passwords(
            "SELECT hex(id), password_hash, CAST(created_at AS TEXT) FROM accounts ORDER BY id",
            in: try Database(path: path, for: .inspecting))
        #expect(before.count == 3)
        let database = try DatabaseOpener(path: path, schema: .current).open(migrating: true)
        let after = try passwords(
            """
            SELECT hex(account_id), CAST(data AS TEXT), CAST(created_at AS TEXT) FROM credentials
            WHERE kind = 'password' ORDER BY account_id
            """, in: database)
        #expect(after == before)
        #expect(try database.integer("SELECT count(*) FROM credentials") == 3)
        #expect(try database.maxPasswordIterations() == 1_000)
        let accounts = try database.rows(
            "SELECT \(AccountCredential.columns) FROM accounts", read: AccountCredential.init)
        #expect(accounts.allSatisfy { $0.passwordHash?.iterations == 1_000 })
    }

    @Test func `sessions keep how and when they were authenticated`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/main.db"
        _ = try Self.make(5, at: path)
        func sessions(_ database: Database) throws -> [[String]] {
            try database.rows(
                "SELECT hex(id), methods, CAST(authenticated_at AS TEXT) FROM sessions ORDER BY id"
            ) { (row) throws(SQLiteError) in
                [
                    try row.text(0), try row.text(1),
                    try row.optional(2) { (row) throws(SQLiteError) in try row.text(2) } ?? "",
                ]
            }
        }
        let before = try sessions(Database(path: path, for: .inspecting))
        #expect(before.contains { $0[2].isEmpty } && before.contains { !$0[2].isEmpty })
        let database = try DatabaseOpener(path: path, schema: .current).open(migrating: true)
        #expect(try sessions(database) == before)
        let migrated = try database.rows(
            "SELECT \(Session.columns) FROM sessions", read: Session.init)
        #expect(migrated.allSatisfy { $0.factorAt == nil })
    }

    @Test func `factors stay as they are, and the record of events begins empty`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/main.db"
        _ = try Self.make(6, at: path)
        func factors(_ database: Database) throws -> [[String]] {
            try database.rows(
                "SELECT hex(id), kind, coalesce(hex(handle), ''), hex(data) FROM credentials"
                    + " ORDER BY key"
            ) { (row) throws(SQLiteError) in
                [try row.text(0), try row.text(1), try row.text(2), try row.text(3)]
            }
        }
        let before = try factors(Database(path: path, for: .inspecting))
        #expect(Set(before.map { $0[1] }) == ["password", "totp", "recovery", "passkey"])
        let database = try DatabaseOpener(path: path, schema: .current).open(migrating: true)
        #expect(try factors(database) == before)
        let sessions = try database.rows(
            "SELECT \(Session.columns) FROM sessions", read: Session.init)
        #expect(sessions.contains { $0.factorAt != nil })
        for table in ["events", "audit_chain", "audit_keys", "audit_checkpoints"] {
            #expect(try database.integer("SELECT count(*) FROM \(table)") == 0)
        }
    }

    @Test func `events stay what they were, with their chain, and are listed`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/main.db"
        _ = try Self.make(7, at: path)
        func events(_ database: Database) throws -> [[String]] {
            try database.rows(
                """
                SELECT quote(key), quote(id), quote(time), kind, actor, quote(actor_account),
                    quote(actor_key), quote(actor_user), quote(subject), quote(object), quote(client),
                    quote(client_commitment), quote(details), quote(details_commitment), quote(mac),
                    quote(number), quote(link)
                FROM events ORDER BY key
                """
            ) { (row) throws(SQLiteError) in
                var values: [String] = []
                for column in 0..<17 as Range<Int32> { values.append(try row.text(column)) }
                return values
            }
        }
        let before = try events(Database(path: path, for: .inspecting))
        let database = try DatabaseOpener(path: path, schema: .current).open(migrating: true)
        #expect(try events(database) == before)

        let store = try Fixture(in: directory).store()
        // Newest first; those of one time in their order, also where the clock was set back.
        #expect(try store.events().map { $0.link?.number } == [nil, 3, 2, nil, 1])
        guard case .intact(let summary) = try store.verifyChain(with: ChainVerifier(.whole)) else {
            Issue.record("the chain is not intact")
            return
        }
        #expect(summary.count == 3 && summary.notLinked.count == 2)
        #expect(try store.unlinkedEventCount(upTo: 10) == 2)
    }

    @Test(arguments: 1..<Schema.current.version)
    func `a file whose schema does not match its version is damaged`(version: Int) throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/main.db"
        _ = try Self.make(version, at: path)
        try Database(path: path, for: .copying)
            .execute("PRAGMA user_version = \(Schema.current.version)")
        let error = #expect(throws: StorageError.self) {
            try DatabaseOpener(path: path, schema: .current).open(migrating: true)
        }
        guard case .corrupt(path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    /// Creates the database of an earlier version.
    ///
    /// - Returns: The number of rows of each table.
    private static func make(_ version: Int, at path: String) throws -> [String: Int64] {
        let tests = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let script = try #require(
            try DurableFile.read("/\(tests)/Schemas/schema-\(version).sql", limit: 1 << 20))
        try DurableFile.write([], to: path)
        let database = try Database(path: path, for: .copying)
        let lines = String(decoding: script, as: UTF8.self).split(separator: "\n")
        var statement = ""
        for line in lines {
            statement += line + "\n"
            guard line.hasSuffix(";") else { continue }
            try database.execute(statement)
            statement = ""
        }
        var rows: [String: Int64] = [:]
        for name in try Self.definitions(in: database).compactMap(\.table) {
            rows[name] = try database.integer("SELECT count(*) FROM \(name)")
        }
        return rows
    }

    private struct Definition: Hashable {
        /// The name of a table; nil for an index.
        var table: String?
        var words: [Substring]
    }

    private static func definitions(in database: Database) throws -> Set<Definition> {
        Set(
            try database.rows("SELECT type, name, coalesce(sql, name) FROM sqlite_schema") {
                (row) throws(SQLiteError) in
                Definition(
                    table: try row.text(0) == "table" ? try row.text(1) : nil,
                    words: try row.text(2).split { $0 == " " || $0 == "\n" })
            })
    }
}
