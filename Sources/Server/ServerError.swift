/// Why the server cannot start.
public enum ServerError: Error, Sendable, Equatable {
    /// An address cannot be listened on: it is taken, not ours or not permitted.
    case addressUnavailable(address: String, reason: String)
    /// A system call failed for another reason; `errno` is its number.
    case system(call: String, errno: Int32)
}

extension ServerError: CustomStringConvertible {
    /// One line for the log.
    public var description: String {
        switch self {
        case .addressUnavailable(let address, let reason): "cannot listen on \(address): \(reason)"
        case .system(let call, let errno): "\(call): \(Syscall.text(of: errno))"
        }
    }
}
