/// Why a file cannot be read, written or locked.
public enum FileError: Error, Sendable, Equatable {
    /// Another process has locked it.
    case locked(path: String)
    /// The operating system refused.
    case io(path: String, detail: String)

    /// A system call that failed.
    ///
    /// - Parameters:
    ///   - call: Its name.
    ///   - path: The file it was about.
    ///   - code: errno, read directly after the call.
    /// - Returns: An `io` error.
    public static func system(_ call: String, _ path: String, code: Int32) -> FileError {
        .io(path: path, detail: SystemError(call, code: code).description)
    }
}

extension FileError: CustomStringConvertible {
    /// What happened to which file, and what to do about it.
    public var description: String {
        switch self {
        case .locked(let path): "\(path) is in use by another process: stop that first"
        case .io(let path, let detail): "\(path): \(detail)"
        }
    }
}
