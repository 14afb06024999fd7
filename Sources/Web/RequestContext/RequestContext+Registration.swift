package import Auth
import HTTP

/// Opening accounts, for the endpoint and the page.
extension RequestContext {
    /// Opens the account of a customer.
    ///
    /// - Throws: `registrationClosed` before the body is read; else as `RegistrationService.signup`, and
    ///   `missingCredentials`.
    package func signUp() throws(RequestError) -> RegistrationService.Registration {
        // Here as well as in the verb: a closed server says so before it reads the body.
        try domain { service throws(AuthError) in try service.registration.requireSignupOpen() }
        let body = try RequestBody(request)
        return try domainWithCredentials { service throws(AuthError) in
            try service.registration.signup(
                email: body.text("email"), password: body.text("password"),
                name: body.text("name"), from: clientContext)
        }
    }

    /// Opens the account of a member, with an invitation or without one.
    ///
    /// - Throws: `registrationClosed` before the body is read, unless an invitation is shown; else as
    ///   `RegistrationService.register`, and `missingCredentials`.
    package func register() throws(RequestError) -> RegistrationService.Registration {
        let read = Result { () throws(RequestError) in try RequestBody(request) }
        let invite = try inviteCode(in: try? read.get())
        // Here as well as in the verb, as for sign-ups.
        try domain { service throws(AuthError) in
            try service.registration.requireRegistrationOpen(invite: invite)
        }
        let body = try read.get()
        return try domainWithCredentials { service throws(AuthError) in
            try service.registration.register(
                username: body.text("username"), email: body.text("email"),
                password: body.text("password"), invite: invite, from: clientContext)
        }
    }

    /// The code of the invitation in the query or the body; an empty one counts as none.
    ///
    /// - Parameter body: Of the request; nil without one, and where it cannot be read.
    /// - Returns: The code; nil for none.
    /// - Throws: `invalidInvite` for two codes: another reader might take the other one; `invalidInput`.
    package func inviteCode(in body: RequestBody?) throws(RequestError) -> String? {
        var codes = try Query.values(of: "invite", in: request.query).filter { !$0.isEmpty }
        guard codes.count <= 1 else { throw .domain(.invalidInvite) }
        switch body?.text("invite") ?? .absent {
        case .absent: break
        case .text(let code): codes.append(code)
        case .notText: throw .domain(.invalidInput([InvalidInput("invite", .notText)]))
        }
        let shown = Set(codes.filter { !$0.isEmpty })
        guard shown.count <= 1 else { throw .domain(.invalidInvite) }
        return shown.first
    }
}
