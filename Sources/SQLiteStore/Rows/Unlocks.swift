import Auth

/// Accounts whose failed logins are to be cleared, as rows that the process that counts them handles.
///
/// The command line cannot reach the counts in the memory of a server; the server finds the row, and
/// removes it once nothing of the counts is written down any more.
struct Unlocks {
    /// The most that are carried out at once.
    private static let batch: Int64 = 256

    /// Whose.
    let emails: [Email]
    /// The keys of the rows, ascending.
    private let keys: [Int64]

    /// The oldest of those that wait.
    ///
    /// - Parameter database: Any connection.
    /// - Throws: Any fault of SQLite.
    init(in database: Database) throws(SQLiteError) {
        let rows = try database.rows(
            """
            SELECT unlocks.key, email FROM unlocks JOIN accounts ON accounts.id = account_id
            ORDER BY unlocks.key LIMIT ?
            """, .integer(Self.batch)
        ) { (row) throws(SQLiteError) in (key: try row.integer(0), email: try row.email(1)) }
        emails = rows.map(\.email)
        keys = rows.map(\.key)
    }

    /// Whether there may be more.
    var isFull: Bool { keys.count == Int(Self.batch) }

    /// Removes the rows, which were carried out.
    ///
    /// - Parameter database: The writer's connection, without a transaction.
    /// - Throws: Any fault of SQLite.
    func remove(from database: Database) throws(SQLiteError) {
        guard let last = keys.last else { return }
        try database.execute("DELETE FROM unlocks WHERE key <= ?", .integer(last))
    }

    /// Adds a row.
    ///
    /// - Parameters:
    ///   - account: Whose.
    ///   - database: The writer's connection.
    /// - Throws: Any fault of SQLite.
    static func add(_ account: Account, to database: Database) throws(SQLiteError) {
        try database.execute("INSERT INTO unlocks (account_id) VALUES (?)", .id(account.id))
    }
}
