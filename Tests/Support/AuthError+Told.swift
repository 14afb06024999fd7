public import Auth

/// Errors as a client is told them: why, which is for the log alone, is left open.
extension AuthError {
    /// Whatever credential was not good.
    public static var unauthenticated: AuthError { .unauthenticated(.noCredential) }
    /// Whatever is wrong with the token.
    public static var invalidToken: AuthError { .invalidToken(.tokenMalformed) }
    /// Whatever is wrong with email and password.
    public static var invalidCredentials: AuthError { .invalidCredentials(.wrongPassword) }
    /// Whoever may not do it.
    public static var forbidden: AuthError { .forbidden(.notAdministrator) }
    /// Whatever became of the link.
    public static var invalidLink: AuthError { .invalidLink(nil) }
    /// Whichever code was sent.
    public static var setupCodeRequired: AuthError { .setupCodeRequired(.setupCodeMissing) }

    /// Whichever limit it is.
    public static func tooManyRequests(retryAfter: Int) -> AuthError {
        .tooManyRequests(retryAfter: retryAfter, limit: .login)
    }

    /// Whatever is waited for.
    public static func overloaded(retryAfter: Int) -> AuthError {
        .overloaded(retryAfter: retryAfter, .hashingQueueFull)
    }

    /// Whatever fault it is.
    public static func unavailable(_ detail: String) -> AuthError {
        .unavailable(.diskFault, detail: detail)
    }
}

extension AuthError: Equatable {
    /// Whether a client is told the same.
    public static func == (one: AuthError, other: AuthError) -> Bool {
        switch (one, other) {
        case (.invalidInput(let one), .invalidInput(let other)): one == other
        case (.tooManyRequests(let one, _), .tooManyRequests(let other, _)): one == other
        case (.overloaded(let one, _), .overloaded(let other, _)): one == other
        case (.unavailable(_, let one), .unavailable(_, let other)): one == other
        default: one.name == other.name
        }
    }

    /// The name of the case.
    private var name: Substring { "\(self)".prefix { $0 != "(" } }
}
