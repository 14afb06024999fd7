import Glibc

/// Small files that are read whole: configuration, keys, records.
///
/// Only regular files are read. A FIFO would block its reader until another process
/// writes, for good if none does; a device never ends.
public enum RegularFile {
    /// What a file contains, and who may read it.
    public struct Contents: Sendable {
        /// All its bytes.
        public let bytes: [UInt8]
        /// Its permission bits.
        public let mode: UInt32
    }

    /// Why a file cannot be read.
    public enum ReadError: Error, Sendable, Equatable, CustomStringConvertible {
        /// A system call failed.
        case system(SystemError)
        /// It is a FIFO, a socket, a device or a directory.
        case notRegular
        /// It has more bytes than this.
        case tooLarge(limit: Int)

        /// The reason, to follow the name of the file.
        public var description: String {
            switch self {
            case .system(let error): error.reason
            case .notRegular: "not a regular file"
            case .tooLarge(let limit): "larger than \(limit) bytes"
            }
        }
    }

    /// Reads a file without waiting for another process.
    ///
    /// - Parameters:
    ///   - path: The file; a symbolic link is followed.
    ///   - limit: The most bytes it may have.
    /// - Returns: Its contents; nil when there is no such file.
    /// - Throws: What keeps it from being read.
    public static func read(_ path: String, limit: Int) throws(ReadError) -> Contents? {
        // Without O_NONBLOCK, opening a FIFO waits for a writer.
        let opened = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard opened >= 0 else {
            let code = errno
            switch code {
            case ENOENT: return nil
            // What open(2) says of a socket, and of a device without a driver.
            case ENXIO: throw .notRegular
            default: throw .system(SystemError("open", code: code))
            }
        }
        let file = FileDescriptor(owning: opened)
        var status = stat()
        guard unsafe fstat(file.number, &status) == 0 else {
            throw .system(SystemError("fstat", code: errno))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
        return Contents(
            bytes: try bytes(of: file, limit: limit), mode: UInt32(status.st_mode & 0o7777))
    }

    private static func bytes(
        of file: borrowing FileDescriptor, limit: Int
    ) throws(ReadError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        // It may be a secret: the result alone has it, for the caller to wipe.
        defer {
            unsafe chunk.withUnsafeMutableBytes { chunk in
                guard let start = chunk.baseAddress else { return }
                unsafe explicit_bzero(start, chunk.count)
            }
        }
        while true {
            let count = unsafe Glibc.read(file.number, &chunk, chunk.count)
            if count == 0 { return bytes }
            guard count > 0 else {
                let code = errno
                if code == EINTR { continue }
                throw .system(SystemError("read", code: code))
            }
            guard bytes.count + count <= limit else { throw .tooLarge(limit: limit) }
            bytes += chunk.prefix(count)
        }
    }
}
