import Glibc

/// Small files that are either the old or the new one after a crash, never a part of either.
public enum DurableFile {
    /// Replaces a file, and returns when the new one is on the disk.
    ///
    /// - Parameters:
    ///   - bytes: The whole content.
    ///   - path: Its directory exists.
    ///   - mode: Permission bits; the umask narrows them.
    /// - Throws: `io`. The old file is unchanged then, unless only the flush of the directory failed.
    public static func write(
        _ bytes: [UInt8], to path: String, mode: UInt32 = 0o600
    ) throws(FileError) {
        let temporary = TemporaryFile.name(beside: path)
        do {
            try create(temporary, holding: bytes, mode: mode)
            try move(temporary, to: path)
        } catch {
            unsafe unlink(temporary)
            throw error
        }
    }

    /// Makes a file, and returns when it is on the disk; of two processes, one makes it.
    ///
    /// - Parameters:
    ///   - path: The name of the new file; its directory exists.
    ///   - bytes: The whole content.
    ///   - mode: Permission bits; the umask narrows them.
    /// - Returns: Whether it is new; false when a file has the name.
    /// - Throws: `io`.
    public static func make(
        _ path: String, holding bytes: [UInt8], mode: UInt32 = 0o600
    ) throws(FileError) -> Bool {
        let temporary = TemporaryFile.name(beside: path)
        defer { unsafe unlink(temporary) }
        try create(temporary, holding: bytes, mode: mode)
        return try place(temporary, at: path)
    }

    /// The content of a file; nil when there is none.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - limit: The most bytes it may have.
    /// - Returns: All its bytes.
    /// - Throws: `io`, also when the file is larger or not a regular file.
    public static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8]? {
        do {
            return try RegularFile.read(path, limit: limit)?.bytes
        } catch .system(let error) {
            throw .system(error.call, path, code: error.code)
        } catch {
            throw .io(path: path, detail: error.description)
        }
    }

    /// Puts a complete file in the place of another and flushes the directory.
    ///
    /// - Throws: `io`.
    public static func move(_ source: String, to path: String) throws(FileError) {
        try rename(source, to: path)
        try synchronizeDirectory(of: path)
    }

    /// Puts a file in the place of another, or where there is none.
    ///
    /// - Throws: `io`.
    public static func rename(_ source: String, to path: String) throws(FileError) {
        guard unsafe Glibc.rename(source, path) == 0 else {
            throw .system("rename", path, code: errno)
        }
    }

    /// Gives a complete file a name that no other file has, and flushes the directory.
    ///
    /// - Parameters:
    ///   - source: The file; it loses its present name.
    ///   - path: In the same directory.
    /// - Returns: Whether it has the name; false when another file has it.
    /// - Throws: `io`.
    public static func place(_ source: String, at path: String) throws(FileError) -> Bool {
        if unsafe link(source, path) != 0 {
            let code = errno
            if code == EEXIST { return false }
            // Some file systems have no hard links: check and rename are not atomic there.
            guard code == EPERM || code == EOPNOTSUPP || code == ENOSYS else {
                throw .system("link", path, code: code)
            }
            guard !Path.exists(path) else { return false }
            try move(source, to: path)
            return true
        }
        try remove(source)
        return true
    }

    /// Removes a file, if it is there, and flushes the directory.
    ///
    /// - Throws: `io`.
    public static func remove(_ path: String) throws(FileError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else {
            throw .system("unlink", path, code: errno)
        }
        try synchronizeDirectory(of: path)
    }

    private static func create(
        _ path: String, holding bytes: [UInt8], mode: UInt32
    ) throws(FileError) {
        let file = try FileDescriptor(
            opening: path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe Glibc.write(file.number, buffer.baseAddress, buffer.count)
            }
            guard count >= 0 else {
                let code = errno
                if code == EINTR { continue }
                throw .system("write", path, code: code)
            }
            rest = rest.dropFirst(count)
        }
        try file.giveToOwner(ofDirectoryOf: path)
        try file.synchronize(path)
    }

    /// Waits until the content and the size of a file are on the disk.
    ///
    /// - Throws: `io`.
    public static func synchronize(_ path: String) throws(FileError) {
        try FileDescriptor(opening: path, O_RDWR).synchronize(path)
    }

    /// Waits until the names in the directory of a file are on the disk.
    ///
    /// - Throws: `io`.
    static func synchronizeDirectory(of path: String) throws(FileError) {
        let directory = Path.directory(of: path)
        try FileDescriptor(opening: directory, O_RDONLY | O_DIRECTORY).synchronize(directory)
    }
}
