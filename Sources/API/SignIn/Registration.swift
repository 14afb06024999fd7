import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// Opening accounts.
    static let registration = [
        Endpoint(
            .post, "/auth/signup", .init(on: .hashing, limit: .signup, [.secretBody]),
            handler: signup,
            Operation(
                id: "signup", summary: "Open a customer's account", tag: .signIn,
                description: "Role `user`, tier `free`, active at once.",
                body: .required(
                    .object(
                        [
                            "email": .email.example(.string("ada@example.com")),
                            "password": .named(.newPassword),
                            "name": .name.orNull.described(
                                "The local part of the email without one"),
                        ], optional: ["name"])),
                responses: [.signedIn(.created, "The account, signed in"), .waiting],
                errors: [.emailTaken, .registrationClosed, .tooManyRequests])),
        Endpoint(
            .post, "/auth/register", .init(on: .hashing, limit: .signup, [.secretBody]),
            handler: register,
            Operation(
                id: "register", summary: "Join the team", tag: .signIn,
                description: """
                    Role `member`; waits for approval while the setting `approval` is on. An \
                    invitation decides role and tier, needs no approval, and works while \
                    registration is closed.
                    """,
                parameters: [
                    Operation.Parameter(
                        "invite", in: .query,
                        "The code of an invitation; never silently ignored, unless it is empty",
                        .string(), isEmptyIgnored: true)
                ],
                body: .required(
                    .object(
                        [
                            "username": .name.example(.string("grace")),
                            "email": .email.example(.string("grace@example.com")),
                            "password": .named(.newPassword),
                            "invite": .string().orNull.described("Instead of the one in the query"),
                        ], optional: ["invite"])),
                responses: [
                    .signedIn(.created, "The account is active, and signed in"), .waiting,
                ], errors: [.emailTaken, .registrationClosed, .invalidInvite, .tooManyRequests])),
    ]

    private static func signup(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        // Here as well as in the verb: a closed server says so before it reads the body.
        try context.domain { service throws(AuthError) in
            try service.registration.requireSignupOpen()
        }
        let body = try RequestBody(context.request)
        let registration = try context.domainWithCredentials { service throws(AuthError) in
            try service.registration.signup(
                email: body.text("email"), password: body.text("password"),
                name: body.text("name"), from: context.clientContext)
        }
        return context.result(registration)
    }

    private static func register(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let read = Result { () throws(RequestError) in try RequestBody(context.request) }
        let invite = try context.inviteCode(in: try? read.get())
        // Here as well as in the verb, as for sign-ups.
        try context.domain { service throws(AuthError) in
            try service.registration.requireRegistrationOpen(invite: invite)
        }
        let body = try read.get()
        let registration = try context.domainWithCredentials { service throws(AuthError) in
            try service.registration.register(
                username: body.text("username"), email: body.text("email"),
                password: body.text("password"), invite: invite,
                from: context.clientContext)
        }
        return context.result(registration)
    }
}

extension RequestContext {
    /// The code of the invitation in the query or the body; an empty one counts as none.
    ///
    /// - Throws: `invalidInvite` for two codes: another reader might take the other one.
    fileprivate func inviteCode(in body: RequestBody?) throws(RequestError) -> String? {
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

    /// The response with a new account: without a token while the account may not be used.
    fileprivate func result(_ registration: RegistrationService.Registration) -> EndpointResult {
        let account = registration.signedIn.account.id
        switch registration {
        case .active(let signedIn):
            return EndpointResult(session(.created, signedIn), account: account)
        case .pending(let signedIn):
            return EndpointResult(session(.accepted, signedIn, token: false), account: account)
        }
    }
}
