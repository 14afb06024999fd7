/// One numbered step of the schema.
///
/// It is never edited once it was released: the next one is added.
struct Migration: Sendable {
    /// Counts from 1 without gaps; `PRAGMA user_version` after it ran.
    let version: Int
    /// Run in order, in one transaction.
    let statements: [String]
    /// What statements cannot say, in the same transaction after them.
    ///
    /// However many rows there are, it holds a bounded number of them in memory.
    var completion: (@Sendable (Database) throws(SQLiteError) -> Void)?
}

/// The schema, as the steps that lead to it.
struct Schema: Sendable {
    /// All steps, by version.
    let migrations: [Migration]
    /// The digest of the definitions that a database has after all of them, in hexadecimal; nil where it is not
    /// known.
    var digest: String?

    /// The schema of this version of the program.
    static let current = Schema(
        migrations: [.first, .second, .third, .fourth, .fifth, .sixth, .seventh, .eighth],
        digest: "cd8df728ce684f75d9d53574d42f7de97d7ffbbcbede86615e8e8e714c451fc5")

    /// The number of the last step.
    var version: Int { migrations.last?.version ?? 0 }

    /// The steps that a database lacks.
    ///
    /// - Parameter database: Any; a new one lacks all of them.
    /// - Returns: Their numbers, ascending.
    /// - Throws: Any fault of SQLite.
    func pending(in database: Database) throws(SQLiteError) -> [Int] {
        let present = try Self.version(of: database)
        return migrations.map(\.version).filter { $0 > present }
    }

    /// Runs the steps that a database lacks, each in its transaction.
    ///
    /// - Throws: Any fault of SQLite. The steps before the one that failed remain.
    func migrate(_ database: Database) throws(SQLiteError) {
        for migration in migrations {
            try database.transaction { () throws(SQLiteError) in
                // Read under the write lock: another process may have run it meanwhile.
                guard try Self.version(of: database) < migration.version else { return }
                for statement in migration.statements { try database.execute(statement) }
                try migration.completion?(database)
                try database.execute("PRAGMA user_version = \(migration.version)")
            }
        }
    }

    /// The number of the last step that a database has seen.
    ///
    /// - Throws: Any fault of SQLite.
    static func version(of database: Database) throws(SQLiteError) -> Int {
        Int(try database.integer("PRAGMA user_version"))
    }

    /// Marks our files in the header: `luna`.
    static let applicationID: Int64 = 0x6C75_6E61

    /// Whether a database is lunauth's, of any version.
    ///
    /// - Throws: Any fault of SQLite.
    static func isOurs(_ database: Database) throws(SQLiteError) -> Bool {
        try database.integer("PRAGMA application_id") == applicationID
    }
}
