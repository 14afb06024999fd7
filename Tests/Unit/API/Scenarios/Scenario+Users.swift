import Auth
import Crypto
import HTTP
import TestSupport

extension Scenario {
    private static let readKey = APIKeyText.random()
    private static let writeKey = APIKeyText.random()
    private static let keys: @Sendable (World) throws -> Void = { world in
        try world.makeKey(of: Person.owner.email, scopes: .read, text: readKey)
        try world.makeKey(of: Person.owner.email, scopes: .write, text: writeKey)
    }
    private static let reads = "Authorization: Bearer \(readKey.text)"
    private static let administers = "Authorization: Bearer {owner.adminKey}"
    private static let writes = "Authorization: Bearer \(writeKey.text)"
    private static let nobody = "/auth/users/\(UUID.random())"

    private static func list(
        _ name: String, _ query: String, _ found: [Person], as person: Person = .owner
    ) -> Scenario {
        Scenario(
            name, get("/auth/users\(query)", "Cookie: session_token={\(person).cookie}"), .ok,
            [#"{"items":["#, #""nextCursor":null}"#] + found.map { "\"\($0.email)\"" },
            not: Person.allCases.filter { !found.contains($0) }.map { "\"\($0.email)\"" })
    }

    private static func badList(_ query: String, _ field: String) -> Scenario {
        Scenario(
            "\(field) is wrong: \(query)",
            get("/auth/users?\(query)", "Cookie: session_token={owner.cookie}"), .badRequest,
            [#""code":"invalid_request""#, "\"fields\":{\"\(field)\":"])
    }

    private static func patch(
        _ body: String, of target: Person = .customer, as person: Person = .owner
    ) -> String {
        send(
            "PATCH", "/auth/users/{\(target).id}", body, "Cookie: session_token={\(person).cookie}")
    }

    private static func delete(_ target: Person, as person: Person = .owner) -> String {
        send("DELETE", "/auth/users/{\(target).id}", "", "Cookie: session_token={\(person).cookie}")
    }

    private static func act(
        _ verb: String, on target: String, as person: Person, _ body: String = ""
    ) -> String {
        post("/auth/users/\(target)/\(verb)", body, "Cookie: session_token={\(person).cookie}")
    }

    /// Unlocking and sending resets: under the same rules.
    private static let helping: [Scenario] =
        [("unlock", Status.ok), ("reset", .accepted)].flatMap { verb, status in
            [
                Scenario(
                    "\(verb) by the owner", act(verb, on: "{member.id}", as: .owner), status,
                    [#"{"success":true}"#]),
                Scenario(
                    "\(verb) by an admin", act(verb, on: "{member.id}", as: .admin), status),
                Scenario(
                    "\(verb) of the owner by an admin", act(verb, on: "{owner.id}", as: .admin),
                    .forbidden, [#""code":"forbidden""#]),
                Scenario(
                    "\(verb) by a member", act(verb, on: "{customer.id}", as: .member),
                    .forbidden, [#""code":"forbidden""#]),
                Scenario(
                    "\(verb) by an unauthenticated client",
                    post("/auth/users/{customer.id}/\(verb)", ""),
                    .unauthorized),
                Scenario(
                    "\(verb) of an unknown account", act(verb, on: "\(UUID.random())", as: .owner),
                    .notFound,
                    [#""code":"not_found""#]),
                Scenario(
                    "\(verb) by a key",
                    post(
                        "/auth/users/{customer.id}/\(verb)", "",
                        "Authorization: Bearer {owner.key}"),
                    .forbidden, [#""code":"api_key_not_allowed""#]),
                Scenario(
                    "\(verb) from another site",
                    post(
                        "/auth/users/{customer.id}/\(verb)", "", "Sec-Fetch-Site: cross-site",
                        "Cookie: session_token={owner.cookie}"),
                    .forbidden, [#""code":"cross_origin""#]),
                Scenario(
                    "\(verb) sets no password",
                    login("customer", "another password"), .unauthorized
                ) {
                    $0.before = [
                        act(
                            verb, on: "{customer.id}", as: .owner,
                            #"{"password":"another password"}"#)
                    ]
                },
            ]
        } + [
            Scenario(
                "a change sets no password", login("customer", "another password"), .unauthorized
            ) { $0.before = [patch(#"{"password":"another password"}"#)] },
            Scenario(
                "an unlocked account", login("customer", Person.password), .ok
            ) {
                $0.before =
                    Array(repeating: login("customer", "another"), count: 6) + [
                        act("unlock", on: "{customer.id}", as: .admin)
                    ]
            },
            Scenario(
                "an admin unlocks themselves", act("unlock", on: "{admin.id}", as: .admin), .ok),
            Scenario(
                "a reset of an admin who never confirmed their address",
                act("reset", on: "{admin.id}", as: .owner), .forbidden,
                [#""code":"email_unverified""#]),
            Scenario(
                "a reset of an admin", act("reset", on: "{admin.id}", as: .owner), .accepted
            ) {
                $0.prepare = { world in
                    world.change(Person.admin.email) { $0.emailVerifiedAt = TestClock.start }
                }
            },
            Scenario(
                "a reset without a transport", act("reset", on: "{customer.id}", as: .owner),
                .serviceUnavailable, [#""code":"mail_not_configured""#]
            ) {
                $0.site.sendsMail = false
                $0.reason = .mailNotConfigured
            },
            Scenario(
                "a reset of a disabled account", act("reset", on: "{disabled.id}", as: .owner),
                .forbidden, [#""code":"account_disabled""#]),
            Scenario(
                "resets are limited", act("reset", on: "{customer.id}", as: .owner),
                .tooManyRequests
            ) {
                $0.before = Array(
                    repeating: act("reset", on: "{customer.id}", as: .owner), count: 3)
                $0.reason = .recipientLimit
            },
        ]

    static let users: [Scenario] =
        lists + helping + [
            Scenario(
                "one account",
                get("/auth/users/{customer.id}", "Cookie: session_token={admin.cookie}"), .ok,
                [
                    #""email":"customer@example.org","name":"customer","tier":"free","created_at":""#,
                    #""role":"user","status":"active","emailVerified":false,"language":null}"#,
                ]),
            Scenario(
                "the owner exports all accounts",
                get("/auth/export", "Cookie: session_token={owner.cookie}"), .ok,
                [
                    #"{"items":["#, "customer@example.org", #""emailVerifiedAt":"#,
                    #""approvedAt":null"#,
                ], not: ["hash", "$pbkdf2", "secret"]),
            Scenario(
                "an export goes on at its cursor",
                get("/auth/export?limit=1", "Cookie: session_token={owner.cookie}"), .ok,
                [#""nextCursor":""#]),
            Scenario(
                "an administrator exports nothing",
                get("/auth/export", "Cookie: session_token={admin.cookie}"), .forbidden,
                [#""code":"forbidden""#], not: ["@example.org"]),
            Scenario(
                "a key exports nothing", get("/auth/export", administers), .forbidden,
                [#""code":"api_key_not_allowed""#]),
            Scenario(
                "an account in capitals",
                get(
                    "/auth/users/0ADDC0DE-1234-4234-8234-123456789ABC",
                    "Cookie: session_token={owner.cookie}"), .notFound, [#""code":"not_found""#]),
            Scenario(
                "an unknown account", get(nobody, "Cookie: session_token={owner.cookie}"),
                .notFound,
                [#""code":"not_found""#]),
            Scenario("an account for an unauthenticated client", get(nobody), .unauthorized),
            Scenario(
                "a member sees no account, not even their own",
                get("/auth/users/{member.id}", "Cookie: session_token={member.cookie}"), .forbidden,
                [#""code":"forbidden""#], not: ["@example.org"]),
            Scenario(
                "a key that administers reads", get("/auth/users/{customer.id}", administers), .ok,
                ["customer@example.org"]
            ),
            Scenario(
                "a key that only reads sees no other account",
                get("/auth/users/{customer.id}", reads),
                .forbidden, [#""code":"insufficient_scope""#]
            ) { $0.prepare = keys },
            Scenario(
                "a key that administers changes a tier",
                send("PATCH", "/auth/users/{customer.id}", #"{"tier":"pro"}"#, administers), .ok,
                [#""tier":"pro""#]),
            Scenario(
                "a key may not delete",
                send("DELETE", "/auth/users/{customer.id}", "", administers), .forbidden,
                [#""code":"api_key_not_allowed""#]),
            Scenario(
                "a key that only writes reads nothing", get("/auth/users", writes), .forbidden,
                [#""code":"insufficient_scope""#]
            ) { $0.prepare = keys },
            Scenario(
                "a key that only reads changes nothing",
                send("PATCH", "/auth/users/{customer.id}", "{}", reads), .forbidden,
                [#""code":"insufficient_scope""#]
            ) { $0.prepare = keys },
            Scenario(
                "a key confirms no address",
                send("PATCH", "/auth/users/{customer.id}", #"{"emailVerified":true}"#, administers),
                .forbidden, [#""code":"api_key_not_allowed""#]),
            Scenario(
                "the owner confirms an address", patch(#"{"emailVerified":true}"#), .ok,
                [#""emailVerified":true"#]),
            Scenario(
                "an admin confirms an address", patch(#"{"emailVerified":true}"#, as: .admin), .ok,
                [#""emailVerified":true"#]
            ) { $0.site.sendsMail = false },
            Scenario(
                "an admin does not confirm the owner's",
                patch(#"{"emailVerified":true}"#, of: .owner, as: .admin), .forbidden
            ) { $0.prepare = { $0.unconfirm(Person.owner.email) } },
            Scenario(
                "a confirmation is taken back", patch(#"{"emailVerified":false}"#), .ok,
                [#""emailVerified":false"#]
            ) { $0.before = [patch(#"{"emailVerified":true}"#)] },
            Scenario(
                "null confirms nothing", patch(#"{"emailVerified":null}"#), .ok,
                [#""emailVerified":false"#]),
            Scenario(
                "everything at fault in a change is named",
                patch(#"{"emailVerified":"true","email":"a@b.cc","tier":"gold"}"#), .badRequest,
                [
                    #""emailVerified":"must be true or false""#, #""email":"is unknown""#,
                    #""tier":"must be one of"#,
                ]),
            Scenario(
                "a change of one's own with members that are unknown",
                send(
                    "PATCH", "/auth/me", #"{"name":"","username":"x"}"#,
                    "Cookie: session_token={customer.cookie}"), .badRequest,
                [#""name":""#, #""username":"is unknown""#]),
            Scenario(
                "an account says twice when it was made",
                get("/auth/users/{customer.id}", administers),
                .ok,
                [
                    #""created_at":"2023-11-14T22:13:20.000Z","createdAt":"2023-11-14T22:13:20.000Z""#
                ]),
            Scenario(
                "a key makes no administrators",
                send("PATCH", "/auth/users/{customer.id}", #"{"role":"admin"}"#, administers),
                .forbidden,
                [#""code":"api_key_not_allowed""#]),

            Scenario(
                "everything at once",
                patch(#"{"status":"disabled","tier":"pro","role":"member","name":"Grace Ü"}"#), .ok,
                [
                    #""name":"Grace Ü","tier":"pro""#, #""role":"member","status":"disabled""#,
                ]),
            Scenario(
                "nothing at all", patch(#"{"name":null,"tier":null}"#), .ok, [#""name":"customer""#]
            ),
            Scenario("without a body", patch(""), .ok, [#""name":"customer""#]),
            Scenario(
                "all that is wrong",
                patch(#"{"status":"pending","tier":1,"role":"king","name":""}"#), .badRequest,
                [
                    #""code":"invalid_request""#, #""status":"must be one of: active, disabled""#,
                    #""tier":"must be a string""#,
                    #""role":"must be one of: owner, admin, member, user""#,
                    #""name":"must have 1 to 100 characters""#,
                ]),
            Scenario("no object", patch("[]"), .badRequest, [#""code":"malformed_json""#]),
            Scenario(
                "a form", patch("name=x").replacing("application/json", with: "text/plain"),
                .unsupportedMediaType),
            Scenario(
                "a change of an unknown account",
                send("PATCH", nobody, "{}", "Cookie: session_token={owner.cookie}"), .notFound),
            Scenario(
                "a change by an unauthenticated client", send("PATCH", nobody, "x"), .unauthorized),
            Scenario(
                "a change by a member", patch("{}", as: .member), .forbidden,
                [#""code":"forbidden""#]),
            Scenario(
                "a change by who waits", patch("{}", as: .pending), .forbidden, ["pending_approval"]
            ),
            Scenario(
                "an admin changes a member", patch(#"{"tier":"team"}"#, of: .member, as: .admin),
                .ok,
                [#""tier":"team""#]),
            Scenario(
                "an admin makes no admin", patch(#"{"role":"admin"}"#, as: .admin), .forbidden,
                [#""code":"forbidden""#]),
            Scenario(
                "an admin leaves the owner alone", patch(#"{"name":"x"}"#, of: .owner, as: .admin),
                .forbidden, [#""code":"forbidden""#]),
            Scenario(
                "the owner stays owner", patch(#"{"role":"admin"}"#, of: .owner), .forbidden,
                [#""code":"owner_protected""#]),
            Scenario(
                "no other account becomes owner", patch(#"{"role":"owner"}"#), .forbidden,
                [#""code":"owner_protected""#]),
            Scenario(
                "another site changes nothing",
                send(
                    "PATCH", "/auth/users/{customer.id}", "{}", "Sec-Fetch-Site: cross-site",
                    "Cookie: session_token={owner.cookie}"), .forbidden, ["cross_origin"]),

            Scenario("deleted", delete(.customer), .ok, [#"{"success":true}"#]),
            Scenario("deleted by an admin", delete(.pending, as: .admin), .ok),
            Scenario(
                "the owner is not deleted", delete(.owner), .forbidden,
                [#""code":"owner_protected""#]),
            Scenario(
                "an admin deletes no admin", delete(.admin, as: .admin), .forbidden,
                [#""code":"forbidden""#]),
            Scenario("a member may not delete", delete(.customer, as: .member), .forbidden),
            Scenario(
                "deleting an unknown account",
                send("DELETE", nobody, "", "Cookie: session_token={owner.cookie}"), .notFound),
            Scenario(
                "what is deleted is gone",
                get("/auth/me", "Cookie: session_token={customer.cookie}"),
                .unauthorized, ["unauthenticated"]
            ) {
                $0.before = [
                    get("/auth/me", "Cookie: session_token={customer.cookie}"), delete(.customer),
                ]
            },
            Scenario(
                "what is disabled is refused",
                get("/auth/me", "Authorization: Bearer {customer.token}"), .unauthorized,
                ["invalid_token"]
            ) {
                $0.before = [
                    get("/auth/me", "Authorization: Bearer {customer.token}"),
                    patch(#"{"status":"disabled"}"#),
                ]
            },
        ]

    private static let byAge = Cursor(createdAt: TestClock.start, id: .random())
    private static let byName = Cursor(foldedName: "a", id: .random(), .name)

    private static let lists: [Scenario] = [
        list("everybody", "", Person.allCases),
        list("everybody, for an admin", "?status=&role=&query=", Person.allCases, as: .admin),
        list("who waits", "?status=pending", [.pending]),
        list("who is disabled", "?status=disabled", [.disabled]),
        list("the team", "?role=member", [.member, .pending]),
        list("all at once", "?role=member&status=active&query=M", [.member]),
        list(
            "who has not confirmed", "?emailVerified=false&sort=name",
            Person.allCases.filter { $0 != .owner }),
        list("who has confirmed", "?emailVerified=true&sort=", [.owner]),
        list("the start of a name", "?query=CUSTOM", [.customer]),
        list("the middle of a name", "?query=stom", []),
        list("an address", "?query=owner%40example.org", [.owner]),
        list("the last of two counts", "?status=active&status=pending", [.pending]),
        list("a wildcard", "?query=%25", []), list("a joker", "?query=ow_er", []),
        badList("status=Active", "status"), badList("role=king", "role"),
        badList("query=\(String(repeating: "x", count: 255))", "query"),
        badList("query=%00", "query"), badList("limit=0", "limit"), badList("limit=101", "limit"),
        badList("limit=ten", "limit"), badList("cursor=x", "cursor"),
        badList("emailVerified=1", "emailVerified"), badList("sort=Name", "sort"),
        badList("sort=name&cursor=\(byAge.text)", "cursor"),
        badList("cursor=\(byName.text)", "cursor"),
        badList("sort=nameDescending&cursor=\(byName.text)", "cursor"),
        list("the first by name", "?sort=name&query=cus&cursor=\(byName.text)", [.customer]),
        Scenario("a list for an unauthenticated client", get("/auth/users"), .unauthorized),
        Scenario(
            "a list for a customer",
            get("/auth/users", "Cookie: session_token={customer.cookie}"), .forbidden,
            [#""code":"forbidden""#], not: ["@example.org"]),
        Scenario(
            "a list for who waits",
            get("/auth/users", "Cookie: session_token={pending.cookie}"), .forbidden,
            ["pending_approval"], not: ["@example.org"]),
    ]
}
