import CSQLite
public import System

/// Why the store cannot be opened, or a file beside it cannot be kept.
public enum StorageError: Error, Equatable {
    /// The schema is older than this program, and migrations do not run by themselves.
    case pendingMigration(path: String, from: Int, to: Int)
    /// A later version of this program made the schema.
    case newerSchema(path: String, found: Int, known: Int)
    /// There is no database, and none was to be made.
    case absent(path: String)
    /// Setup named this database and it is gone.
    case missing(path: String)
    /// The file belongs to something else.
    case foreign(path: String, detail: String)
    /// The database fails SQLite's own check.
    case corrupt(path: String, detail: String)
    /// A backup stands where a database is to be, with sessions in it that ended since.
    case isBackup(path: String)
    /// A file that would be replaced is there.
    case exists(path: String)
    /// A database with accounts or events is where a copy is to be made.
    case occupied(path: String)
    /// The named file is the database in use itself.
    case inUse(path: String)
    /// A file cannot be read, written or locked.
    case file(FileError)

    /// What a failed connection to a database means at start.
    init(_ error: SQLiteError, path: String) {
        self =
            switch error.primaryCode {
            case SQLITE_BUSY, SQLITE_LOCKED: .locked(path: path)
            case SQLITE_NOTADB: .foreign(path: path, detail: "it is not a database")
            case _ where error.isDamage: .corrupt(path: path, detail: error.description)
            default: .io(path: path, detail: error.description)
            }
    }

    /// Another process has the database open.
    public static func locked(path: String) -> StorageError { .file(.locked(path: path)) }

    /// The operating system or SQLite refused.
    public static func io(path: String, detail: String) -> StorageError {
        .file(.io(path: path, detail: detail))
    }

    /// Runs what works with a file, as a part of the store.
    ///
    /// - Throws: `file`.
    static func wrapping<Value>(
        _ body: @autoclosure () throws(FileError) -> Value
    ) throws(StorageError) -> Value {
        do {
            return try body()
        } catch {
            throw .file(error)
        }
    }
}

extension StorageError: CustomStringConvertible {
    /// What happened to which file, and what to do about it.
    public var description: String {
        switch self {
        case .pendingMigration(let path, let from, let to):
            "\(path) has schema \(from) and needs \(to): run `lunauth migrate`"
        case .newerSchema(let path, let found, let known):
            "\(path) has schema \(found), this version knows \(known): run a newer lunauth"
        case .absent(let path):
            """
            there is no database at \(path): name the configuration of the server with --config FILE, or \
            its directory with LUNAUTH_DATADIRECTORY=DIRECTORY
            """
        case .missing(let path):
            "\(path) is named by setup.json and is gone: run `lunauth restore FILE` with a backup, or remove setup.json to begin again"
        case .foreign(let path, let detail):
            """
            \(path) is not a database of lunauth (\(detail)): move it away or choose another name; if it \
            was one, run `lunauth restore FILE` with a backup
            """
        case .corrupt(let path, let detail):
            "\(path) is damaged (\(detail)): run `lunauth restore FILE` with a backup"
        case .isBackup(let path):
            "\(path) is a backup: move it away and run `lunauth restore FILE` with it"
        case .exists(let path):
            "\(path) is there already: choose another name, or say --force"
        case .occupied(let path):
            "\(path) has accounts or events: nothing is copied over them; choose another name"
        case .inUse(let path):
            "\(path) is the database of the server itself: name another file"
        case .file(let error):
            error.description
        }
    }
}
