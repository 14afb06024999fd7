/// What commands leave for the log of the daemons.
enum Notes {
    /// Takes all notes that no other daemon takes at the same time, oldest first.
    ///
    /// - Throws: Any fault; then they stay.
    static func take(from database: Connection) throws(PostgreSQLError) -> [String] {
        let notes = try database.rows(
            """
            DELETE FROM notes WHERE id IN (SELECT id FROM notes FOR UPDATE SKIP LOCKED)
            RETURNING key, text
            """
        ) { (row) throws(PostgreSQLError) in (key: try row.integer(0), text: try row.text(1)) }
        return notes.sorted { $0.key < $1.key }.map(\.text)
    }
}
