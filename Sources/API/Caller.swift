import Auth

/// Who is asking: every endpoint that needs to know asks here, in one line.
extension Exchange {
    /// The caller, whatever the status of the account.
    ///
    /// - Parameter access: What the request is about to do: what an API key may not do is refused.
    /// - Returns: The account, and by what it was recognised.
    /// - Throws: As ``AuthService/identify(_:for:)``.
    func identifiedCaller(for access: Access) throws(Problem) -> Caller {
        try domain { service throws(AuthError) in
            try service.identify(credential, for: access)
        }
    }

    /// The caller, whose account may be used.
    ///
    /// - Parameter access: What the request is about to do.
    /// - Returns: The account, and by what it was recognised.
    /// - Throws: As ``AuthService/authenticate(_:for:)``.
    func caller(for access: Access) throws(Problem) -> Caller {
        try domain { service throws(AuthError) in
            try service.authenticate(credential, for: access)
        }
    }

    /// The caller, who administers the server.
    ///
    /// - Parameter access: What the request is about to do.
    /// - Returns: The owner or an administrator.
    /// - Throws: As ``AuthService/authenticateAdministrator(_:for:)``.
    func administrator(for access: Access) throws(Problem) -> Caller {
        try domain { service throws(AuthError) in
            try service.authenticateAdministrator(credential, for: access)
        }
    }
}
