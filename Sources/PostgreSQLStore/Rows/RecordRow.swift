import Auth
import StoreSupport

/// What setup and later changes stored, in the database that all daemons have in common.
enum RecordRow {
    /// Writes it.
    ///
    /// - Throws: Any fault.
    static func write(_ content: [UInt8], to database: Connection) throws(PostgreSQLError) {
        try database.execute(
            """
            INSERT INTO meta (name, value) VALUES ('setup', $1)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """, .text(String(decoding: content, as: UTF8.self)))
    }

    /// Reads it.
    ///
    /// - Returns: Nil where there is none.
    /// - Throws: Any fault.
    static func read(from database: Connection) throws(PostgreSQLError) -> [UInt8]? {
        try database.first("SELECT value FROM meta WHERE name = 'setup'") {
            (row) throws(PostgreSQLError) in Array(try row.text(0).utf8)
        }
    }
}

extension PostgreSQLTransaction {
    /// What setup stored.
    func record() throws(AuthError) -> [UInt8]? { try run(RecordRow.read(from: database)) }

    /// Replaces what setup stored.
    func saveRecord(_ content: [UInt8]) throws(AuthError) {
        try run(RecordRow.write(content, to: database))
        changes.replacesSetup = true
    }
}
