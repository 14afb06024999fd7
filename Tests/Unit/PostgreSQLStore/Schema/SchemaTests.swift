import TestSupport
import Testing

@testable import PostgreSQLStore

@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct SchemaTests {
    private let database: PostgreSQLDatabase

    init() throws {
        database = try PostgreSQLServer.shared().makeDatabase()
    }

    /// A schema of one table more than the first step of the present one.
    private func next(oldestProgram: Int) -> Schema {
        let second = Migration(
            version: 2, oldestProgram: oldestProgram,
            statements: ["CREATE TABLE later (id uuid PRIMARY KEY)"])
        return Schema(migrations: Array(Schema.current.migrations.prefix(1)) + [second])
    }

    private var tables: Set<String> {
        get throws {
            let names = try database.execute(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
            return Set(names.split(separator: "\n").map(String.init))
        }
    }

    private func failure(_ body: () throws(SchemaError) -> Void) -> SchemaError? {
        do {
            try body()
            return nil
        } catch {
            return error
        }
    }

    @Test func `an empty database gets its tables, whether or not migrations run by themselves`()
        throws
    {
        let connection = try database.connect()
        #expect(
            try Schema.current.pending(in: connection) == Schema.current.migrations.map(\.version))
        try Schema.current.prepare(connection, migrating: false)
        #expect(try tables.isSuperset(of: ["accounts", "sessions", "events", "schema_version"]))
        #expect(try Schema.current.pending(in: connection) == [])
        try Schema.current.prepare(connection, migrating: false)
    }

    @Test func `steps are numbered without gaps, and name no program that is later than they are`()
    {
        let migrations = Schema.current.migrations
        #expect(migrations.map(\.version) == Array(1...migrations.count))
        #expect(migrations.allSatisfy { (1...$0.version).contains($0.oldestProgram) })
        for (former, next) in zip(migrations, migrations.dropFirst()) {
            #expect(former.oldestProgram <= next.oldestProgram)
        }
    }

    @Test func `the types of columns are those that other engines have`() throws {
        try Schema.current.prepare(database.connect(), migrating: true)
        let types = try database.execute(
            """
            SELECT DISTINCT data_type FROM information_schema.columns
            WHERE table_schema = 'public' ORDER BY data_type
            """)
        #expect(types == "bigint\nboolean\nbytea\ntext\nuuid")
        let others = try database.execute(
            """
            SELECT (SELECT count(*) FROM pg_sequences) + (SELECT count(*) FROM pg_trigger
                WHERE NOT tgisinternal)
                + (SELECT count(*) FROM pg_extension WHERE extname <> 'plpgsql')
            """)
        #expect(others == "0")
    }

    @Test func `of ten daemons that start at once one migrates`() throws {
        let database = database
        let outcomes = try inParallel(10) { _ in
            (try? Schema.current.prepare(database.connect(), migrating: true)) != nil
        }
        #expect(outcomes.allSatisfy { $0 })
        #expect(
            try database.execute("SELECT version FROM schema_version")
                == "\(Schema.current.version)")
    }

    @Test func `an older schema is migrated, or refused where migrations do not run by themselves`()
        throws
    {
        let connection = try database.connect()
        try Schema.current.prepare(connection, migrating: true)
        let next = next(oldestProgram: 1)
        #expect(
            failure { () throws(SchemaError) in try next.prepare(connection, migrating: false) }
                == .pending(from: 1, to: 2))
        #expect(try !tables.contains("later"))
        try next.prepare(connection, migrating: true)
        #expect(try tables.contains("later"))
    }

    @Test func `a program runs on a newer schema that keeps what it uses`() throws {
        let connection = try database.connect()
        try next(oldestProgram: 1).prepare(connection, migrating: true)
        try Schema.current.prepare(connection, migrating: true)
        #expect(try database.execute("SELECT version FROM schema_version") == "2")
    }

    @Test func `a newer schema that removed what the program uses is refused with words`() throws {
        let connection = try database.connect()
        try next(oldestProgram: 2).prepare(connection, migrating: true)
        let error = failure { () throws(SchemaError) in
            try Schema.current.prepare(connection, migrating: true)
        }
        #expect(error == .newer(found: 2, needs: 2, known: 1))
        #expect(error?.description.contains("run a newer lunauth") == true)
    }

    @Test func `a step that fails leaves the steps before it and nothing of its own`() throws {
        let broken = Migration(
            version: 2, oldestProgram: 1,
            statements: [
                "CREATE TABLE later (id uuid PRIMARY KEY)", "CREATE TABLE accounts (id uuid)",
            ])
        let schema = Schema(migrations: Array(Schema.current.migrations.prefix(1)) + [broken])
        let connection = try database.connect()
        let error = failure { () throws(SchemaError) in
            try schema.prepare(connection, migrating: true)
        }
        var isRefused = false
        if case .database(let fault) = error { isRefused = fault.state == SQLState("42P07") }
        #expect(isRefused, "\(error as Any)")
        #expect(try tables.contains("accounts") && !tables.contains("later"))
        #expect(try database.execute("SELECT version FROM schema_version") == "1")
        try Schema.current.prepare(connection, migrating: true)
    }

    @Test func `views, as an extension leaves some, are no tables of something else`() throws {
        try database.execute("CREATE VIEW statements AS SELECT 1 AS calls")
        try Schema.current.prepare(database.connect(), migrating: true)
        #expect(try tables.isSuperset(of: ["accounts", "statements"]))
    }

    @Test func `a database of something else is refused and stays as it is`() throws {
        try database.execute("CREATE TABLE accounts (id int)")
        let connection = try database.connect()
        #expect(
            failure { () throws(SchemaError) in
                try Schema.current.prepare(connection, migrating: true)
            } == .foreign)
        #expect(try tables == ["accounts"])
    }
}
