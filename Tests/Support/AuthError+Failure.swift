public import Auth

/// The error that a body throws; nil when it throws none.
public func failure(_ body: () throws(AuthError) -> Void) -> AuthError? {
    do {
        try body()
        return nil
    } catch {
        return error
    }
}

extension AuthError {
    /// What an operator reads about an internal fault; nil for every other error.
    public var fault: String? {
        if case .unavailable(_, let text) = self { text } else { nil }
    }
}
