import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// The API keys of the caller.
    static let apiKeys = [
        Endpoint(
            .get, "/auth/api-keys", .init(on: .store, access: .activeAccount(.person)),
            handler: listAPIKeys,
            Operation(
                id: "apiKeys", summary: "Your API keys", tag: .apiKeys, parameters: .page,
                responses: [
                    .json(.ok, "Live keys, without their text", .page(of: .named(.apiKey)))
                ],
                errors: [.invalidRequest])),
        Endpoint(
            .post, "/auth/api-keys",
            .init(
                on: .hashing, access: .activeAccount(.person), limit: .passwordCheck,
                [.secretBody]),
            handler: createAPIKey,
            Operation(
                id: "createAPIKey", summary: "Create an API key", tag: .apiKeys,
                description: """
                    Its text is shown in this response and never again; a mail reports the new key. \
                    The tier of the account limits how many there may be. Requires the `password`, \
                    unless it was given in this session within ten minutes; one that is sent is \
                    always checked. `admin`, for owner and administrators, lasts at most 90 days.
                    """,
                body: .required(
                    .object(
                        [
                            "name": .name.example(.string("backup script")),
                            "scopes": .array(of: .scope, count: 1...3).orNull
                                .described("`read` and `write` without any"),
                            "expiresIn": .lifetime.described("Never without one"),
                            "password": .password.orNull,
                        ], optional: ["scopes", "expiresIn", "password"])),
                responses: [
                    .json(
                        .created, "The key",
                        .all(of: [
                            .named(.apiKey),
                            .object(["key": .string(pattern: "^luna_[0-9A-Za-z]{38}$")]),
                        ]))
                ], errors: [.limitReached, .reauthenticationRequired, .wrongPassword])),
        Endpoint(
            .delete, "/auth/api-keys/{id}", .init(on: .store, access: .activeAccount(.person)),
            handler: revokeAPIKey,
            Operation(
                id: "revokeAPIKey", summary: "Revoke an API key", tag: .apiKeys,
                description: "It is refused on every thread before the response is sent.",
                responses: [.json(.ok, "It has ended", .named(.success))])),
    ]

    private static func listAPIKeys(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let request = try context.pageRequest()
        let page = try context.domain { service throws(AuthError) in
            try service.apiKeys.apiKeys(of: caller, request)
        }
        return context.json(page, \.json)
    }

    private static func createAPIKey(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let body = try RequestBody(context.request)
        let made = try context.domain { service throws(AuthError) in
            try service.apiKeys.createAPIKey(
                APIKeyRequest(body), by: caller, from: context.clientContext)
        }
        var object = JSONObject()
        object.add("key", .string(made.text))
        return context.json(.created, made.details.members(of: object))
    }

    private static func revokeAPIKey(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let id = try context.idInPath()
        try context.domain { service throws(AuthError) in
            try service.apiKeys.revokeAPIKey(id, by: caller)
        }
        return context.success()
    }
}
