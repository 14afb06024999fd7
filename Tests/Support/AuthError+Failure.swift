public import Auth

/// The error that a body throws; nil without one.
public func failure(_ body: () throws(AuthError) -> Void) -> AuthError? {
    do {
        try body()
        return nil
    } catch {
        return error
    }
}

extension AuthError {
    /// The description of an internal error for the log; nil for every other error.
    public var fault: String? {
        if case .unavailable(_, let text) = self { text } else { nil }
    }
}
