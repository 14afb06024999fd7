import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// First-run setup.
    static let setup = [
        Endpoint(
            .get, "/auth/setup/exists", .init(on: .loop, [.sameOrigin]), handler: setupExists,
            Operation(
                id: "setupExists", summary: "Whether the server is set up", tag: .setup,
                responses: [
                    .json(
                        .ok, "Whether an owner exists",
                        .object([
                            "success": .boolean.described("An owner exists"),
                            "setupRequired": .boolean, "message": .string(),
                        ]))
                ])),
        Endpoint(
            .post, "/auth/setup",
            .init(on: .hashing, limit: .setup, [.sameOrigin, .secretBody]),
            handler: setUp,
            Operation(
                id: "setup", summary: "Create the owner, once", tag: .setup,
                description: """
                    By a process of the server's own user on the same machine, which addresses \
                    it as such and sends no field that only proxies send; or with the setup \
                    code, which a server without an owner logs.
                    """,
                parameters: [
                    Operation.Parameter(
                        "X-Setup-Code", in: .header,
                        "The code from the log; required of every other client", .string())
                ],
                body: .required(setupBody),
                responses: [.signedIn(.created, "The owner, signed in")],
                errors: [
                    .alreadySetUp, .emailTaken, .databaseInUse, .setupCodeRequired,
                    .tooManyRequests,
                ])),
    ]

    private static let setupBody = Schema.object(
        [
            "type": .oneOf(["basic", "advanced"]).orNull.byDefault(.string("basic")).described(
                "`advanced` requires `websiteUrl` and `retentionPeriod`"),
            "username": .name.example(.string("admin")),
            "email": .email.example(.string("owner@example.com")),
            "password": .named(.newPassword),
            "databaseType": .oneOf(DatabaseKind.allCases.flatMap { [$0.name, $0.alias] }).orNull
                .described("The configured one, which it is when absent"),
            "databaseName": .string(pattern: "^[A-Za-z0-9_-]{1,64}$").orNull.described(
                "The accounts are stored in a file of this name, with SQLite"),
            "websiteUrl": .origin.orNull.described(
                "The public origin, for cookies and links in mails"),
            "siteName": .siteName.orNull.described("The name of the site in pages and mails"),
            "migrationType": .oneOf(SetupRecord.MigrationType.self).orNull,
            "retentionPeriod": .retentionPeriod.orNull,
        ],
        optional: [
            "type", "databaseType", "databaseName", "websiteUrl", "siteName", "migrationType",
            "retentionPeriod",
        ])

    private static func setupExists(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        let exists = context.service.state.hasOwner
        var object = JSONObject()
        object.add("success", .bool(exists))
        object.add("setupRequired", .bool(!exists))
        object.add(
            "message", .string(exists ? "Setup is done" : "No owner exists; setup is required"))
        return EndpointResult(context.json(.ok, object))
    }

    private static func setUp(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let signedIn = try context.setUp()
        return EndpointResult(context.session(.created, signedIn), account: signedIn.account.id)
    }
}
