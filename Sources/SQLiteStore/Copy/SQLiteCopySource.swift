public import StoreSupport
import System

/// A database in a file, read as of one moment to be copied into another.
///
/// Confined to one thread. What others write meanwhile is not in it, and they are not held up.
public final class SQLiteCopySource: CopySource {
    /// The content of `setup.json`, as the database has it; nil where it has none.
    public let record: [UInt8]?
    private let database: Database
    private let opening: DatabaseOpener

    /// Opens a database.
    ///
    /// - Parameter path: Its file, which is not changed.
    /// - Throws: `absent`, `isBackup`, `pendingMigration`, and what keeps it from being used.
    public convenience init(_ path: String) throws(StorageError) {
        guard Path.exists(path) else { throw DatabaseOpener.absence(of: path) }
        let opening = DatabaseOpener.present(path)
        let database = try opening.connect(for: .reading)
        guard try !opening.reporting(BackupMetadata.isSet(in: database)) else {
            throw .isBackup(path: path)
        }
        try self.init(opening, database)
    }

    /// Begins to read a database that is open.
    ///
    /// - Throws: `pendingMigration`, `io`.
    init(_ opening: DatabaseOpener, _ database: Database) throws(StorageError) {
        let version = try opening.reporting(Schema.version(of: database))
        guard version == Schema.current.version else {
            throw .pendingMigration(
                path: opening.path, from: version, to: Schema.current.version)
        }
        (self.opening, self.database) = (opening, database)
        try opening.reporting(database.execute("BEGIN"))
        record = try opening.reporting(RecordRow.read(from: database))
    }

    /// See the protocol.
    public func read(_ table: StoredTable, _ body: ([[StoredValue]]) throws -> Void) throws {
        do {
            try database.read(table, body)
        } catch let error as SQLiteError {
            throw StorageError(error, path: opening.path)
        }
    }
}
