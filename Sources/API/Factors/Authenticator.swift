import Auth
import Crypto
import HTTP
import JSON
import QRCode
import Web

extension Endpoints {
    /// Adding an authenticator app (RFC 6238).
    static let authenticator = [
        Endpoint(
            .post, "/auth/totp",
            .init(
                on: .hashing, access: .personOrSignIn, limit: .passwordCheck, [.secretBody]),
            handler: beginTOTP,
            Operation(
                id: "beginTotp", summary: "Add an authenticator app", tag: .factors,
                description: """
                    The app reads `url` from the picture, or the person types `secret`: SHA-1, six \
                    digits, 30 seconds. It counts once `/auth/totp/confirm` has seen a code of it. \
                    Requires a fresh proof, for which an account without a second factor may send \
                    its `password`; at a sign-in that requires a factor, its `challenge`.
                    """,
                body: .optional(
                    .options(["password": .password.orNull, "challenge": .challenge.orNull])),
                responses: [
                    .json(
                        .ok, "What the app needs, shown once",
                        .object([
                            "secret": .string(pattern: "^[A-Z2-7]{32}$").described("Base32"),
                            "url": .string(pattern: "^otpauth://totp/"),
                            "qr": .string(pattern: "^<svg ").described("The address as SVG"),
                            "expiresAt": .time.described("Until when it may be confirmed"),
                        ]))
                ], errors: [.reauthenticationRequired, .wrongPassword])),
        Endpoint(
            .post, "/auth/totp/confirm",
            .init(
                on: .store, access: .personOrSignIn, limit: .passwordCheck, [.secretBody]),
            handler: confirmTOTP,
            Operation(
                id: "confirmTotp", summary: "Confirm an authenticator app", tag: .factors,
                description: """
                    With a code that the app shows. The first factor brings ten recovery codes, which \
                    are shown once; at a sign-in that requires a factor the response also signs in.
                    """,
                body: .required(
                    .object(
                        ["code": .code, "challenge": .challenge.orNull], optional: ["challenge"])),
                responses: [.enrolled(.ok, "It is added")],
                errors: [.reauthenticationRequired, .invalidCode])),
    ]

    private static func beginTOTP(_ context: RequestContext) throws(RequestError) -> EndpointResult
    {
        let body = try RequestBody(context.request)
        let owner = try context.factorOwner(body)
        let enrolment = try context.domain { service throws(AuthError) in
            try service.factors.beginTOTP(
                by: owner, password: body.text("password"), from: context.clientContext)
        }
        var object = JSONObject()
        object.add("secret", .string(enrolment.secret))
        object.add("url", .string(enrolment.url))
        object.add("qr", QRSymbol(enrolment.url).map { .string($0.svg()) } ?? .null)
        object.add("expiresAt", .string(enrolment.expiresAt.rfc3339))
        return EndpointResult(context.json(.ok, object), account: owner.account?.id)
    }

    private static func confirmTOTP(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        let body = try RequestBody(context.request)
        let owner = try context.factorOwner(body)
        let enrolled = try context.domain { service throws(AuthError) in
            try service.factors.confirmTOTP(
                code: body.text("code"), by: owner, from: context.clientContext)
        }
        let response = context.enrolled(
            .ok, JSONObject(), enrolled.recoveryCodes, enrolled.signedIn)
        return EndpointResult(
            response, account: owner.account?.id ?? enrolled.signedIn?.account.id)
    }
}
