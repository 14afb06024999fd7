import StoreSupport
import TestSupport
import Testing

@testable import PostgreSQLStore

/// What moves to another database, compared with what there is.
@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct StoredTableTests {
    private func name(of kind: StoredKind) -> String {
        switch kind {
        case .boolean: "boolean"
        case .integer: "bigint"
        case .text: "text"
        case .bytes: "bytea"
        case .id: "uuid"
        }
    }

    @Test func `every column of every table moves, but for those that are known to stay`() throws {
        let database = try PostgreSQLServer.shared().makeDatabase()
        try Schema.current.prepare(database.connect(), migrating: true)
        let lines = try database.execute(
            """
            SELECT table_name || '.' || column_name, data_type, is_nullable
            FROM information_schema.columns WHERE table_schema = 'public'
            """)
        let found = Set(
            lines.split(separator: "\n").map(String.init).filter { line in
                !StoredTable.excluded.contains { line.hasPrefix("\($0).") }
            })
        let expected = Set(
            StoredTable.all.flatMap { table in
                table.columns.map { column in
                    "\(table.name).\(column.name)|\(name(of: column.kind))|"
                        + (column.isOptional ? "YES" : "NO")
                }
            })
        #expect(expected.subtracting(found) == [])
        let staying = found.subtracting(expected).map { $0.prefix { $0 != "|" } }
        // Times of insertion, of which the order alone counts; ids that SQLite does without; claims of daemons;
        // what tells other daemons of a change.
        let ordered = StoredTable.all.filter { $0.order == .insertion }.map { "\($0.name).key" }
        #expect(
            Set(staying.map(String.init))
                == Set(
                    ordered + [
                        "audit_checkpoints.id", "notes.id", "recipient_mails.id", "unlocks.id",
                        "mails.claimed_by", "mails.claim_ends_at", "failed_logins.updated_at",
                        "failed_logins.cleared_at",
                    ]))
    }
}
