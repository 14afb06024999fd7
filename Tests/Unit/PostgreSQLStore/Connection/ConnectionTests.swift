import Crypto
import System
import TestSupport
import Testing

@testable import PostgreSQLStore

@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct ConnectionTests {
    private let database: PostgreSQLDatabase
    private let connection: Connection

    init() throws {
        database = try PostgreSQLServer.shared().makeDatabase()
        connection = try database.connect()
    }

    private func connect(_ pooling: Connection.Pooling) throws -> Connection {
        try Connector(
            to: try DatabaseAddress(parsing: database.address), password: nil,
            settings: .init(pooling: pooling)
        ).open()
    }

    @Test func `a commit whose last statement is refused leaves no transaction open`() throws {
        try connection.execute("CREATE TABLE numbers (number bigint PRIMARY KEY)")
        let insertion = Query("INSERT INTO numbers VALUES (1)")
        connection.begin(.readCommitted)
        try connection.execute("INSERT INTO numbers VALUES (2)")
        try connection.commit(after: [insertion])
        connection.begin(.readCommitted)
        try connection.execute("INSERT INTO numbers VALUES (3)")
        #expect(throws: PostgreSQLError.self) { try connection.commit(after: [insertion]) }
        #expect(!connection.isInTransaction && connection.isUsable)
        #expect(try connection.integer("SELECT CAST(sum(number) AS bigint) FROM numbers") == 3)
        #expect(
            try database.execute(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND state LIKE 'idle in transaction%'
                """) == "0")
    }

    @Test func `values of every type are read as they were bound`() throws {
        let id = UUID.random()
        let sql = """
            SELECT CAST($1 AS uuid), CAST($2 AS bigint), CAST($3 AS text), CAST($4 AS bytea),
                CAST($5 AS boolean), CAST($6 AS text), CAST(-7 AS smallint), CAST(-8 AS integer)
            """
        let isRead = try connection.first(
            sql, .uuid(id), .integer(.min), .text("é, \"x\""), .bytes([]), .boolean(true), .null
        ) { (row) throws(PostgreSQLError) in
            let numbers = [try row.integer(1), try row.integer(6), try row.integer(7)]
            let text = try row.text(2)
            let isEmpty = try row.bytes(3).isEmpty
            let flag = try row.boolean(4)
            let isNull = try row.optionalText(5) == nil && row.isNull(5)
            return try row.uuid(0) == id && numbers == [.min, -7, -8] && text == "é, \"x\""
                && isEmpty && flag && isNull
        }
        #expect(isRead == true)
    }

    @Test func `arrays stand for sets of values`() throws {
        let ids = (0..<3).map { _ in UUID.random() }
        let found = try connection.rows(
            "SELECT id FROM unnest($1) AS given (id) WHERE id = ANY($2)", .uuids(ids),
            .uuids([ids[2], ids[0]])
        ) { (row) throws(PostgreSQLError) in try row.uuid(0) }
        #expect(Set(found) == [ids[0], ids[2]])
        #expect(
            try connection.integer(
                """
                SELECT count(*) FROM unnest(CAST($1 AS text[]), CAST($2 AS bigint[]),
                    CAST($3 AS bytea[])) AS given (name, number, octets)
                WHERE octets = '' AND number = 2 AND name = ''
                """, .texts(["a", ""]), .integers([1, 2]), .byteArrays([[1], []])) == 1)
    }

    @Test(arguments: ["'x'", "NULL", "1.5", "now()"])
    func `a column of another type is an error`(expression: String) throws {
        let error = try #require(throws: PostgreSQLError.self) {
            try connection.integer("SELECT \(expression)")
        }
        #expect(error.kind == .unreadable)
        #expect(connection.isUsable)
    }

    @Test func `an error is that of its statement, quotes no value and spoils nothing`() throws {
        try connection.execute("CREATE TABLE names (name text CONSTRAINT one_name UNIQUE)")
        try connection.execute("INSERT INTO names VALUES ($1)", .text("secret"))
        let duplicate = try #require(throws: PostgreSQLError.self) {
            try connection.execute("INSERT INTO names VALUES ($1)", .text("secret"))
        }
        #expect(duplicate.isUniqueViolation)
        #expect(duplicate.constraint == "one_name")
        #expect(!duplicate.description.contains("secret"))
        let malformed = try #require(throws: PostgreSQLError.self) {
            try connection.execute("SELECT CAST($1 AS bigint)", .text("secret"))
        }
        #expect(malformed.state == SQLState("22P02"))
        #expect(!malformed.description.contains("secret"))
        #expect(try connection.integer("SELECT count(*) FROM names") == 1)
    }

    @Test func `statements that are sent together are done together or not at all`() throws {
        try connection.execute("CREATE TABLE numbers (number bigint)")
        let insert = Query("INSERT INTO numbers VALUES ($1)", [.integer(1)])
        #expect(
            try connection.execute([insert, Query("UPDATE numbers SET number = 2")]) == [1, 1])
        #expect(throws: PostgreSQLError.self) {
            try connection.execute([insert, Query("SELECT 1 / 0"), Query("DELETE FROM numbers")])
        }
        #expect(try connection.integer("SELECT count(*) FROM numbers") == 1)
    }

    @Test func `a statement is prepared once`() throws {
        for number in Int64(0)..<3 { _ = try connection.integer("SELECT $1", .integer(number)) }
        let prepared = try connection.integer(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT $1'")
        #expect(prepared == 1)
    }

    @Test func `a statement that cannot be prepared is tried again`() throws {
        #expect(throws: PostgreSQLError.self) { try connection.integer("SELECT 1 FROM late") }
        try connection.execute("CREATE TABLE late ()")
        try connection.execute("INSERT INTO late DEFAULT VALUES")
        #expect(try connection.integer("SELECT 1 FROM late") == 1)
    }

    @Test func `where sessions are pooled nothing is left in one`() throws {
        let pooled = try connect(.transaction)
        pooled.deadline = .soon
        for _ in 0..<2 {
            try pooled.transaction(.serializable) { () throws(PostgreSQLError) in
                let timeout = try pooled.first("SELECT current_setting('statement_timeout')") {
                    (row) throws(PostgreSQLError) in try row.text(0)
                }
                #expect(timeout == "5s")
            }
        }
        #expect(try pooled.integer("SELECT count(*) FROM pg_prepared_statements") == 0)
        // By another client: each statement of this one has the settings for itself.
        let seen = try pooled.integer(
            "SELECT count(*) FROM pg_settings WHERE name = 'enable_seqscan' AND setting = 'off'")
        #expect(seen == 1)
    }

    @Test(arguments: [
        ("statement_timeout", "5s"), ("idle_in_transaction_session_timeout", "10s"), ("jit", "off"),
        ("enable_seqscan", "off"), ("client_connection_check_interval", "500ms"),
        ("synchronous_commit", "on"), ("client_encoding", "UTF8"), ("application_name", "lunauth"),
    ])
    func `a session has its settings`(name: String, value: String) throws {
        let found = try connection.first("SELECT current_setting($1)", .text(name)) {
            (row) throws(PostgreSQLError) in try row.text(0)
        }
        #expect(found == value)
    }

    @Test func `a commit waits for the disk whatever the role's default is`() throws {
        try database.execute(
            "ALTER DATABASE \(database.name) SET synchronous_commit = off")
        let value = try database.connect().first("SELECT current_setting('synchronous_commit')") {
            (row) throws(PostgreSQLError) in try row.text(0)
        }
        #expect(value == "on")
    }

    @Test func `a server without replicas waits for none`() throws {
        #expect(try !connection.waitsForReplica())
    }

    @Test func `a deadline ends the wait, the connection and the statement`() throws {
        var own: Connection? = try database.connect()
        let process = try #require(try own?.integer("SELECT pg_backend_pid()"))
        own?.deadline = MonotonicClock.now() + 100_000_000
        let error = #expect(throws: PostgreSQLError.self) {
            try own?.execute("SELECT pg_sleep(600)")
        }
        #expect(error?.kind == .timedOut)
        #expect(own?.isUsable == false)
        own = nil
        #expect(
            try becomesTrue {
                try connection.integer(
                    "SELECT count(*) FROM pg_stat_activity WHERE pid = $1", .integer(process)) == 0
            })
    }

    @Test func `a session that the server ends is a lost connection`() throws {
        let process = try connection.integer("SELECT pg_backend_pid()")
        try database.execute("SELECT pg_terminate_backend(\(process))")
        #expect(becomesTrue { !connection.isAlive() })
        let error = try #require(throws: PostgreSQLError.self) {
            try connection.integer("SELECT 1")
        }
        #expect(error.kind == .connectionLost)
    }

    @Test func `a transaction is one with all its statements, or none`() throws {
        try connection.execute("CREATE TABLE numbers (number bigint)")
        connection.begin(.serializable, with: [Query("INSERT INTO numbers VALUES (1)")])
        try connection.execute("INSERT INTO numbers VALUES (2)")
        connection.rollBack()
        #expect(try connection.integer("SELECT count(*) FROM numbers") == 0)
        connection.begin(.serializable, with: [Query("INSERT INTO numbers VALUES (1)")])
        try connection.execute("INSERT INTO numbers VALUES (2)")
        try connection.commit()
        #expect(try connection.integer("SELECT count(*) FROM numbers") == 2)
    }

    @Test func `a transaction without a statement costs nothing`() throws {
        connection.begin(.serializable)
        try connection.commit()
        #expect(!connection.isInTransaction)
        #expect(try connection.integer("SELECT 1") == 1)
    }

    @Test func `a transaction in which a statement failed is never committed`() throws {
        try connection.execute("CREATE TABLE numbers (number bigint)")
        connection.begin(.serializable)
        try connection.execute("INSERT INTO numbers VALUES (1)")
        #expect(throws: PostgreSQLError.self) { try connection.execute("SELECT 1 / 0") }
        #expect(throws: PostgreSQLError.self) { try connection.commit() }
        #expect(try connection.integer("SELECT count(*) FROM numbers") == 0)
    }

    @Test func `a server that only reads is passed over`() throws {
        try database.execute(
            "ALTER DATABASE \(database.name) SET default_transaction_read_only = on")
        let error = #expect(throws: PostgreSQLError.self) { try connect(.session) }
        #expect(error?.kind == .unreachable)
        #expect(error?.message.contains("read-only") == true)
    }

    @Test func `notifications arrive in order, those of other channels do not`() throws {
        try connection.listen(to: "changes")
        try database.execute(
            "NOTIFY changes, 'one'", "NOTIFY other", "NOTIFY changes")
        var notifications: [Notification] = []
        #expect(
            try becomesTrue {
                notifications += try connection.takeNotifications()
                return notifications.count == 2
            })
        #expect(notifications.map(\.channel) == ["changes", "changes"])
        #expect(notifications.map(\.payload) == ["one", ""])
        // The session is as good for statements as before.
        #expect(try connection.integer("SELECT 1") == 1)
        #expect(try connection.takeNotifications().isEmpty)
    }

    @Test func `a session that ended listens no longer, and says so`() throws {
        try connection.listen(to: "changes")
        let process = try connection.integer("SELECT pg_backend_pid()")
        try database.execute("SELECT pg_terminate_backend(\(process), 10000)")
        let error = #expect(throws: PostgreSQLError.self) { try connection.takeNotifications() }
        #expect(error?.kind == .connectionLost)
    }

    @Test func `a library that is absent is named`() {
        guard case .failure(let error) = LibPQ.load("libnone.so.5") else {
            Issue.record("it was loaded")
            return
        }
        #expect(error.kind == .libraryMissing)
        #expect(error.message.contains("libnone.so.5"))
    }

    @Test func `a library that lacks a function is named with it`() {
        guard case .failure(let error) = LibPQ.load("libm.so.6") else {
            Issue.record("it was loaded")
            return
        }
        #expect(error.message.contains("libm.so.6 has no PQ"))
    }
}

extension UInt64 {
    /// A deadline that no test reaches, in nanoseconds of the monotonic clock.
    static var soon: UInt64 { MonotonicClock.now() + 60_000_000_000 }
}
