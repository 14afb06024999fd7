import Glibc

/// Which file a path leads to, whatever it is called.
struct FileIdentity: Equatable {
    private let device: dev_t
    private let number: ino_t

    /// The file of this path; nil when there is none.
    init?(_ path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        device = status.st_dev
        number = status.st_ino
    }

    /// Whether a path leads to a database or to a file that SQLite keeps beside it.
    static func isPart(_ path: String, ofDatabase database: String) -> Bool {
        guard let file = FileIdentity(path) else { return false }
        return (["", "-wal", "-shm", "-journal"]).contains { FileIdentity(database + $0) == file }
    }
}
