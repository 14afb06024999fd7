import Auth

/// Who is asking: every endpoint that needs to know asks here, in one line.
extension RequestContext {
    /// The caller, whatever the status of the account.
    ///
    /// - Parameter access: What the request is about to do: what an API key may not do is refused.
    /// - Returns: The account, and by what it was recognised.
    /// - Throws: As `AuthService.identify`.
    func identifiedCaller(for access: Access) throws(APIError) -> Caller {
        try domain { service throws(AuthError) in
            try service.identify(credential, for: access) { thread.allowance = $0 }
        }
    }

    /// The caller, whose account may be used.
    ///
    /// - Parameter access: What the request is about to do.
    /// - Returns: The account, and by what it was recognised.
    /// - Throws: As `AuthService.authenticate`.
    func caller(for access: Access) throws(APIError) -> Caller {
        try domain { service throws(AuthError) in
            try service.authenticate(credential, for: access) { thread.allowance = $0 }
        }
    }

    /// The caller, who administers the server.
    ///
    /// - Parameter access: What the request is about to do.
    /// - Returns: The owner or an administrator.
    /// - Throws: As `AuthService.authenticateAdministrator`.
    func administrator(for access: Access) throws(APIError) -> Caller {
        try domain { service throws(AuthError) in
            try service.authenticateAdministrator(credential, for: access) { thread.allowance = $0 }
        }
    }

    /// The caller, whom an application lets in.
    ///
    /// - Parameter requirement: What the application asks for.
    /// - Returns: The account, and by what it was recognised.
    /// - Throws: As `AuthService.verify`.
    func caller(against requirement: Requirement) throws(APIError) -> Caller {
        try domain { service throws(AuthError) in
            try service.verify(credential, against: requirement) { thread.allowance = $0 }
        }
    }
}
