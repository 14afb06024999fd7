import Glibc
import System

/// Small files that are either the old or the new one after a crash, never a part of either.
public enum DurableFile {
    /// Replaces a file, and returns when the new one is on the disk.
    ///
    /// - Parameters:
    ///   - bytes: The whole content.
    ///   - path: Its directory exists.
    ///   - mode: Permission bits; the umask narrows them.
    /// - Throws: `io`. The old file stands then, unless only the flush of the directory failed.
    public static func write(
        _ bytes: [UInt8], to path: String, mode: UInt32 = 0o600
    ) throws(StorageError) {
        let temporary = TemporaryFile.name(beside: path)
        do {
            try create(temporary, holding: bytes, mode: mode)
            try move(temporary, to: path)
        } catch {
            unsafe unlink(temporary)
            throw error
        }
    }

    /// The content of a file; nil when there is none.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - limit: The most bytes it may have.
    /// - Returns: All its bytes.
    /// - Throws: `io`, also when the file is larger or not a regular file.
    public static func read(_ path: String, limit: Int) throws(StorageError) -> [UInt8]? {
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
    static func move(_ source: String, to path: String) throws(StorageError) {
        try rename(source, to: path)
        try synchronizeDirectory(of: path)
    }

    /// Puts a file in the place of another, or where there is none.
    ///
    /// - Throws: `io`.
    static func rename(_ source: String, to path: String) throws(StorageError) {
        guard unsafe Glibc.rename(source, path) == 0 else {
            throw .system("rename", path, code: errno)
        }
    }

    /// Gives a complete file a name that no other has, and flushes the directory.
    ///
    /// - Parameters:
    ///   - source: The file; it loses its present name.
    ///   - path: In the same directory.
    /// - Returns: Whether it has the name; false when another has.
    /// - Throws: `io`.
    static func place(_ source: String, at path: String) throws(StorageError) -> Bool {
        if unsafe link(source, path) != 0 {
            let code = errno
            if code == EEXIST { return false }
            // Some file systems have no second names: there is a moment between look and rename.
            guard code == EPERM || code == EOPNOTSUPP || code == ENOSYS else {
                throw .system("link", path, code: code)
            }
            guard !DatabaseOpener.exists(path) else { return false }
            try move(source, to: path)
            return true
        }
        try remove(source)
        return true
    }

    /// Removes a file, if it is there, and flushes the directory.
    ///
    /// - Throws: `io`.
    public static func remove(_ path: String) throws(StorageError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else {
            throw .system("unlink", path, code: errno)
        }
        try synchronizeDirectory(of: path)
    }

    private static func create(
        _ path: String, holding bytes: [UInt8], mode: UInt32
    ) throws(StorageError) {
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

    /// The directory that a file stands in.
    static func directory(of path: String) -> String {
        switch path.utf8.lastIndex(of: UInt8(ascii: "/")) {
        case .none: "."
        case path.startIndex: "/"
        case .some(let slash): String(path[..<slash])
        }
    }

    /// Waits until the names in the directory of a file are on the disk.
    ///
    /// - Throws: `io`.
    static func synchronizeDirectory(of path: String) throws(StorageError) {
        let directory = directory(of: path)
        try FileDescriptor(opening: directory, O_RDONLY | O_DIRECTORY).synchronize(directory)
    }
}
