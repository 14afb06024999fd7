package import Auth
import Crypto
import HTTP

/// Who calls.
extension RequestContext {
    /// The Bearer token of the request (RFC 6750 §2.1); nil for another scheme or none.
    package var bearerToken: ArraySlice<UInt8>? {
        guard let field = request[.authorization],
            field.prefix(6).equalsIgnoringCase("Bearer"),
            field.count == 6 || field[field.startIndex + 6] == UInt8(ascii: " ")
        else { return nil }
        return field.dropFirst(6).trimmingOWS
    }

    /// The credential that counts: a Bearer token alone, whatever the cookie.
    package var credential: PresentedCredential? {
        if let token = bearerToken { return .bearer(token) }
        return usesCookies ? configuration.cookie.credential(in: request) : nil
    }

    /// Every credential of the request: signing out ends the sessions of all.
    package var presentedCredentials: [PresentedCredential] {
        [
            bearerToken.map(PresentedCredential.bearer),
            sessionCookie.map(PresentedCredential.cookie),
        ].compactMap(\.self)
    }

    /// The caller, whatever the status of the account.
    ///
    /// - Parameter access: What the request is about to do; what an API key may not do is refused.
    /// - Returns: The account, and by what it was recognised.
    /// - Throws: As `AuthService.identify`.
    package func identifiedCaller(for access: Access) throws(RequestError) -> Caller {
        try acting { service throws(AuthError) in
            try service.signIn.identify(credential, for: access) { thread.allowance = $0 }
        }
    }

    /// Remembers the caller that the access rule found.
    func found(_ caller: Caller) {
        thread.caller = caller
    }

    /// Authenticates a caller, in whose name events are recorded from now on.
    private func acting(
        _ authenticate: (AuthService) throws(AuthError) -> Caller
    ) throws(RequestError) -> Caller {
        let caller = try domain(authenticate)
        thread.service.continues(as: caller)
        return caller
    }

    /// The caller that the access rule found, before the request failed; nil where it found none.
    package var foundCaller: Caller? { thread.caller }

    /// The caller of a request that failed, to whom a page shows it: the one that the access rule found;
    /// where the request failed earlier, the caller is identified now.
    ///
    /// - Throws: As `AuthService.identify`.
    package func callerOfFailure() throws(RequestError) -> Caller {
        if let caller = thread.caller { return caller }
        return try identifiedCaller(for: .person)
    }

    /// The caller, whose account may be used.
    ///
    /// - Parameter access: What the request is about to do.
    /// - Returns: The account, and by what it was recognised.
    /// - Throws: As `AuthService.authenticate`.
    package func caller(for access: Access) throws(RequestError) -> Caller {
        try acting { service throws(AuthError) in
            try service.signIn.authenticate(credential, for: access) { thread.allowance = $0 }
        }
    }

    /// The caller, who administers the server.
    ///
    /// - Parameter access: What the request is about to do.
    /// - Returns: The owner or an administrator.
    /// - Throws: As `AuthService.authenticateAdministrator`.
    package func administrator(for access: Access) throws(RequestError) -> Caller {
        try acting { service throws(AuthError) in
            try service.signIn.authenticateAdministrator(credential, for: access) {
                thread.allowance = $0
            }
        }
    }

    /// The caller, whom an application behind a proxy admits.
    ///
    /// - Parameter requirement: What the application requires.
    /// - Returns: The account, and by what it was recognised.
    /// - Throws: As `AuthService.verify`.
    package func caller(against requirement: Requirement) throws(RequestError) -> Caller {
        try domain { service throws(AuthError) in
            try service.signIn.verify(credential, against: requirement) { thread.allowance = $0 }
        }
    }

    /// Who decides about the account in the path: the client that sends the token of the mail to the
    /// owner, as its page posts it; without a token, an administrator.
    ///
    /// - Parameter access: What a key of the administrator has to allow.
    /// - Returns: The approver, and whose account that is where it is known.
    /// - Throws: `malformedJSON` or `invalidInput` for the body; without a token, as
    ///   `administrator(for:)`.
    func approver(for access: Access) throws(RequestError) -> (approver: Approver, account: UUID?) {
        switch try RequestBody(request).text("token") {
        case .text(let token): return (.link(token), nil)
        case .notText:
            throw .domain(.invalidInput([InvalidInput("token", .notText)]))
        case .absent:
            let caller = try administrator(for: access)
            return (.administrator(.caller(caller)), caller.account.id)
        }
    }

    /// Keeps what the request left of its caller's allowance, for the response.
    package func note(_ allowance: Allowance) { thread.allowance = allowance }
}
