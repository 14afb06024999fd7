/// What commands leave for the log of the server that runs beside them.
enum Notes {
    /// Takes all notes, oldest first; writes nothing where there are none.
    ///
    /// - Throws: Any fault of SQLite; then they stay.
    static func take(from database: Database) throws(SQLiteError) -> [String] {
        guard try database.integer("SELECT EXISTS (SELECT 1 FROM notes)") != 0 else { return [] }
        var notes: [String] = []
        try database.transaction { () throws(SQLiteError) in
            notes = try database.rows("SELECT text FROM notes ORDER BY key") {
                (row) throws(SQLiteError) in try row.text(0)
            }
            try database.execute("DELETE FROM notes")
        }
        return notes
    }
}
