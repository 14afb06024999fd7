import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// Signing in with a passkey alone, and the challenges of passkeys that are there.
    static let passkeySignIn = [
        Endpoint(
            .post, "/auth/passkeys/challenge",
            .init(
                on: .store, access: .optionalCredentials, limit: .challenge,
                [.secretBody, .sameOrigin]),
            handler: passkeyChallenge,
            Operation(
                id: "passkeyChallenge", summary: "Begin to prove a passkey", tag: .signIn,
                description: """
                    For `navigator.credentials.get()`; valid for five minutes, once. Without a member \
                    for `/auth/passkeys/login`; with the `challenge` of a sign-in for its second \
                    step; with `reauthenticate`, in a session, for `/auth/reauthenticate`.
                    """,
                body: .optional(
                    .options([
                        "challenge": .challenge.orNull, "reauthenticate": .boolean.orNull,
                    ])),
                responses: [.json(.ok, "The options", .requestOptions)],
                errors: [
                    .invalidChallenge, .unauthenticated, .invalidToken, .tokenExpired,
                    .apiKeyNotAllowed, .pendingApproval, .accountDisabled, .emailUnverified,
                    .nativeSigninDisabled, .noSecondFactor, .passkeysUnavailable, .tooManyRequests,
                ])),
        Endpoint(
            .post, "/auth/passkeys/login",
            .init(
                on: .store, access: .optionalCredentials, limit: .login,
                [.secretBody, .sameOrigin]),
            handler: passkeyLogin,
            Operation(
                id: "passkeyLogin", summary: "Sign in with a passkey", tag: .signIn,
                description: """
                    Whose device verified its user: it counts as two factors. The response is the \
                    same for a passkey that is unknown and one of a deleted account.
                    """,
                body: .required(.object(["credential": .named(.passkeyAssertion)])),
                responses: [.signedIn(.ok, "The account, signed in")],
                errors: [
                    .invalidPasskey, .invalidChallenge, .pendingApproval, .accountDisabled,
                    .emailUnverified, .nativeSigninDisabled, .passkeysUnavailable,
                    .tooManyRequests,
                ])),
    ]

    private static func passkeyChallenge(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        let body = try RequestBody(context.request)
        var objections: [InvalidInput] = []
        let reauthenticates = body.optionalFlag("reauthenticate", &objections) ?? false
        guard objections.isEmpty else { throw .domain(.invalidInput(objections)) }
        let use: PasskeyUse
        if reauthenticates {
            use = .reauthentication(try context.caller(for: .person))
        } else if body.has("challenge") {
            use = .secondStep(
                challenge: body.text("challenge"), context.signInClient(isForm: false))
        } else {
            use = .signIn
        }
        let options = try context.domain { service throws(AuthError) in
            try service.passkeys.signInOptions(use)
        }
        return EndpointResult(context.json(.ok, options.json))
    }

    private static func passkeyLogin(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        let assertion = try PasskeyInput(RequestBody(context.request), "credential").assertion()
        let signedIn = try context.domain { service throws(AuthError) in
            try service.passkeys.signIn(assertion, by: context.signInClient(isForm: false))
        }
        return EndpointResult(context.session(.ok, signedIn), account: signedIn.account.id)
    }
}
