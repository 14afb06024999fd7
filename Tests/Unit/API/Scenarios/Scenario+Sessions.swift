import Auth
import Crypto
import HTTP
import TestSupport

extension Scenario {
    private static let cookie = "Cookie: session_token={customer.cookie}"
    private static let token = "Authorization: Bearer {customer.token}"
    private static let cleared =
        "Set-Cookie: session_token=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax\n"
    private static let mine = "/auth/sessions/{customer.session}"
    private static let firefox =
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    static let apiKey = "luna_TestKeyOfTheScenariosOfSessions04PE2Wa"

    private static func delete(_ path: String, _ fields: String...) -> String {
        (["DELETE \(path) HTTP/1.1", "Host: localhost:8080"] + fields).joined(separator: "\n")
            + "\n\n"
    }

    /// Gives the customer a key that may do everything a key may.
    static let withAPIKey: @Sendable (World) throws -> Void = { world in
        guard let account = world.account(Person.customer.email) else { return }
        let key = APIKey(
            id: .random(), accountID: account.id, scopes: [.read, .write], expiresAt: nil)
        let details = APIKeyDetails(
            key: key, name: "key", prefix: "luna_TestKey", createdAt: TestClock.start,
            lastUsedAt: nil)
        try world.store.write { transaction throws(AuthError) in
            try transaction.insert(details, hash: SHA256.digest(apiKey.utf8))
        }
    }

    /// Every request that is about sessions, by whom the fields name.
    private static func all(_ fields: String) -> [String] {
        [
            get("/auth/sessions", fields), delete("/auth/sessions", fields),
            delete(mine, fields), post("/auth/refresh", "", fields),
        ]
    }

