import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// Signing in and out.
    static func signIn(_ configuration: APIConfiguration) -> [Endpoint] {
        [
            Endpoint(
                .post, "/auth/login",
                .init(on: .hashing, access: .optionalCredentials, limit: .login, [.secretBody]),
                handler: login,
                Operation(
                    id: "login", summary: "Sign in with email and password", tag: .signIn,
                    description: """
                        Every login begins a session of its own. Send the device cookie of an earlier \
                        login: without it a login shares the limit on guesses at the account with all \
                        unknown clients. With a second factor the right password is 401 \
                        `second_factor_required`: continue at `/auth/login/second`.
                        """,
                    body: .required(
                        .object([
                            "email": .string().example(.string("ada@example.com")),
                            "password": .password.example(.string("correct horse battery")),
                        ])),
                    responses: [.signedIn(.ok, "The account, signed in")],
                    errors: [
                        .invalidCredentials, .pendingApproval, .accountDisabled,
                        .nativeSigninDisabled, .emailUnverified, .secondFactorRequired,
                        .factorEnrolmentRequired, .tooManyRequests,
                    ])),
            logout(
                .get, configuration, id: "logoutByLink", "Sign out by a link",
                """
                As a browser follows it: a prefetch, or a page of another site, is refused. Only \
                where the client prefers `text/html` is the response a redirect.
                """, errors: [.crossOrigin, .forbidden]),
            logout(
                .post, configuration, id: "logout", "Sign out",
                """
                Ends the session of the token, also of one that has expired, and that of the cookie, \
                on every thread before the response; also succeeds when no session is left.
                """),
        ]
    }

    private static func logout(
        _ method: Method, _ configuration: APIConfiguration, id: String, _ summary: String,
        _ description: String, errors: [ErrorCode] = []
    ) -> Endpoint {
        Endpoint(
            method, "/auth/logout",
            .init(on: .store, access: .optionalCredentials, [.unsafeGET]),
            handler: { context throws(RequestError) in try logout(context, configuration) },
            Operation(
                id: id, summary: summary, tag: .signIn, description: description,
                responses: [
                    .json(
                        .ok, "The client is signed out", .named(.success),
                        fields: [.setCookie, .clearSiteData]),
                    .json(
                        .found, "The same, for a browser", .named(.success),
                        fields: [.setCookie, .location, .clearSiteData]),
                ], errors: [.apiKeyNotAllowed] + errors))
    }

    private static func login(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let body = try RequestBody(context.request)
        let signedIn = try context.domainWithCredentials { service throws(AuthError) in
            try service.signIn.login(
                email: body.text("email"), password: body.text("password"),
                by: context.signInClient(isForm: false))
        }
        return EndpointResult(context.session(.ok, signedIn), account: signedIn.account.id)
    }

    private static func logout(
        _ context: RequestContext, _ configuration: APIConfiguration
    ) throws(RequestError) -> EndpointResult {
        let request = context.request
        if request.method == .get { try context.refuseUnwantedGET() }
        try context.domain { service throws(AuthError) in
            try service.signIn.logout(context.presentedCredentials)
        }

        var response = context.success()
        if Accept.prefersHTML(request) {
            response.status = .found
            response.fields.add("Location", configuration.logoutRedirect)
        }
        context.clearCookie(on: &response)
        if let value = configuration.clearSiteData {
            response.fields.add("Clear-Site-Data", value)
        }
        return EndpointResult(response)
    }
}
