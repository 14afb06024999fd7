import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// Changing a password, and setting one by the link of a mail.
    static let passwords = [
        Endpoint(
            .post, "/auth/password/change",
            .init(
                on: .hashing, access: .activeAccount(.person), limit: .passwordCheck,
                [.secretBody]),
            handler: changePassword,
            Operation(
                id: "changePassword", summary: "Change your password", tag: .account,
                description: """
                    Ends all your other sessions and the trust of all browsers; a mail reports it. \
                    With a second factor it also requires a fresh proof; an account without a \
                    password gets its first one by such a proof, without `currentPassword`.
                    """,
                body: .required(
                    .object(
                        [
                            "currentPassword": .password.orNull,
                            "newPassword": .named(.newPassword),
                            "revokeApiKeys": .boolean.orNull.described(
                                "Whether all your API keys are revoked, too; false without it"),
                        ], optional: ["currentPassword", "revokeApiKeys"])),
                responses: [
                    .json(.ok, "It is changed", .named(.success), fields: [.setDeviceCookie])
                ], errors: [.wrongPassword, .reauthenticationRequired])),
        Endpoint(
            .post, "/auth/password/forgot",
            .init(on: .store, limit: .mail, [.needsMail, .withoutCookies]),
            handler: forgotPassword,
            Operation(
                id: "forgotPassword", summary: "Request a link that sets a new password",
                tag: .signIn,
                description: """
                    The same response in the same time, whether or not an account has the address.
                    """,
                body: .required(.object(["email": .string().example(.string("ada@example.com"))])),
                responses: [
                    .json(
                        .accepted, "If an account has it, a link is on its way", .named(.success))
                ], errors: [.tooManyRequests])),
        Endpoint(
            .post, "/auth/password/reset",
            .init(on: .hashing, limit: .mail, [.secretBody, .proofInForm]),
            handler: resetPassword,
            Operation(
                id: "resetPassword", summary: "Set a new password", tag: .signIn,
                description: """
                    Ends what predates it: sessions, API keys, known devices, links, open \
                    invitations; a mail reports how many. The link is valid for 30 minutes, once; \
                    that of a mail to confirm the present address works, too. Neither sets the \
                    password of an owner or administrator whose address was never confirmed.
                    """,
                body: .required(.object(["token": .string(), "password": .named(.newPassword)])),
                responses: [.json(.ok, "It is set", .named(.success), fields: [.setDeviceCookie])],
                errors: [.invalidLink, .tooManyRequests])),
    ]

    private static func changePassword(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let body = try RequestBody(context.request)
        var objections: [InvalidInput] = []
        let revokesAPIKeys = body.optionalFlag("revokeApiKeys", &objections) ?? false
        let others = objections
        let device = try context.domain { service throws(AuthError) in
            try service.passwords.changePassword(
                from: body.text("currentPassword"), to: body.text("newPassword"),
                revokingAPIKeys: revokesAPIKeys, others: others, by: caller,
                at: context.clientContext)
        }
        var response = context.success()
        context.set(device: device, on: &response)
        return response
    }

    private static func forgotPassword(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        let body = try RequestBody(context.request)
        try context.domain { service throws(AuthError) in
            try service.passwords.requestPasswordReset(of: body.text("email"))
        }
        return EndpointResult(context.success(.accepted))
    }

    private static func resetPassword(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        let body = try RequestBody(context.request)
        let device = try context.domain { service throws(AuthError) in
            try service.passwords.resetPassword(
                token: body.text("token"), password: body.text("password"),
                from: context.clientContext)
        }
        var response = context.success()
        context.set(device: device, on: &response)
        return EndpointResult(response)
    }
}
