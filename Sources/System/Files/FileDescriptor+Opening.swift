import Glibc

extension FileDescriptor {
    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - flags: As open(2) takes them; O_CLOEXEC is added.
    ///   - mode: Of a file that is made; the umask narrows it.
    /// - Throws: `io`.
    public init(opening path: String, _ flags: Int32, mode: UInt32 = 0o600) throws(FileError) {
        let opened = unsafe open(path, flags | O_CLOEXEC, mode)
        guard opened >= 0 else { throw .system("open", path, code: errno) }
        self.init(owning: opened)
    }

    /// Gives a new file to the owner of its directory, when this process is root: the server's own user
    /// has to read what an administrator's command makes.
    ///
    /// - Throws: `io`.
    func giveToOwner(ofDirectoryOf path: String) throws(FileError) {
        guard geteuid() == 0 else { return }
        let directory = Path.directory(of: path)
        var status = stat()
        guard unsafe stat(directory, &status) == 0 else {
            throw .system("stat", directory, code: errno)
        }
        guard fchown(number, status.st_uid, status.st_gid) == 0 else {
            throw .system("fchown", path, code: errno)
        }
    }

    /// Waits until what was written, and the size, are on the disk.
    ///
    /// - Parameter path: For the message.
    /// - Throws: `io`.
    public func synchronize(_ path: String) throws(FileError) {
        guard fsync(number) == 0 else { throw .system("fsync", path, code: errno) }
    }
}
