import Glibc

/// The exclusive use of a directory by one process: flock(2) on `<directory>/lock`.
///
/// The kernel releases it when the process ends, also after a crash. The file stays.
public struct DirectoryLock: ~Copyable {
    private let file: FileDescriptor

    /// Takes the lock.
    ///
    /// - Parameters:
    ///   - directory: Exists.
    ///   - waitingSeconds: How long to wait until another process releases it; 0 tries once.
    ///   - isUnwanted: Called between two tries; true ends the wait.
    /// - Throws: `locked` when another process still has it; `io`.
    public init(
        directory: String, waitingSeconds: Int, unless isUnwanted: () -> Bool = { false }
    ) throws(FileError) {
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

    /// Whether a process has the lock: a daemon serves this directory, or is about to.
    ///
    /// - Parameter directory: A data directory, absent ones included.
    /// - Returns: False when there is no lock file, or it is not locked.
    /// - Throws: `io`.
    public static func isHeld(directory: String) throws(FileError) -> Bool {
        let path = "\(directory)/lock"
        let opened = unsafe open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard opened >= 0 else {
            let code = errno
            if code == ENOENT { return false }
            throw .system("open", path, code: code)
        }
        let file = FileDescriptor(owning: opened)
        // Shared: of two commands that check at the same time, neither takes the other for a daemon.
        while flock(file.number, LOCK_SH | LOCK_NB) != 0 {
            let code = errno
            if code == EWOULDBLOCK { return true }
            guard code == EINTR else { throw .system("flock", path, code: code) }
        }
        return false
    }
}
