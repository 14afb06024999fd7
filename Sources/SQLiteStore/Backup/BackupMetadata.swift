import Auth

/// What a backup says of itself, in rows of `meta` that no database in use has.
struct BackupMetadata: Equatable {
    /// When it was made.
    let madeAt: Timestamp
    /// The content of `setup.json` at that time; nil when there was none.
    let setup: [UInt8]?

    private enum Name: String, CaseIterable {
        case madeAt = "backup_made_at"
        case setup = "backup_setup"
    }

    /// Writes it into a database.
    ///
    /// - Throws: Any fault of SQLite.
    func set(in database: Database) throws(SQLiteError) {
        try Self.remove(from: database)
        try Self.write(.madeAt, "\(madeAt.milliseconds)", to: database)
        if let setup {
            try Self.write(.setup, String(decoding: setup, as: UTF8.self), to: database)
        }
    }

    /// Whether a database is a backup, or a copy of one that was not restored.
    ///
    /// - Throws: Any fault of SQLite.
    static func isSet(in database: Database) throws(SQLiteError) -> Bool {
        try value(.madeAt, in: database) != nil
    }

    /// What stands in a database; nil when it is no backup.
    ///
    /// - Throws: Any fault of SQLite.
    init?(in database: Database) throws(SQLiteError) {
        guard let time = try Self.value(.madeAt, in: database) else { return nil }
        guard let milliseconds = Int64(time) else { throw .unreadable("time of the backup") }
        madeAt = Timestamp(milliseconds: milliseconds)
        setup = try Self.value(.setup, in: database).map { Array($0.utf8) }
    }

    /// A mark from its parts.
    init(madeAt: Timestamp, setup: [UInt8]?) {
        self.madeAt = madeAt
        self.setup = setup
    }

    /// Removes it.
    ///
    /// - Throws: Any fault of SQLite.
    static func remove(from database: Database) throws(SQLiteError) {
        for name in Name.allCases {
            try database.execute("DELETE FROM meta WHERE name = ?", .text(name.rawValue))
        }
    }

    private static func write(
        _ name: Name, _ value: String, to database: Database
    ) throws(SQLiteError) {
        try database.execute(
            "INSERT INTO meta (name, value) VALUES (?, ?)", .text(name.rawValue), .text(value))
    }

    private static func value(
        _ name: Name, in database: Database
    ) throws(SQLiteError) -> String? {
        try database.first("SELECT value FROM meta WHERE name = ?", .text(name.rawValue)) {
            (row) throws(SQLiteError) in try row.text(0)
        }
    }
}
