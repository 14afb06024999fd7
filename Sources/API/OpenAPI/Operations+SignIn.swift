import Auth
import HTTP
import JSON
import Web

extension Operation {
    /// Opening accounts, signing in and out.
    static let signIn = [
        Operation(
            method: .post, path: "/auth/signup", id: "signup", summary: "Open a customer's account",
            tag: .signIn, description: "Role `user`, tier `free`, active at once.",
            body: OperationBody(
                schema: .object(
                    [
                        "email": .email.example(.string("ada@example.com")),
                        "password": .named(.newPassword),
                        "name": .name.orNull.described("The local part of the email without one"),
                    ], optional: ["name"])),
            answers: [.signedIn(.created, "The account, signed in"), .waiting],
            errors: [.emailTaken, .registrationClosed, .tooManyRequests]),
        Operation(
            method: .post, path: "/auth/register", id: "register", summary: "Join the team",
            tag: .signIn,
            description: """
                Role `member`; waits for approval while the setting `approval` is on. An invitation \
                decides role and tier, needs no approval, and works while registration is closed.
                """,
            parameters: [
                OperationParameter(
                    name: "invite", place: .query,
                    description:
                        "The code of an invitation; never silently ignored, unless it is empty",
                    schema: .string(), isEmptyIgnored: true)
            ],
            body: OperationBody(
                schema: .object(
                    [
                        "username": .name.example(.string("grace")),
                        "email": .email.example(.string("grace@example.com")),
                        "password": .named(.newPassword),
                        "invite": .string().orNull.described("Instead of the one in the query"),
                    ], optional: ["invite"])),
            answers: [
                .signedIn(.created, "The account is active, and signed in"),
                .waiting,
            ], errors: [.emailTaken, .registrationClosed, .invalidInvite, .tooManyRequests]),
        Operation(
            method: .post, path: "/auth/login", id: "login",
            summary: "Sign in with email and password", tag: .signIn,
            description: """
                Every login begins a session of its own. Send the device cookie of a former login along: \
                without it a login shares its guesses at the account with all strangers.
                """, caller: .anybodyOrSomebody,
            body: OperationBody(
                schema: .object([
                    "email": .string().example(.string("ada@example.com")),
                    "password": .password.example(.string("correct horse battery")),
                ])),
            answers: [.signedIn(.ok, "The account, signed in")],
            errors: [
                .invalidCredentials, .pendingApproval, .accountDisabled, .nativeSigninDisabled,
                .emailUnverified, .tooManyRequests,
            ]),
        logout(
            .get, id: "logoutByLink", "Sign out by a link",
            """
            As a browser follows it: a prefetch, or a page of another site, is refused. Only where \
            the client prefers `text/html` is the answer a redirect.
            """),
        logout(
            .post, id: "logout", "Sign out",
            """
            Ends the session of the token, also of one that has expired, and that of the cookie, on \
            every thread before the answer; also fine when nobody was signed in.
            """),
    ]

    private static func logout(
        _ method: Method, id: String, _ summary: String, _ description: String
    ) -> Operation {
        Operation(
            method: method, path: "/auth/logout", id: id, summary: summary, tag: .signIn,
            description: description, caller: .anybodyOrSomebody, trait: .unsafeGET,
            answers: [
                .json(
                    .ok, "Nobody is signed in any more", .named(.success),
                    fields: [.setCookie, .clearSiteData]),
                .json(
                    .found, "The same, for a browser", .named(.success),
                    fields: [.setCookie, .location, .clearSiteData]),
            ],
            errors: [.apiKeyNotAllowed] + (method == .get ? [.crossOrigin, .forbidden] : []))
    }
}

extension OperationAnswer {
    /// The answer that hands a client its new session.
    static func signedIn(_ status: Status, _ description: String) -> OperationAnswer {
        .json(status, description, .named(.signedIn), fields: [.setCookie])
    }

    /// The answer that makes an account of no use yet.
    fileprivate static let waiting = json(
        .accepted,
        """
        The account waits for approval, or for its address to be confirmed; its cookie lets it read \
        itself
        """,
        .object(["user": .named(.account)]), fields: [.setCookie])
}
