/// What setup writes into a database to tell other processes, and later setups, where it stands.
///
/// A server that uses a database removes both marks from it.
enum SetupMarker: String, CaseIterable {
    /// Stands in a database that setup has made and not yet put to use: what a crash leaves has it,
    /// and only that may be replaced by a later setup although it holds accounts.
    case unfinished = "unfinished_setup"
    /// Stands in a database that setup has moved the server away from: who opened it before must
    /// not write there any more, since it would never be read.
    case left = "left_by_setup"

    /// Marks a database.
    ///
    /// - Throws: Any fault of SQLite.
    func set(in database: Database) throws(SQLiteError) {
        try database.execute(
            "INSERT OR REPLACE INTO meta (name, value) VALUES (?, '')", .text(rawValue))
    }

    /// Whether a database has the mark.
    ///
    /// - Throws: Any fault of SQLite.
    func isSet(in database: Database) throws(SQLiteError) -> Bool {
        try database.integer(
            "SELECT EXISTS (SELECT 1 FROM meta WHERE name = ?)", .text(rawValue)) != 0
    }

    /// Removes all marks; writes nothing when there is none.
    ///
    /// - Throws: Any fault of SQLite.
    static func removeAll(from database: Database) throws(SQLiteError) {
        for mark in allCases where try mark.isSet(in: database) {
            try database.execute("DELETE FROM meta WHERE name = ?", .text(mark.rawValue))
        }
    }
}
