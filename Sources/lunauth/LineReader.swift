import Glibc
import System

/// Reads the lines of a file, one at a time, whatever the size of the file.
struct LineReader: ~Copyable {
    private static let chunkBytes = 64 << 10

    private let path: String
    private let file: FileDescriptor
    private let maximum: Int
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - maximum: The most bytes that a line may have.
    /// - Throws: `io`.
    init(_ path: String, maximum: Int) throws(FileError) {
        self.path = path
        self.maximum = maximum
        file = try FileDescriptor(opening: path, O_RDONLY | O_NOCTTY)
    }

    /// Reads standard input.
    ///
    /// - Parameter maximum: The most bytes that a line may have.
    init(standardInput maximum: Int) {
        path = "standard input"
        self.maximum = maximum
        // A copy: with the descriptor itself closed, the next file would take its number.
        file = FileDescriptor(owning: fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3))
    }

    /// The next line without its line feed, also one that has none; nil at the end.
    ///
    /// - Throws: `io`, also for a line that is too long.
    mutating func next() throws(FileError) -> [UInt8]? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return Array(buffer[start..<end])
            }
            searched = buffer.count
            guard searched - start <= maximum else {
                throw .io(path: path, detail: "a line has more than \(maximum) bytes")
            }
            if isAtEnd {
                guard start < buffer.count else { return nil }
                defer { start = buffer.count }
                return Array(buffer[start...])
            }
            searched -= start
            try read()
        }
    }

    /// Reads on; what was returned is dropped.
    private mutating func read() throws(FileError) {
        buffer.removeSubrange(..<start)
        start = 0
        var chunk = [UInt8](repeating: 0, count: Self.chunkBytes)
        let outcome = unsafe chunk.withUnsafeMutableBytes { bytes in
            SystemCall.retrying {
                unsafe Glibc.read(file.number, bytes.baseAddress, bytes.count)
            }
        }
        switch outcome {
        case .done(let count):
            isAtEnd = count == 0
            buffer += chunk[..<count]
        case .wouldBlock: throw .system("read", path, code: EAGAIN)
        case .failed(let code): throw .system("read", path, code: code)
        }
    }
}
