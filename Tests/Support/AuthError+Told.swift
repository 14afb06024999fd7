public import Auth

/// Errors as reported to a client: the reason, which only the log contains, is not compared.
extension AuthError {
    /// `unauthenticated` with any reason.
    public static var unauthenticated: AuthError { .unauthenticated(.noCredential) }
    /// `invalidToken` with any reason.
    public static var invalidToken: AuthError { .invalidToken(.tokenMalformed) }
    /// `invalidCredentials` with any reason.
    public static var invalidCredentials: AuthError { .invalidCredentials(.wrongPassword) }
    /// `forbidden` with any reason.
    public static var forbidden: AuthError { .forbidden(.notAdministrator) }
    /// `invalidLink` with any outcome.
    public static var invalidLink: AuthError { .invalidLink(nil) }
    /// `invalidInvite` with any reason.
    public static var setupCodeRequired: AuthError { .setupCodeRequired(.setupCodeMissing) }

    /// `tooManyRequests` by any limit.
    public static func tooManyRequests(retryAfter: Int) -> AuthError {
        .tooManyRequests(retryAfter: retryAfter, limit: .login)
    }

    /// `overloaded` for any reason.
    public static func overloaded(retryAfter: Int) -> AuthError {
        .overloaded(retryAfter: retryAfter, .hashingQueueFull)
    }

    /// `unavailable` for any reason.
    public static func unavailable(_ detail: String) -> AuthError {
        .unavailable(.diskFault, detail: detail)
    }
}

extension AuthError: Equatable {
    /// Whether both are reported to a client alike.
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
