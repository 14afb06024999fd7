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
                    .any(of: [
                        step(by: [.totp, .recovery], ["code": .code]),
                        step(
                            by: [.passkey],
                            [
                                "credential": .named(.passkeyAssertion).described(
                                    "Its challenge is of `/auth/passkeys/challenge`")
                            ]),
                    ])),
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
                    .any(of: [
                        proof(by: .password, ["password": .password]),
                        proof(by: .totp, ["code": .code]),
                        proof(by: .recovery, ["password": .password, "code": .code]),
                        proof(by: .passkey, ["credential": .named(.passkeyAssertion)]),
                    ])),
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

    /// The body of a second step by some methods.
    private static func step(
        by methods: [SignInMethod], _ proof: KeyValuePairs<String, Schema>
    ) -> Schema {
        .all(of: [
            .object(proof),
            .object(
                [
                    "challenge": .challenge, "method": .oneOf(methods.map(\.rawValue)),
                    "trust": .boolean.orNull.described("False without it"),
                ], optional: ["trust"]),
        ])
    }

    /// The body of a proof by a method.
    private static func proof(
        by method: SignInMethod, _ proof: KeyValuePairs<String, Schema>
    ) -> Schema {
        .all(of: [.object(["method": .oneOf([method.rawValue])]), .object(proof)])
    }

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
