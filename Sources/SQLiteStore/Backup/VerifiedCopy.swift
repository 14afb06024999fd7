import Glibc
import System

/// A whole database in a new file of its own, looked through from end to end before it is used.
///
/// The pages are copied as they are and not rewritten (as `VACUUM INTO` would): damage comes along,
/// is found in the copy, and refuses it.
struct VerifiedCopy: ~Copyable {
    /// A temporary name, beside that which the copy is to get; removed with this value.
    let path: String

    private let origin: String

    private init(_ path: String, of origin: String) {
        self.path = path
        self.origin = origin
    }

    /// Copies a database, which others may write to meanwhile.
    ///
    /// - Parameters:
    ///   - source: Opened by `DatabaseOpener.connect`.
    ///   - origin: Its file, for messages.
    ///   - destination: What the copy will be called.
    ///   - complete: Writes what the copy has beside what the source has.
    /// - Returns: The copy, complete and on the disk.
    /// - Throws: `corrupt` with the path of the source when the copy is not sound; `io`.
    static func make(
        of source: Database, at origin: String, for destination: String,
        _ complete: (Database) throws(SQLiteError) -> Void = { _ in }
    ) throws(StorageError) -> VerifiedCopy {
        let made = VerifiedCopy(TemporaryFile.name(beside: destination), of: origin)
        try StorageError.wrapping(DurableFile.write([], to: made.path))
        let counted = try made.fill(from: source)
        try made.change { (copy) throws(SQLiteError) in
            // It came with the source's kind; one file is to be all of it.
            try copy.setJournal(.rollback)
            guard try copy.rowsOfTables() == counted else {
                throw .unreadable("row, or one too many")
            }
            try complete(copy)
        }
        return made
    }

    /// Makes a database without rows, which is filled then.
    ///
    /// - Parameter destination: What it will be called.
    /// - Returns: Nothing but the schema.
    /// - Throws: `io`.
    static func empty(for destination: String) throws(StorageError) -> VerifiedCopy {
        let made = VerifiedCopy(TemporaryFile.name(beside: destination), of: destination)
        try StorageError.wrapping(DurableFile.write([], to: made.path))
        try made.change { (database) throws(SQLiteError) in try Schema.current.migrate(database) }
        return made
    }

    deinit {
        TemporaryFile.remove(path, with: DatabaseFiles.companions)
    }

    /// Changes the copy, and looks it through again.
    ///
    /// - Throws: `corrupt` with the path of the source; `io`.
    func change(_ body: (Database) throws(SQLiteError) -> Void) throws(StorageError) {
        let finding: Inspection
        do throws(SQLiteError) {
            let copy = try Database(path: path, for: .copying)
            try body(copy)
            finding = try copy.inspect(as: .current, within: nil)
        } catch {
            throw error.isDamage
                ? .corrupt(path: origin, detail: error.description)
                : StorageError(error, path: path)
        }
        if case .damaged(let detail) = finding { throw .corrupt(path: origin, detail: detail) }
        try StorageError.wrapping(DurableFile.synchronize(path))
    }

    /// Copies the pages of one snapshot.
    ///
    /// - Returns: The rows of each table, counted in that snapshot.
    private func fill(from source: Database) throws(StorageError) -> [String: Int64] {
        do throws(SQLiteError) {
            try source.execute("BEGIN")
            defer { source.rollBack() }
            let rows = try source.rowsOfTables()
            try source.copy(to: try Database(path: path, for: .copying))
            return rows
        } catch {
            throw StorageError(error, path: error.isDamage ? origin : path)
        }
    }
}

extension Database {
    /// How many rows each table has.
    ///
    /// - Throws: Any fault of SQLite.
    fileprivate func rowsOfTables() throws(SQLiteError) -> [String: Int64] {
        let names = try rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
        ) { (row) throws(SQLiteError) in try row.text(0) }
        var counts: [String: Int64] = [:]
        for name in names {
            let quoted = name.split(separator: "\"", omittingEmptySubsequences: false)
                .joined(separator: "\"\"")
            counts[name] = try integer("SELECT count(*) FROM \"\(quoted)\"")
        }
        return counts
    }
}
