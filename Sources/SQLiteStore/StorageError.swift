import CSQLite
import Glibc
import System

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
    /// A file was named that is the database in use itself.
    case inUse(path: String)
    /// Somebody else holds it.
    case locked(path: String)
    /// The operating system refused.
    case io(path: String, detail: String)

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

    /// A system call that failed.
    ///
    /// - Parameters:
    ///   - call: Its name.
    ///   - path: The file it was about.
    ///   - code: errno, read directly after the call.
    /// - Returns: An `io` error.
    static func system(_ call: String, _ path: String, code: Int32) -> StorageError {
        .io(path: path, detail: SystemError(call, code: code).description)
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
            "\(path) is named by setup.json and is gone: run `lunauth restore FILE` with a backup, or remove setup.json to begin anew"
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
        case .inUse(let path):
            "\(path) is the database of the server itself: name another file"
        case .locked(let path):
            "\(path) is in use by another process: stop that first"
        case .io(let path, let detail):
            "\(path): \(detail)"
        }
    }
}
