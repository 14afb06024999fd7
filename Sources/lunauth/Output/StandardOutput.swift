import Glibc
import System

/// Why nothing more can be written to standard output.
enum OutputError: Error, Equatable {
    /// The reader closed the pipe (`| head -1`), which is no failure.
    case closed
    /// The disk is full, or the like.
    case failed(SystemError)
}

/// Standard output, unbuffered: what was written is with the reader, and what cannot be is known.
enum StandardOutput {
    /// Whether a person reads it.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Writes a line.
    ///
    /// - Throws: `closed` when the reader closed the pipe; the command ends quietly then.
    static func line(_ text: String) throws(OutputError) {
        try write(Array("\(text)\n".utf8))
    }

    /// Writes bytes.
    ///
    /// - Throws: As `line`.
    static func write(_ bytes: [UInt8]) throws(OutputError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let outcome = unsafe rest.withUnsafeBytes { bytes in
                SystemCall.retrying {
                    unsafe Glibc.write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
                }
            }
            switch outcome {
            case .done(let count): rest = rest.dropFirst(count)
            case .wouldBlock: try waitForRoom()
            case .failed(EPIPE): throw .closed
            case .failed(let code): throw .failed(SystemError("write", code: code))
            }
        }
    }

    /// The other end of the pipe may have made it non-blocking.
    private static func waitForRoom() throws(OutputError) {
        var entry = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        guard case .failed(let code) = SystemCall.retrying({ Int(unsafe poll(&entry, 1, -1)) })
        else { return }
        throw .failed(SystemError("poll", code: code))
    }
}
