import Glibc
import Linux

extension FileDescriptor {
    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - flags: As open(2) takes them; O_CLOEXEC is added.
    ///   - mode: Of a file that is made; the umask narrows it.
    /// - Throws: `io`.
    init(opening path: String, _ flags: Int32, mode: UInt32 = 0o600) throws(StorageError) {
        let opened = unsafe open(path, flags | O_CLOEXEC, mode)
        guard opened >= 0 else { throw .system("open", path, code: errno) }
        self.init(owning: opened)
    }

    /// Waits until what was written, and the size, are on the disk.
    ///
    /// - Parameter path: For the message.
    /// - Throws: `io`.
    func synchronize(_ path: String) throws(StorageError) {
        guard fsync(number) == 0 else { throw .system("fsync", path, code: errno) }
    }
}
