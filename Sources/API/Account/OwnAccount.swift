import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// The account of the caller.
    static let account = [
        Endpoint(
            .get, "/auth/me", .init(on: .loop, access: .account(.read)), handler: me,
            Operation(
                id: "me", summary: "Your account", tag: .account,
                description: "Also while it waits for approval.",
                responses: [.json(.ok, "As it is now, whatever the token says", .named(.account))])),
        Endpoint(
            .patch, "/auth/me", .init(on: .store, access: .activeAccount(.write)),
            handler: updateMe,
            Operation(
                id: "updateMe", summary: "Change your name and language", tag: .account,
                description: "An omitted member keeps its value.",
                body: .optional(.changes(["name": .name.orNull, "language": .language])),
                responses: [.json(.ok, "As it is now", .named(.account))])),
        Endpoint(
            .delete, "/auth/me",
            .init(
                on: .hashing, access: .account(.person), limit: .passwordCheck, [.secretBody]),
            handler: deleteMe,
            Operation(
                id: "deleteMe", summary: "Delete your account", tag: .account,
                description: """
                    With everything that belongs to it; requires the `password`, with a second factor \
                    also a fresh proof, and without a password that proof alone. The owner's account \
                    cannot be deleted.
                    """,
                body: .required(.object(["password": .password.orNull], optional: ["password"])),
                responses: [.json(.ok, "It is deleted", .named(.success), fields: [.setCookie])],
                errors: [.ownerProtected, .wrongPassword, .reauthenticationRequired])),
        Endpoint(
            .get, "/auth/me/export", .init(on: .store, access: .activeAccount(.person)),
            handler: exportMe,
            Operation(
                id: "exportMe", summary: "Everything stored about you", tag: .account,
                description: "No hash, no secret, no content of a mail.",
                responses: [.json(.ok, "As a file", .named(.export))])),
    ]

    private static func me(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        context.json(.ok, caller.record.profile)
    }

    private static func updateMe(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let body = try RequestBody(context.request)
        let account = try context.domain { service throws(AuthError) in
            try service.accounts.changeProfile(ProfileChange(body), by: caller)
        }
        return context.json(.ok, account.encodedProfile)
    }

    private static func deleteMe(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let body = try RequestBody(context.request)
        try context.domain { service throws(AuthError) in
            try service.accounts.deleteAccount(
                password: body.text("password"), of: caller, from: context.clientContext)
        }
        var response = context.success()
        context.clearCookie(on: &response)
        return response
    }

    private static func exportMe(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let export = try context.domain { service throws(AuthError) in
            try service.accounts.export(of: caller)
        }
        var response = context.json(.ok, export.json)
        response.fields.add(
            "Content-Disposition", #"attachment; filename="lunauth-export.json""#)
        return response
    }
}
