/// The content of `setup.json` as the database keeps it too: from here a lost file is made again, and a
/// running server learns what another process changed.
enum RecordRow {
    private static let name = "setup"

    /// Writes it.
    ///
    /// - Throws: Any fault of SQLite.
    static func write(_ content: [UInt8], to database: Database) throws(SQLiteError) {
        try database.execute(
            "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", .text(name),
            .text(String(decoding: content, as: UTF8.self)))
    }

    /// Reads it.
    ///
    /// - Returns: Nil where there is none.
    /// - Throws: Any fault of SQLite.
    static func read(from database: Database) throws(SQLiteError) -> [UInt8]? {
        try database.first("SELECT value FROM meta WHERE name = ?", .text(name)) {
            (row) throws(SQLiteError) in Array(try row.text(0).utf8)
        }
    }
}
