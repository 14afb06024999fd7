import Auth
import HTTP
import JSON
import Web

extension Operation {
    /// What programs call with.
    static let apiKeys = [
        Operation(
            method: .get, path: "/auth/api-keys", id: "apiKeys", summary: "Your API keys",
            tag: .apiKeys, caller: .active(.person), parameters: .page,
            answers: [.json(.ok, "Live keys, without their text", .page(of: .named(.apiKey)))],
            errors: [.invalidRequest]),
        Operation(
            method: .post, path: "/auth/api-keys", id: "createAPIKey", summary: "Make an API key",
            tag: .apiKeys,
            description: """
                Its text is shown in this answer and never again, and a mail tells of it. How many \
                there may be depends on the tier of the account. Takes the `password`, unless it was \
                given in this session within ten minutes; one that is sent is always checked. \
                `admin`, for owner and administrators, lasts at most 90 days.
                """,
            caller: .active(.person),
            body: OperationBody(
                schema: .object(
                    [
                        "name": .name.example(.string("backup script")),
                        "scopes": .array(of: .scope, count: 1...3).orNull
                            .described("`read` and `write` without any"),
                        "expiresIn": .lifetime.described("Never without one"),
                        "password": .password.orNull,
                    ], optional: ["scopes", "expiresIn", "password"])),
            answers: [
                .json(
                    .created, "The key",
                    .all(of: [
                        .named(.apiKey),
                        .object(["key": .string(pattern: "^luna_[0-9A-Za-z]{38}$")]),
                    ]))
            ], errors: [.limitReached, .reauthenticationRequired, .wrongPassword]),
        Operation(
            method: .delete, path: "/auth/api-keys/{id}", id: "revokeAPIKey",
            summary: "Revoke an API key", tag: .apiKeys,
            description: "It is refused on every thread before the answer is sent.",
            caller: .active(.person), answers: [.json(.ok, "It has ended", .named(.success))]),
    ]
}
