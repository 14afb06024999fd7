import Auth
import HTTP
import TestSupport

extension Scenario {
    private static func bearer(_ key: String) -> String { "Authorization: Bearer {\(key)}" }

    private static func update(_ key: String) -> String {
        post("/auth/config/update", #"{"signup":false}"#, bearer(key))
    }

    private static func invalid(_ name: String, _ key: String) -> Scenario {
        Scenario(
            name, get("/auth/me", "Authorization: Bearer \(key)"), .unauthorized,
            [#""code":"invalid_token""#, #"WWW-Authenticate: Bearer error="invalid_token""#],
            not: ["X-RateLimit"])
    }

    static let keyCredentials: [Scenario] = [
        Scenario("a key", get("/auth/me", bearer("customer.key")), .ok, ["customer@example.org"]),
        Scenario("a key that reads", get("/auth/me", bearer("customer.readKey")), .ok),
        Scenario(
            "a key that only writes", get("/auth/me", bearer("customer.writeKey")), .forbidden,
            [
                #""code":"insufficient_scope""#,
                #"WWW-Authenticate: Bearer error="insufficient_scope""#,
            ]),
        Scenario(
            "a key that only reads changes nothing", update("owner.readKey"), .forbidden,
            [
                #""code":"insufficient_scope""#,
                #"WWW-Authenticate: Bearer error="insufficient_scope""#,
            ]),
        Scenario("the owner's key changes settings", update("owner.adminKey"), .ok),
        Scenario("an administrator's key, too", update("admin.adminKey"), .ok),
        Scenario(
            "a key of the owner's own account administers nothing", update("owner.key"),
            .forbidden, [#""code":"insufficient_scope""#]),
        Scenario(
            "a customer's key changes nothing", update("customer.adminKey"), .forbidden,
            [#""code":"forbidden""#]),
        Scenario(
            "an application is not told that a key administers",
            get("/auth/verify?keys=allow", bearer("owner.adminKey"), "X-Forwarded-Method: GET"),
            .forbidden, [#""code":"insufficient_scope""#], not: ["X-Auth-Scopes"]),
        Scenario(
            "a key needs no page of ours",
            post(
                "/auth/config/update", "{}", bearer("owner.adminKey"), "Sec-Fetch-Site: cross-site",
                "Origin: https://evil.example"), .ok),
        Scenario(
            "a key makes no key", post("/auth/api-keys", "{}", bearer("owner.key")), .forbidden,
            [#""code":"api_key_not_allowed""#]),
        Scenario(
            "a key sees no keys", get("/auth/api-keys", bearer("owner.key")), .forbidden,
            [#""code":"api_key_not_allowed""#]),
        Scenario(
            "a key revokes no key, itself neither",
            delete("/auth/api-keys/11111111-1111-4111-8111-111111111111", bearer("owner.key")),
            .forbidden, [#""code":"api_key_not_allowed""#]),
        Scenario(
            "the scheme in any case", get("/auth/me", "authorization: bEARER  {customer.key}"),
            .ok),
        Scenario(
            "a key of one and a cookie of another",
            get("/auth/me", bearer("customer.key"), "Cookie: session_token={owner.cookie}"), .ok,
            ["customer@example.org"], not: ["owner@example.org"]),
        Scenario(
            "a bad key beside a good cookie",
            get(
                "/auth/me", "Authorization: Bearer luna_x", "Cookie: session_token={owner.cookie}"),
            .unauthorized, ["invalid_token"]),
        Scenario(
            "a key in the cookie", get("/auth/me", "Cookie: session_token={customer.key}"),
            .unauthorized, ["unauthenticated"], not: ["X-RateLimit"]),
        Scenario(
            "a key in another scheme", get("/auth/me", "Authorization: Basic {customer.key}"),
            .unauthorized, ["unauthenticated"]),
        invalid("a key in other case", "L{customer.key}"),
        invalid("a key and more", "{customer.key}0"),
        // Its checksum is right.
        invalid("a key of no account", "luna_000000000000000000000000000000003USGKJ"),
        invalid("a key whose checksum is wrong", "luna_000000000000000000000000000000003USGKK"),
        invalid("a key of a disabled account", "{disabled.key}"),
        Scenario(
            "a key of a pending account", get("/auth/me", bearer("pending.key")), .ok,
            [#""status":"pending""#]),
        Scenario(
            "a key of a pending account may do nothing else", update("pending.adminKey"),
            .forbidden,
            ["pending_approval"]),
        Scenario(
            "a key does not log out", post("/auth/logout", "", bearer("customer.key")), .forbidden,
            [#""code":"api_key_not_allowed""#]),
        Scenario(
            "a key beside a cookie does not log out",
            get("/auth/me", "Cookie: session_token={owner.cookie}"), .ok
        ) {
            $0.before = [
                post(
                    "/auth/logout", "", bearer("customer.key"),
                    "Cookie: session_token={owner.cookie}")
            ]
        },
        Scenario(
            "a key where none is needed", get("/auth/config", bearer("customer.key")), .ok,
            not: ["X-RateLimit"]),
        Scenario(
            "a key at the store's fault", get("/auth/me", bearer("customer.key")),
            .serviceUnavailable, ["unavailable"], not: ["X-RateLimit"]
        ) { $0.prepare = { $0.store.condition = .broken } },
    ]
}
