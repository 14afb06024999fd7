import StoreSupport
import TestSupport
import Testing

@testable import SQLiteStore

/// What moves to another database, compared with what there is.
struct StoredTableTests {
    /// A column of the schema.
    private struct Found: Hashable {
        let table: String
        let name: String
        let type: String
        let isOptional: Bool
    }

    private func columns() throws -> Set<Found> {
        let database = try Database(path: ":memory:", for: .copying)
        try Schema.current.migrate(database)
        return Set(
            try database.rows(
                """
                SELECT tables.name, columns.name, columns.type, columns."notnull" OR columns.pk > 0
                FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
                WHERE tables.type = 'table' AND tables.name NOT GLOB 'sqlite_*'
                """
            ) { (row) throws(SQLiteError) in
                Found(
                    table: try row.text(0), name: try row.text(1), type: try row.text(2),
                    isOptional: try row.integer(3) == 0)
            })
    }

    private func type(of kind: StoredKind) -> String {
        switch kind {
        case .boolean, .integer: "INTEGER"
        case .text: "TEXT"
        case .bytes, .id: "BLOB"
        }
    }

    @Test func `every column of every table moves, but for those that are known to stay`() throws {
        var expected: Set<Found> = []
        for table in StoredTable.all {
            for column in table.columns {
                expected.insert(
                    Found(
                        table: table.name, name: column.name, type: type(of: column.kind),
                        isOptional: column.isOptional))
            }
        }
        let found = try columns().filter { !StoredTable.excluded.contains($0.table) }
        let missing = found.subtracting(expected).map { "\($0.table).\($0.name)" }
        let others = expected.subtracting(found).map { "\($0.table).\($0.name)" }
        // Numbers of rows are given again, in the same order; an account is referred to by its number; an absent
        // time is that of the creation; a row that is copied is in all indexes.
        let numbers = [
            "accounts", "api_keys", "audit_checkpoints", "challenges", "credentials", "events",
            "invites", "link_tokens", "mails", "notes", "recipient_mails", "sessions",
            "trusted_browsers", "unlocks",
        ]
        #expect(
            Set(missing)
                == Set(
                    numbers.map { "\($0).key" } + [
                        "account_terms.account_key", "events.listed", "sessions.authenticated_at",
                    ]))
        // Computed from the password.
        #expect(
            Set(others) == [
                "account_terms.account_id", "credentials.cost", "sessions.authenticated_at",
            ])
    }
}
