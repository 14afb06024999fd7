import Glibc
import System

/// The right to be the one daemon of a data directory: flock(2) on `<directory>/lock`.
///
/// The kernel frees it with the process, however that ends. The file stays.
public struct DirectoryLock: ~Copyable {
    private let file: FileDescriptor

    /// Takes the lock.
    ///
    /// - Parameters:
    ///   - directory: Exists.
    ///   - waitingSeconds: How long another daemon may take to give it up; 0 tries once.
    ///   - isUnwanted: Asked between two tries; when it says so, the wait is over.
    /// - Throws: `locked` when it is still held then; `io`.
    public init(
        directory: String, waitingSeconds: Int, unless isUnwanted: () -> Bool = { false }
    ) throws(StorageError) {
        let path = "\(directory)/lock"
        let file = try FileDescriptor(opening: path, O_RDWR | O_CREAT | O_NOFOLLOW)
        try file.giveToOwner(ofDirectoryOf: path)
        let deadline = ContinuousClock.now + .seconds(waitingSeconds)
        while flock(file.number, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            guard code == EWOULDBLOCK || code == EINTR else {
                throw .system("flock", path, code: code)
            }
            guard ContinuousClock.now < deadline, !isUnwanted() else { throw .locked(path: path) }
            // flock has no deadline of its own.
            usleep(50_000)
        }
        self.file = file
    }

    /// Whether a daemon has the lock, that is, serves this directory or is about to.
    ///
    /// - Parameter directory: A data directory, absent ones included.
    /// - Returns: False when there is no lock, or nobody has it.
    /// - Throws: `io`.
    public static func isHeld(directory: String) throws(StorageError) -> Bool {
        let path = "\(directory)/lock"
        let opened = unsafe open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard opened >= 0 else {
            let code = errno
            if code == ENOENT { return false }
            throw .system("open", path, code: code)
        }
        let file = FileDescriptor(owning: opened)
        // Shared, so that of two commands that look at the same time neither takes the other for a
        // daemon.
        while flock(file.number, LOCK_SH | LOCK_NB) != 0 {
            let code = errno
            if code == EWOULDBLOCK { return true }
            guard code == EINTR else { throw .system("flock", path, code: code) }
        }
        return false
    }
}
