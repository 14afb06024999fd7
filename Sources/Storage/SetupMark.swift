/// Stands in a database that setup has made and not yet put to use.
///
/// What a crash leaves has it, and only that may be replaced by a later setup although it holds
/// accounts. A server that uses a database removes it.
enum SetupMark {
    private static let name = "unfinished_setup"

    /// Marks a database.
    ///
    /// - Throws: Any fault of SQLite.
    static func set(in database: Database) throws(SQLiteError) {
        try database.execute(
            "INSERT OR REPLACE INTO meta (name, value) VALUES (?, '')", .text(name))
    }

    /// Whether a database has the mark.
    ///
    /// - Throws: Any fault of SQLite.
    static func isSet(in database: Database) throws(SQLiteError) -> Bool {
        try database.integer("SELECT EXISTS (SELECT 1 FROM meta WHERE name = ?)", .text(name)) != 0
    }

    /// Removes the mark; writes nothing when there is none.
    ///
    /// - Throws: Any fault of SQLite.
    static func remove(from database: Database) throws(SQLiteError) {
        guard try isSet(in: database) else { return }
        try database.execute("DELETE FROM meta WHERE name = ?", .text(name))
    }
}
