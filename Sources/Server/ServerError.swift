public import HTTP
public import System

/// Why the server cannot start.
public enum ServerError: Error, Sendable, Equatable {
    /// An address cannot be bound: it is in use, does not belong to this machine or is not permitted.
    case addressUnavailable(address: String, listener: ListenerRole = .public, reason: String)
    /// A system call failed for another reason.
    case system(SystemError)
}

extension ServerError: CustomStringConvertible {
    /// One line for the log.
    public var description: String {
        switch self {
        case .addressUnavailable(let address, _, let reason):
            "cannot listen on \(address): \(reason)"
        case .system(let error): error.description
        }
    }
}

extension ServerError {
    /// The same error, for an address of this listener.
    func concerning(_ listener: ListenerRole) -> ServerError {
        guard case .addressUnavailable(let address, _, let reason) = self else { return self }
        return .addressUnavailable(address: address, listener: listener, reason: reason)
    }

    /// Runs work whose system calls may fail and translates their errors.
    ///
    /// - Parameter work: The work.
    /// - Returns: What the work returns.
    /// - Throws: `system`.
    static func translating<Value: ~Copyable>(
        _ work: () throws(SystemError) -> Value
    ) throws(ServerError) -> Value {
        do throws(SystemError) {
            return try work()
        } catch {
            throw .system(error)
        }
    }
}
