import TestSupport
import Testing

/// The server that the tests start.
@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct PostgreSQLServerTests {
    @Test func `each test has a database of its own, a copy of another`() throws {
        let server = try PostgreSQLServer.shared()
        let template = try server.makeDatabase()
        try template.execute("CREATE TABLE numbers (number int)", "INSERT INTO numbers VALUES (1)")
        let copies = try (0..<2).map { _ in try server.makeDatabase(from: template) }
        try copies[0].execute("INSERT INTO numbers VALUES (2)")
        let read = try ([template] + copies).map {
            try $0.execute("SELECT number FROM numbers ORDER BY number")
        }
        #expect(read == ["1", "1\n2", "1"])
    }

    @Test func `a statement that the server refuses fails the test`() throws {
        let database = try PostgreSQLServer.shared().makeDatabase()
        let failure = #expect(throws: PostgreSQLFailure.self) {
            try database.execute("SELECT nothing")
        }
        #expect(failure?.description.contains("does not exist") == true)
    }
}
