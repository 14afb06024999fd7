import Auth
import Crypto
import HTTP
import TestSupport

extension Scenario {
    private static let path = "/auth/api-keys"
    private static let cookie = "Cookie: session_token={customer.cookie}"
    /// The id of the one key that is there.
    private static let id = UUID(high: 0x1111_1111_1111_4111, low: 0x8111_1111_1111_1111)

    private static func withKey(
        of person: Person, lifetime: Int64? = nil
    ) -> @Sendable (World) throws -> Void {
        { try $0.makeKey(of: person.email, id: id, scopes: .read, lifetime: lifetime) }
    }

    private static func create(
        _ name: String, _ body: String, _ contains: [String]
    ) -> Scenario {
        Scenario(name, post(path, body, cookie), .created, contains, not: ["fields"])
    }

    private static func refused(_ name: String, _ body: String, _ contains: String...) -> Scenario {
        Scenario(
            name, post(path, body, cookie), .badRequest,
            [#""code":"invalid_request""#] + contains, not: ["luna_", "Missing"])
    }

    static let apiKeys: [Scenario] = created + objections + managed + kept

    private static let created: [Scenario] = [
        create(
            "a key", #"{"name":"ci"}"#,
            [
                #"{"key":"luna_"#, #"","id":""#, #""name":"ci","prefix":"luna_"#,
                #""scopes":["read","write"],"createdAt":"2023-11-14T22:13:20.000Z","#
                    + #""expiresAt":null,"lastUsedAt":null}"#,
            ]),
        create(
            "a key with everything",
            #"{"name":"Grüße 🔑","scopes":["write"],"expiresIn":"30d","more":1}"#,
            [
                #""name":"Grüße 🔑""#, #""scopes":["write"]"#,
                #""expiresAt":"2023-12-14T22:13:20.000Z""#,
            ]),
        create(
            "a number of seconds", #"{"name":"ci","scopes":["write","read"],"expiresIn":3600}"#,
            [#""scopes":["read","write"]"#, #""expiresAt":"2023-11-14T23:13:20.000Z""#]),
        create(
            "null is absent", #"{"name":"ci","scopes":null,"expiresIn":null}"#,
            [#""scopes":["read","write"]"#, #""expiresAt":null"#]),
        Scenario(
            "a token will do",
            post(path, #"{"name":"ci"}"#, "Authorization: Bearer {customer.token}"), .created),
        Scenario(
            "a password that was given too long ago", post(path, #"{"name":"ci"}"#, cookie),
            .forbidden, [#""code":"reauthentication_required""#], not: ["luna_"]
        ) {
            $0.before = [get("/auth/me", cookie)]
            $0.elapsing = 600
        },
        Scenario(
            "the password with the request",
            post(path, #"{"name":"ci","password":"\#(Person.password)"}"#, cookie), .created
        ) {
            $0.before = [get("/auth/me", cookie)]
            $0.elapsing = 600
        },
        Scenario(
            "a wrong password with the request",
            post(path, #"{"name":"ci","password":"wrong"}"#, cookie), .forbidden,
            [#""code":"wrong_password""#], not: ["luna_"]),
        Scenario(
            "a password that is none", post(path, #"{"name":"ci","password":1}"#, cookie),
            .badRequest, [#""fields":{"password":"must be a string"}"#]),
    ]

    private static let objections: [Scenario] =
        [
            refused("no body", "", #""fields":{"name":"is required"}"#),
            refused(
                "everything at once", #"{"name":1,"scopes":"read","expiresIn":true}"#,
                #""scopes":"must be an array of strings""#, #""expiresIn":"must be 1 to 4 digits"#,
                #""name":"must be a string""#),
            refused("a blank name", #"{"name":" "}"#, #""name":"must have 1 to 100 characters""#),
            refused("a name of two lines", #"{"name":"a\nb"}"#, #""name":"must not hold control"#),
            refused(
                "a long name", #"{"name":"\#(String(repeating: "a", count: 101))"}"#,
                #""name":"must have 1 to 100 characters""#),
            refused("no scope", #"{"name":"ci","scopes":[]}"#, #""scopes":"must hold"#),
            refused(
                "an unknown scope", #"{"name":"ci","scopes":["owner"]}"#, #""scopes":"must hold"#),
            refused(
                "a scope twice", #"{"name":"ci","scopes":["read","read"]}"#, #""scopes":"must hold"#
            ),
            refused(
                "a scope that is no text", #"{"name":"ci","scopes":["read",null]}"#,
                #""scopes":"must be an array of strings""#),
        ]
        + [
            #""""#, #""30""#, #""0h""#, #""11y""#, #""30s""#, "0", "-1", "315360001", "1.5", "[]",
        ].map {
            refused(
                "expiresIn \($0)", #"{"name":"ci","expiresIn":\#($0)}"#, #""fields":{"expiresIn""#)
        }

    /// Who may, and who may not.
    private static let managed: [Scenario] = [
        Scenario("unauthenticated", get(path), .unauthorized, ["unauthenticated"]),
        Scenario(
            "creating one unauthenticated", post(path, "{}"), .unauthorized, ["unauthenticated"]),
        Scenario("revoking one unauthenticated", delete("\(path)/\(id)"), .unauthorized),
        Scenario(
            "a pending account", post(path, "{}", "Cookie: session_token={pending.cookie}"),
            .forbidden, ["pending_approval"]),
        Scenario(
            "a disabled account", get(path, "Cookie: session_token={disabled.cookie}"),
            .unauthorized),
        Scenario(
            "a page of another site", post(path, "{}", cookie, "Sec-Fetch-Site: cross-site"),
            .forbidden, ["cross_origin"]),
        Scenario(
            "a page of another site revokes nothing",
            delete("\(path)/\(id)", cookie, "Origin: https://evil.example"), .forbidden,
            ["cross_origin"]),
        Scenario("HEAD", "HEAD \(path) HTTP/1.1\nHost: a\n\(cookie)\n\n", .ok),
        Scenario("another method", delete(path), .methodNotAllowed, ["Allow: GET, HEAD, POST"]),
        Scenario("no id", delete("\(path)/x", cookie), .notFound),
        Scenario(
            "a form from nowhere",
            "POST \(path) HTTP/1.1\nHost: a\nContent-Type: "
                + "application/x-www-form-urlencoded\n\(cookie)\n\nname=ci",
            .forbidden, [#""code":"cross_origin""#]),
        Scenario(
            "as many as there may be", post(path, #"{"name":"ci"}"#, cookie), .conflict,
            [#""code":"limit_reached""#]
        ) { $0.before = Array(repeating: post(path, #"{"name":"ci"}"#, cookie), count: 5) },
        Scenario(
            "inputs before the number of keys", post(path, "{}", cookie), .badRequest
        ) { $0.before = Array(repeating: post(path, #"{"name":"ci"}"#, cookie), count: 5) },
    ]

    /// What becomes of a key.
    private static let kept: [Scenario] = [
        Scenario(
            "a list", get(path, cookie), .ok,
            [
                #"{"items":[{"id":"\#(id)","name":"Sample","prefix":"luna_"#,
                #""scopes":["read"],"createdAt":"2023-11-14T22:13:20.000Z","#
                    + #""expiresAt":"2023-11-14T22:14:20.000Z","lastUsedAt":null}],"nextCursor":null}"#,
            ], not: [#""key""#]
        ) { $0.prepare = withKey(of: .customer, lifetime: 60) },
        Scenario("an empty list", get(path, cookie), .ok, [#"{"items":[],"nextCursor":null}"#]) {
            $0.prepare = withKey(of: .owner)
        },
        Scenario("a list without what expired", get(path, cookie), .ok, [#""items":[]"#]) {
            $0.prepare = withKey(of: .customer, lifetime: 60)
            $0.elapsing = 60
        },
        Scenario("a page", get("\(path)?limit=1", cookie), .ok, [#""nextCursor":""#]) {
            $0.before = Array(repeating: post(path, #"{"name":"ci"}"#, cookie), count: 2)
        },
        Scenario(
            "no page", get("\(path)?limit=0&cursor=x", cookie), .badRequest,
            [#""limit":"#, #""cursor":"#]),
        Scenario("one's own key", delete("\(path)/\(id)", cookie), .ok, [#"{"success":true}"#]) {
            $0.prepare = withKey(of: .customer)
        },
        Scenario("a key twice", delete("\(path)/\(id)", cookie), .notFound, ["not_found"]) {
            $0.prepare = withKey(of: .customer)
            $0.before = [delete("\(path)/\(id)", cookie)]
        },
        Scenario("a list without what was revoked", get(path, cookie), .ok, [#""items":[]"#]) {
            $0.prepare = withKey(of: .customer)
            $0.before = [delete("\(path)/\(id)", cookie)]
        },
        Scenario(
            "the key of another account", delete("\(path)/\(id)", cookie), .notFound, ["not_found"]
        ) {
            $0.prepare = withKey(of: .owner)
        },
        Scenario("an unknown key", delete("\(path)/\(id)", cookie), .notFound, ["not_found"]),
        Scenario("a fault", post(path, #"{"name":"ci"}"#, cookie), .serviceUnavailable) {
            $0.prepare = { $0.store.condition = .broken }
        },
    ]
}
