import Auth
import HTTP
import JSON
import Web

extension Operation {
    /// What the owner and administrators decide for everybody.
    static let setup = [
        Operation(
            method: .get, path: "/auth/setup/exists", id: "setupExists",
            summary: "Whether the server is set up", tag: .setup, trait: .sameOrigin,
            answers: [
                .json(
                    .ok, "Whether an owner exists",
                    .object([
                        "success": .boolean.described("An owner exists"),
                        "setupRequired": .boolean, "message": .string(),
                    ]))
            ]),
        Operation(
            method: .post, path: "/auth/setup", id: "setup", summary: "Make the owner, once",
            tag: .setup,
            description: """
                By a process of the server's own user on the same machine, which addresses it as such \
                and sends no field that only proxies do; or with the setup code, which a server \
                without an owner logs.
                """,
            parameters: [
                OperationParameter(
                    name: "X-Setup-Code", place: .header,
                    description: "The code from the log; needed by everybody else",
                    schema: .string())
            ],
            body: OperationBody(schema: setupBody), trait: .sameOrigin,
            answers: [.signedIn(.created, "The owner, signed in")],
            errors: [
                .alreadySetUp, .emailTaken, .databaseInUse, .setupCodeRequired, .tooManyRequests,
            ]),
        Operation(
            method: .get, path: "/auth/config", id: "config", summary: "How one may sign in here",
            tag: .setup, answers: [.json(.ok, "The settings", .named(.settings))]),
        Operation(
            method: .post, path: "/auth/config/update", id: "updateConfig",
            summary: "Switch settings", tag: .setup,
            description: """
                What is left out keeps its value, and a member that is not known here is refused; what \
                `GET /auth/config` answers may be sent back. Holds for the next request of every \
                thread; ends no session. `websiteUrl`, `migrationType` and `retentionPeriod` are the \
                owner's alone, in a session; `websiteUrl`, where links in mails lead, wants `password` \
                or a session whose password was given within 10 minutes.
                """,
            caller: .administrator(.administration),
            body: OperationBody(
                schema: .changes([
                    "nativeSignin": .boolean, "register": .boolean, "signup": .boolean,
                    "approval": .boolean, "requireEmailVerification": .boolean,
                    "websiteUrl": .origin,
                    "migrationType": .oneOf(SetupRecord.MigrationType.self),
                    "retentionPeriod": .retentionPeriod, "password": .password.orNull,
                ]), isRequired: false),
            answers: [
                .json(
                    .ok, "The settings as they are now",
                    .all(of: [
                        .named(.success), .named(.settings),
                        .object(
                            [
                                "websiteUrl": .origin.described("After a change of one of these"),
                                "migrationType": .oneOf(SetupRecord.MigrationType.self),
                                "retentionPeriod": .retentionPeriod,
                            ], optional: ["websiteUrl", "migrationType", "retentionPeriod"]),
                    ]))
            ], errors: [.apiKeyNotAllowed, .reauthenticationRequired, .wrongPassword]),
    ]

    private static let setupBody = Schema.object(
        [
            "type": .oneOf(["basic", "advanced"]).orNull.byDefault(.string("basic")).described(
                "`advanced` asks for `websiteUrl` and `retentionPeriod`"),
            "username": .name.example(.string("admin")),
            "email": .email.example(.string("owner@example.com")),
            "password": .named(.newPassword),
            "databaseType": .oneOf(["sqlite", "better-sqlite3"]).orNull,
            "databaseName": .string(pattern: "^[A-Za-z0-9_-]{1,64}$").orNull.described(
                "The accounts live in a file of this name"),
            "websiteUrl": .origin.orNull.described(
                "The public origin, for cookies and links in mails"),
            "migrationType": .oneOf(SetupRecord.MigrationType.self).orNull,
            "retentionPeriod": .retentionPeriod.orNull,
        ],
        optional: [
            "type", "databaseType", "databaseName", "websiteUrl", "migrationType",
            "retentionPeriod",
        ])
}

extension Schema {
    /// How long history is kept, as `Period` reads it.
    fileprivate static let retentionPeriod = string(pattern: "^[0-9]{1,4}[hdwmy]$")
        .described("How long ended sessions are kept; from 6 hours to 100 years")
        .example(.string("6m"))
}
