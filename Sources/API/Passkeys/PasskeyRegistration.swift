import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// Adding a passkey (WebAuthn Level 3 §7.1).
    static let passkeyRegistration = [
        Endpoint(
            .post, "/auth/passkeys/options",
            .init(
                on: .hashing, access: .personOrSignIn, limit: .passwordCheck,
                [.secretBody, .sameOrigin]),
            handler: registrationOptions,
            Operation(
                id: "passkeyOptions", summary: "Begin to add a passkey", tag: .factors,
                description: """
                    For `navigator.credentials.create()`; valid for five minutes, once. Requires a \
                    fresh proof, for which an account without a second factor may send its \
                    `password`; at a sign-in that requires a factor, its `challenge`.
                    """,
                body: .optional(
                    .options(["password": .password.orNull, "challenge": .challenge.orNull])),
                responses: [.json(.ok, "The options", .creationOptions)],
                errors: [
                    .reauthenticationRequired, .wrongPassword, .limitReached, .passkeysUnavailable,
                ]
            )),
        Endpoint(
            .post, "/auth/passkeys",
            // A form may carry a proof: a password, or a code with one.
            .init(
                on: .hashing, access: .personOrSignIn, limit: .passwordCheck,
                [.secretBody, .sameOrigin]),
            handler: registerPasskey,
            Operation(
                id: "registerPasskey", summary: "Add a passkey", tag: .factors,
                description: """
                    With the response of the authenticator. The first factor brings ten recovery \
                    codes, which are shown once; at a sign-in that requires a factor the response \
                    also signs in. A mail reports the new passkey.
                    """,
                body: .required(
                    .object(
                        [
                            "credential": .named(.passkeyRegistration),
                            "name": .name.orNull.described("`Passkey` without one"),
                            "challenge": .challenge.orNull.described("Of the sign-in"),
                        ], optional: ["name", "challenge"])),
                responses: [.enrolled(.created, "The passkey", .named(.passkey))],
                errors: [
                    .reauthenticationRequired, .invalidPasskey, .limitReached, .passkeysUnavailable,
                ]
            )),
    ]

    private static func registrationOptions(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        let body = try RequestBody(context.request)
        let owner = try context.factorOwner(body)
        let options = try context.domain { service throws(AuthError) in
            try service.passkeys.registrationOptions(
                by: owner, password: body.text("password"), from: context.clientContext)
        }
        return EndpointResult(context.json(.ok, options.json), account: owner.account?.id)
    }

    private static func registerPasskey(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        let body = try RequestBody(context.request)
        let owner = try context.factorOwner(body)
        let credential = try PasskeyRegistration(body)
        let made = try context.domain { service throws(AuthError) in
            try service.passkeys.register(
                credential, name: body.text("name"), by: owner, from: context.clientContext)
        }
        let response = context.enrolled(
            .created, made.passkey.json, made.recoveryCodes, made.signedIn)
        return EndpointResult(response, account: owner.account?.id ?? made.signedIn?.account.id)
    }
}
