import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// The second step of a sign-in, and another proof in a session.
    static let steps = [
        Endpoint(
            .post, "/auth/login/second",
            .init(on: .hashing, access: .optionalCredentials, limit: .login, [.secretBody]),
            handler: secondStep,
            Operation(
                id: "loginSecond", summary: "Prove the second factor", tag: .signIn,
                description: """
                    After `second_factor_required`. The fifth wrong proof ends the challenge; wrong \
                    proofs count with wrong passwords, so that beginning again gives no further \
                    tries. A challenge that a page began also needs its browser's cookie. With \
                    `trust` the browser is not asked again for `factors.trustDays`.
                    """,
                body: .required(
                    .object(
                        [
                            "challenge": .challenge, "method": .oneOf(secondMethods),
                            "code": .code.orNull.described("With `totp` and `recovery`"),
                            "credential": .any(of: [.named(.passkeyAssertion), .null]).described(
                                "With `passkey`, whose challenge `/auth/passkeys/challenge` gives"),
                            "trust": .boolean.orNull.described("False without it"),
                        ], optional: ["code", "credential", "trust"])),
                responses: [.signedIn(.ok, "The account, signed in")],
                errors: [
                    .invalidChallenge, .invalidCode, .invalidPasskey, .pendingApproval,
                    .accountDisabled, .nativeSigninDisabled, .emailUnverified, .noSecondFactor,
                    .passkeysUnavailable, .tooManyRequests,
                ])),
        Endpoint(
            .post, "/auth/reauthenticate",
            .init(
                on: .hashing, access: .activeAccount(.person), limit: .passwordCheck,
                [.secretBody]),
            handler: reauthenticate,
            Operation(
                id: "reauthenticate", summary: "Prove again that it is you", tag: .sessions,
                description: """
                    After `reauthentication_required`, which lists the methods: for ten minutes the \
                    session may change what needs a proof. With a second factor it has two factors \
                    from then on. `recovery` needs `code` and `password`.
                    """,
                body: .required(
                    .object(
                        [
                            "method": .oneOf(SignInMethod.self), "password": .password.orNull,
                            "code": .code.orNull,
                            "credential": .any(of: [.named(.passkeyAssertion), .null]),
                        ], optional: ["password", "code", "credential"])),
                responses: [
                    .json(
                        .ok, "Another JWT of the session", .named(.signedIn),
                        fields: [.setCookieSometimes])
                ],
                errors: [
                    .wrongPassword, .invalidCode, .invalidPasskey, .invalidChallenge,
                    .reauthenticationRequired, .passkeysUnavailable,
                ])),
    ]

    /// What a second step is proven with.
    private static let secondMethods = SignInMethod.allCases.filter { $0 != .password }
        .map(\.rawValue)

    private static func secondStep(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        let step = SecondStep(try RequestBody(context.request))
        let signedIn = try context.domain { service throws(AuthError) in
            try service.signIn.completeSignIn(step, by: context.signInClient(isForm: false))
        }
        return EndpointResult(context.session(.ok, signedIn), account: signedIn.account.id)
    }

    private static func reauthenticate(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let proof = ReauthenticationRequest(try RequestBody(context.request))
        let refreshed = try context.domain { service throws(AuthError) in
            try service.signIn.reauthenticate(proof, by: caller, from: context.clientContext)
        }
        return context.renewed(refreshed)
    }
}