    private static func refused(
        _ name: String, _ fields: String, _ status: Status, _ code: String,
        _ edit: @escaping (inout Scenario) -> Void = { _ in }
    ) -> [Scenario] {
        all(fields).map { request in
            Scenario(
                "\(name): \(request.prefix { $0 != "\n" })", request, status,
                [#""code":"\#(code)""#], not: ["Set-Cookie", #""token""#]
            ) { edit(&$0) }
        }
    }

    private static func me(
        _ name: String, _ fields: String, after request: String, isSignedIn: Bool
    ) -> Scenario {
        Scenario(name, get("/auth/me", fields), isSignedIn ? .ok : .unauthorized) {
            $0.before = [get("/auth/me", cookie), login("customer", Person.password), request]
        }
    }

    static let sessions: [Scenario] =
        refused("unauthenticated", "X: y", .unauthorized, "unauthenticated")
        + refused("a bad token", "Authorization: Bearer x", .unauthorized, "invalid_token")
        + refused(
            "a pending account", "Cookie: session_token={pending.cookie}", .forbidden,
            "pending_approval")
        + refused(
            "an unverified address", cookie, .forbidden, "email_unverified"
        ) { $0.prepare = { $0.store.change { $0.settings.requireEmailVerification = true } } }
        + refused(
            "an API key", "Authorization: Bearer \(apiKey)", .forbidden, "api_key_not_allowed"
        ) { $0.prepare = withAPIKey }
        + refused("a fault", cookie, .serviceUnavailable, "unavailable") {
            $0.prepare = { $0.store.condition = .broken }
        }
        + [
            Scenario(
                "a User-Agent is kept without what is no visible ASCII",
                get("/auth/sessions", cookie), .ok, [#""userAgent":"Fire fox140"#],
                not: [#"\t"#, "é", "\u{9}"]
            ) {
                $0.before = [
                    login("customer", Person.password, "User-Agent: Fi\tre fox\té140")
                ]
            },
            Scenario(
                "the list", get("/auth/sessions", cookie), .ok,
                [
                    #"{"items":[{"id":""#,
                    #""device":"Firefox on Linux","userAgent":"Mozilla/5.0 "#,
                    #""address":"203.0.113.9","createdAt":"2023-11-14T22:13:20.000Z""#,
                    #""lastSeenAt":"2023-11-14T22:13:20.000Z","expiresAt":"2023-12-14T22:13:20.000Z","#,
                    #""current":false}"#,
                    #""device":"unknown device","userAgent":null,"address":null,"#,
                    #""lastSeenAt":"2023-11-14T22:15:00.000Z""#, #""current":true}"#,
                    #""nextCursor":null}"#,
                ], not: ["owner", "token"]
            ) {
                $0.before = [
                    get("/auth/me", cookie),
                    get("/auth/me", "Cookie: session_token={owner.cookie}"),
                    login("customer", Person.password, firefox),
                ]
                $0.elapsing = 120
            },
            Scenario("the list by token", get("/auth/sessions", token), .ok, [#""current":true"#]),
            Scenario(
                "a list of one", get("/auth/sessions?limit=1", cookie), .ok,
                [#""nextCursor":""#]
            ) { $0.before = [get("/auth/me", cookie), login("customer")] },
            Scenario(
                "a bad page", get("/auth/sessions?limit=0&cursor=x", cookie), .badRequest,
                [#""limit":"#, #""cursor":"#]),
            Scenario(
                "ending one's own", delete(mine, cookie), .ok, [#"{"success":true}"#, cleared]),
            Scenario(
                "ending another", delete("/auth/sessions/{owner.session}", cookie), .notFound,
                [#""code":"not_found""#], not: ["Set-Cookie"]),
            Scenario(
                "ending an unknown one",
                delete("/auth/sessions/00000000-0000-4000-8000-000000000000", cookie), .notFound,
                ["not_found"]),
            Scenario(
                "ending what is no id", delete("/auth/sessions/x", cookie), .notFound,
                ["not_found"]),
            Scenario(
                "ending an ended one", delete(mine, "Authorization: Bearer {customer.token}"),
                .unauthorized, ["invalid_token"]
            ) { $0.before = [delete(mine, cookie)] },
            Scenario(
                "ending the others", delete("/auth/sessions", cookie), .ok,
                [#"{"success":true,"ended":2}"#], not: ["Set-Cookie"]
            ) { $0.before = [get("/auth/me", cookie), login("customer"), login("customer")] },
            Scenario(
                "a page of another site ends one",
                delete(mine, cookie, "Sec-Fetch-Site: cross-site"), .forbidden, ["cross_origin"]),
            Scenario(
                "a page of another site ends the others",
                delete("/auth/sessions", cookie, "Origin: https://evil.example"), .forbidden,
                ["cross_origin"]),
            Scenario(
                "other methods", post("/auth/sessions", "{}", cookie), .methodNotAllowed,
                ["Allow: GET, HEAD, DELETE, OPTIONS\n"]),
            Scenario(
                "other methods of one", get(mine, cookie), .methodNotAllowed,
                ["Allow: DELETE, OPTIONS\n"]),
            me("one's own is over", cookie, after: delete(mine, cookie), isSignedIn: false),
            me("and its token", token, after: delete(mine, cookie), isSignedIn: false),
            me(
                "another's is not", cookie,
                after: delete(mine, "Cookie: session_token={owner.cookie}"), isSignedIn: true),
            me(
                "the others are over and this one is not", cookie,
                after: delete("/auth/sessions", cookie), isSignedIn: true),
            me(
                "a page of another site ends nothing", cookie,
                after: delete(mine, cookie, "Sec-Fetch-Site: same-site"), isSignedIn: true),
            Scenario(
                "an API key ends nothing", get("/auth/me", cookie), .ok
            ) {
                $0.prepare = withAPIKey
                $0.before = [
                    get("/auth/me", cookie), delete(mine, "Authorization: Bearer \(apiKey)"),
                    delete("/auth/sessions", "Authorization: Bearer \(apiKey)"),
                ]
            },
        ]
}
