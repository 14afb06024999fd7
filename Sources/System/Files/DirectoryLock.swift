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

    /// The process that has the lock (proc_locks(5)).
    ///
    /// - Parameter directory: A data directory.
    /// - Returns: Nil where none has it, or it is not visible from here, as from another container.
    public static func holder(directory: String) -> Int32? {
        var status = stat()
        guard unsafe stat("\(directory)/lock", &status) == 0,
            let locks = try? RegularFile.read("/proc/locks", limit: 1 << 20)
        else { return nil }
        let lines = String(decoding: locks.bytes, as: UTF8.self).split(separator: "\n")
        return lines.lazy.compactMap { LockEntry($0) }
            .first { $0.inode == status.st_ino && $0.process > 0 }?.process
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

/// A line of /proc/locks: `1: FLOCK  ADVISORY  WRITE 4711 fd:01:1234 0 EOF`.
private struct LockEntry {
    let process: Int32
    let inode: UInt

    /// An exclusive flock(2); nil for any other lock.
    init?(_ line: Substring) {
        let words = line.split(separator: " ")
        // The device is not compared: btrfs and overlayfs give stat(2) another one.
        guard words.count >= 6, words[1] == "FLOCK", words[3] == "WRITE",
            let process = Int32(words[4]), let inode = words[5].split(separator: ":").last,
            let number = UInt(inode)
        else { return nil }
        (self.process, self.inode) = (process, number)
    }
}
