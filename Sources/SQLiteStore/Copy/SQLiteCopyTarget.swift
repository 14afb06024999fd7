public import Auth
public import StoreSupport
import System

/// A new database in a file, filled from another one; it gets its name when it is complete.
///
/// Confined to one thread.
public final class SQLiteCopyTarget: CopyTarget {
    private let database: Database
    private let path: String
    /// The statements of the indexes, which are made when all rows are there: one that grows with its table is
    /// written again and again.
    private let indexes: [String]

    /// Begins to fill a database.
    private init(_ path: String) throws(StorageError) {
        self.path = path
        do throws(SQLiteError) {
            database = try Database(path: path, for: .copying)
            let found = try database.rows(
                "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
            ) { (row) throws(SQLiteError) in (name: try row.text(0), sql: try row.text(1)) }
            indexes = found.map(\.sql)
            try database.execute("BEGIN IMMEDIATE")
            for index in found { try database.execute("DROP INDEX \(index.name)") }
        } catch {
            throw StorageError(error, path: path)
        }
    }

    /// See the protocol.
    public func append(_ rows: [[StoredValue]], to table: StoredTable) throws {
        let (insertion, inserted) = (table.insertion, table.inserted)
        try reporting { () throws(SQLiteError) in
            for row in rows {
                try database.execute(insertion, with: inserted.map { SQLValue(row[$0]) })
            }
        }
    }

    /// See the protocol.
    public func read(_ table: StoredTable, _ body: ([[StoredValue]]) throws -> Void) throws {
        do {
            try database.read(table, body)
        } catch let error as SQLiteError {
            throw StorageError(error, path: path)
        }
    }

    private func finish() throws(StorageError) {
        try reporting { () throws(SQLiteError) in
            for index in indexes { try database.execute(index) }
            try database.execute("COMMIT")
        }
    }

    private func reporting(_ body: () throws(SQLiteError) -> Void) throws(StorageError) {
        do {
            try body()
        } catch {
            throw StorageError(error, path: path)
        }
    }

    /// A database that is complete, looked through from end to end.
    static func make(
        for path: String, _ fill: (SQLiteCopyTarget) throws -> Void,
        _ complete: (Database) throws(SQLiteError) -> Void
    ) throws -> VerifiedCopy {
        let copy = try VerifiedCopy.empty(for: path)
        let target = try SQLiteCopyTarget(copy.path)
        try fill(target)
        try target.finish()
        try copy.change(complete)
        return copy
    }
}

extension SQLiteCopyTarget {
    /// Makes the database of a server.
    ///
    /// A crash leaves what was there before, or the complete database.
    /// - Parameters:
    ///   - path: Its file; the caller holds the `DirectoryLock`. A database without accounts may be there: it stays
    ///     under another name.
    ///   - setup: The new `setup.json`, whose content is in the database, too; nil leaves what is there.
    ///   - now: The present time.
    ///   - fill: Copies everything.
    /// - Throws: `occupied`, `foreign`, `locked`, `io`, and what `fill` throws.
    public static func make(
        at path: String, writing setup: Restore.SetupFile?, now: Timestamp,
        _ fill: (SQLiteCopyTarget) throws -> Void
    ) throws {
        try requireVacancy(of: path)
        TemporaryFile.removeStale(in: Path.directory(of: path), with: DatabaseFiles.companions)
        let copy = try make(for: path, fill) { (database) throws(SQLiteError) in
            if let setup { try RecordRow.write(setup.content, to: database) }
        }
        _ = try DatabaseSwap(of: path, at: now).run(with: copy.path, setup)
    }

    /// Refuses a place where something is that may be of use.
    ///
    /// - Throws: `occupied`, and what keeps the file from being opened.
    private static func requireVacancy(of path: String) throws(StorageError) {
        guard Path.exists(path) else { return }
        let opening = DatabaseOpener.present(path)
        let database = try opening.connect(for: .inspecting)
        let isVacant = try opening.reporting(
            database.integer("SELECT NOT EXISTS (SELECT 1 FROM accounts)"))
        let hasEvents =
            try opening.reporting(Schema.version(of: database)) < Migration.seventh.version
            ? 0 : try opening.reporting(database.integer("SELECT EXISTS (SELECT 1 FROM events)"))
        guard isVacant != 0, hasEvents == 0 else { throw .occupied(path: path) }
    }
}

extension Backup {
    /// Makes one of a database of another kind.
    ///
    /// - Parameters:
    ///   - file: Gets the backup when it is complete and was looked through; nothing is there otherwise.
    ///   - replaces: Whether what is there is replaced.
    ///   - setup: What setup stored.
    ///   - now: The present time.
    ///   - fill: Copies everything.
    /// - Returns: What is in it.
    /// - Throws: `exists`, `io`, and what `fill` throws.
    public static func make(
        at file: String, replacing replaces: Bool, setup: [UInt8]?, now: Timestamp,
        _ fill: (SQLiteCopyTarget) throws -> Void
    ) throws -> Backup {
        try prepare(file, replacing: replaces)
        let mark = BackupMetadata(madeAt: now, setup: setup)
        let copy = try SQLiteCopyTarget.make(for: file, fill) { (copy) throws(SQLiteError) in
            if let setup { try RecordRow.write(setup, to: copy) }
            try mark.set(in: copy)
        }
        return try finish(copy, at: file, replacing: replaces)
    }
}
