import Glibc
import System

/// A new file that is there when it is complete, or not at all.
final class OutputFile {
    private let path: String
    private let replaces: Bool
    private let temporary: String
    private let file: FileDescriptor
    /// Whether the temporary name is one of the file.
    private var hasName: Bool

    /// Begins a file that its owner alone may read.
    ///
    /// - Parameters:
    ///   - path: Where it will be; its directory has to be there.
    ///   - replaces: Whether it may take the place of a file.
    /// - Throws: `io`.
    init(_ path: String, replacing replaces: Bool) throws(FileError) {
        self.path = path
        self.replaces = replaces
        temporary = TemporaryFile.name(beside: path)
        // Without a name nothing is left of it, however the command ends.
        do throws(FileError) {
            file = try FileDescriptor(
                opening: Path.directory(of: path), O_WRONLY | Self.temporaryFlag, mode: 0o600)
            hasName = false
        } catch {
            // Where the file system has no such files, as NFS.
            file = try FileDescriptor(
                opening: temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
            hasName = true
        }
    }

    /// O_TMPFILE (open(2)), which the headers show to GNU sources alone: a file without a name in a directory.
    private static let temporaryFlag = 0o20_000_000 | O_DIRECTORY

    deinit {
        if hasName { TemporaryFile.remove(temporary) }
    }

    /// Writes behind what was written.
    ///
    /// - Throws: `io`.
    func write(_ bytes: [UInt8]) throws(FileError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let outcome = unsafe rest.withUnsafeBytes { bytes in
                SystemCall.retrying {
                    unsafe Glibc.write(file.number, bytes.baseAddress, bytes.count)
                }
            }
            switch outcome {
            case .done(let count): rest = rest.dropFirst(count)
            case .wouldBlock: throw .system("write", path, code: EAGAIN)
            case .failed(let code): throw .system("write", path, code: code)
            }
        }
    }

    /// Gives the complete file its name, once it is on the disk.
    ///
    /// - Throws: `io`.
    func complete() throws(FileError) {
        try file.synchronize(temporary)
        if !hasName {
            // open(2) describes this way to name it, which needs no privilege.
            let descriptor = "/proc/self/fd/\(file.number)"
            guard
                unsafe linkat(AT_FDCWD, descriptor, AT_FDCWD, temporary, AT_SYMLINK_FOLLOW) == 0
            else { throw .system("link", path, code: errno) }
            hasName = true
        }
        if replaces {
            try DurableFile.move(temporary, to: path)
        } else if try !DurableFile.place(temporary, at: path) {
            throw .io(path: path, detail: "a file of this name was made meanwhile")
        }
        hasName = false
    }
}
