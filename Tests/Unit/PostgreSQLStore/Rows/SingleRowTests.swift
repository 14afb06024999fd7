import TestSupport
import Testing

@testable import PostgreSQLStore

@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct SingleRowTests {
    @Test func `a table of one row is read by its key`() throws {
        let database = try PostgreSQLServer.shared().makeDatabase()
        let connection = try database.connect()
        try Schema.current.prepare(connection, migrating: true)
        _ = try (connection.auditKeys(), connection.chainHead(), connection.dataKey())
        for table in ["audit_keys", "audit_chain", "data_key"] {
            let statement = try connection.first(
                """
                SELECT statement FROM pg_prepared_statements
                WHERE statement LIKE '%FROM ' || $1 || ' %' AND statement LIKE 'SELECT %'
                """, .text(table)
            ) { (row) throws(PostgreSQLError) in try row.text(0) }
            let plan = try connection.rows("EXPLAIN \(try #require(statement))") {
                (row) throws(PostgreSQLError) in try row.text(0)
            }
            #expect(plan.first?.hasPrefix("Index Scan") == true, "\(table): \(plan)")
        }
    }
}
