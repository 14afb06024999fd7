import Auth

/// Who is asking: every endpoint that needs to know asks here, in one line.
extension Exchange {
    /// The caller, whatever the status of the account.
    ///
    /// - Parameter access: What the request is about to do: what an API key may not do is refused.
    /// - Returns: The account, and by what it was recognised.
    /// - Throws: As `AuthService.identify`.
    func identifiedCaller(for access: Access) throws(Problem) -> Caller {
        try domain { service throws(AuthError) in
            try service.identify(credential, for: access, noting: note)
        }
    }

    /// The caller, whose account may be used.
    ///
    /// - Parameter access: What the request is about to do.
    /// - Returns: The account, and by what it was recognised.
    /// - Throws: As `AuthService.authenticate`.
    func caller(for access: Access) throws(Problem) -> Caller {
        try domain { service throws(AuthError) in
            try service.authenticate(credential, for: access, noting: note)
        }
    }

    /// The caller, who administers the server.
    ///
    /// - Parameter access: What the request is about to do.
    /// - Returns: The owner or an administrator.
    /// - Throws: As `AuthService.authenticateAdministrator`.
    func administrator(for access: Access) throws(Problem) -> Caller {
        try domain { service throws(AuthError) in
            try service.authenticateAdministrator(credential, for: access, noting: note)
        }
    }

    /// Keeps what the caller may still do, for the answer.
    func note(_ allowance: Allowance) { count.allowance = allowance }
}

/// What the request at hand left of its caller's allowance, from where that comes to light to where
/// the answer is finished, an error's too.
///
/// Confined to one thread.
final class RequestCount {
    /// Nil while the request was not counted.
    var allowance: Allowance?
}
