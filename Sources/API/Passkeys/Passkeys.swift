import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// The passkeys of the caller (WebAuthn Level 3 §1).
    static let passkeys = [
        Endpoint(
            .get, "/auth/passkeys", .init(on: .store, access: .activeAccount(.person)),
            handler: listPasskeys,
            Operation(
                id: "passkeys", summary: "Your passkeys", tag: .factors,
                responses: [
                    .json(.ok, "All of them", .object(["items": .array(of: .named(.passkey))]))
                ])),
        Endpoint(
            .patch, "/auth/passkeys/{id}", .init(on: .store, access: .activeAccount(.person)),
            handler: renamePasskey,
            Operation(
                id: "renamePasskey", summary: "Rename a passkey", tag: .factors,
                body: .required(.closed(.object(["name": .name]))),
                responses: [.json(.ok, "As it is now", .named(.passkey))])),
        Endpoint(
            .delete, "/auth/passkeys/{id}", .init(on: .store, access: .activeAccount(.person)),
            handler: removePasskey,
            Operation(
                id: "removePasskey", summary: "Remove a passkey", tag: .factors,
                description: """
                    Ends the trust of all browsers; a mail reports it. The last way to sign in stays.
                    """,
                responses: [.json(.ok, "It is removed", .named(.success))],
                errors: [.reauthenticationRequired, .lastSignInMethod])),
    ]

    private static func listPasskeys(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let passkeys = try context.domain { service throws(AuthError) in
            try service.passkeys.passkeys(of: caller)
        }
        var object = JSONObject()
        object.add("items", passkeys.map(\.json))
        return context.json(.ok, object)
    }

    private static func renamePasskey(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let id = try context.idInPath()
        let body = try RequestBody(context.request)
        let others = body.objections(toOthersThan: ["name"])
        guard others.isEmpty else { throw .domain(.invalidInput(others)) }
        let passkey = try context.domain { service throws(AuthError) in
            try service.passkeys.rename(id, to: body.text("name"), by: caller)
        }
        return context.json(.ok, passkey.json)
    }

    private static func removePasskey(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let id = try context.idInPath()
        try context.domain { service throws(AuthError) in
            try service.passkeys.remove(id, by: caller, from: context.clientContext)
        }
        return context.success()
    }
}
