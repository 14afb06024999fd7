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
        context.result(try context.signUp())
    }

    private static func register(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        context.result(try context.register())
    }
}

extension RequestContext {
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
