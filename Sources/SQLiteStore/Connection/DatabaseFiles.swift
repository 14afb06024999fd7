import System

/// The files of one database: itself, and what SQLite keeps beside it.
enum DatabaseFiles {
    /// Suffixes of the files beside a database.
    static let companions = ["-wal", "-shm", "-journal"]

    /// Whether a path leads to a database or to a file beside it, whatever it is called.
    static func contains(_ path: String, database: String) -> Bool {
        guard let file = FileIdentity(path) else { return false }
        return ([""] + companions).contains { FileIdentity(database + $0) == file }
    }
}
