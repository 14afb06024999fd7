import API
import Crypto
import HTTP
import TestSupport
import Web

extension Scenario {
    private static let cookie = "Cookie: session_token={customer.cookie}"
    private static let token = "Authorization: Bearer {customer.token}"
    private static let cleared =
        "Set-Cookie: session_token=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax\n"
    private static let page = "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"

    private static func me(_ name: String, after logout: String, isSignedIn: Bool) -> Scenario {
        Scenario(name, get("/auth/me", cookie), isSignedIn ? .ok : .unauthorized) {
            $0.before = [logout]
        }
    }

    static let logout: [Scenario] = [
        Scenario(
            "nothing is cleared beside the cookie", post("/auth/logout", "", cookie), .ok,
            not: ["Clear-Site-Data"]),
        Scenario(
            "what the operator has cleared", post("/auth/logout", "", cookie), .ok,
            ["Clear-Site-Data: \"cache\", \"storage\"\n", cleared]
        ) { $0.site.clearSiteData = [.cache, .storage] },
        Scenario(
            "a page clears everything", get("/auth/logout", page), .found,
            ["Clear-Site-Data: \"*\"\n", "Location: /login\n"]
        ) { $0.site.clearSiteData = [.everything] },
        Scenario(
            "a refused logout clears nothing",
            get("/auth/logout", cookie, "Sec-Purpose: prefetch"), .forbidden,
            not: ["Clear-Site-Data"]
        ) { $0.site.clearSiteData = [.everything] },
        Scenario("POST", post("/auth/logout", "", cookie), .ok, [#"{"success":true}"#, cleared]),
        Scenario("GET", get("/auth/logout", cookie), .ok, [#"{"success":true}"#, cleared]),
        Scenario(
            "HEAD", "HEAD /auth/logout HTTP/1.1\nHost: a\n\(cookie)\n\n", .methodNotAllowed,
            ["Allow: GET, POST, OPTIONS\n"]),
        Scenario(
            "unauthenticated", post("/auth/logout", ""), .ok, [#"{"success":true}"#, cleared]),
        Scenario("a body is not looked at", post("/auth/logout", "x"), .ok, [cleared]),
        Scenario(
            "a body of another type",
            """
            POST /auth/logout HTTP/1.1
            Host: a
            Content-Type: text/plain

            x
            """, .unsupportedMediaType),
        Scenario("a bad token", get("/auth/logout", "Authorization: Bearer x"), .ok, [cleared]),
        Scenario(
            "a page", get("/auth/logout", cookie, page), .found, ["Location: /login\n", cleared]),
        Scenario("a page by POST", post("/auth/logout", "", page), .found, ["Location: /login\n"]),
        Scenario("anything will do", get("/auth/logout", "Accept: */*"), .ok, not: ["Location"]),
        Scenario(
            "JSON is preferred", get("/auth/logout", "Accept: text/html;q=0.5, application/json"),
            .ok, not: ["Location"]),
        Scenario(
            "a prefetch", get("/auth/logout", cookie, "Sec-Purpose: prefetch;prerender"),
            .forbidden, [#""code":"forbidden""#]),
        Scenario(
            "an image on another site",
            get(
                "/auth/logout", cookie, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"),
            .forbidden, [#""code":"cross_origin""#]),
        Scenario(
            "a script of another origin",
            get(
                "/auth/logout", cookie, "Origin: https://evil.example"), .forbidden,
            ["cross_origin"]),
        me("GET ends the session", after: get("/auth/logout", cookie), isSignedIn: false),
        me("POST ends the session", after: post("/auth/logout", "", cookie), isSignedIn: false),
        me(
            "a token ends the session of the cookie", after: post("/auth/logout", "", token),
            isSignedIn: false),
        Scenario(
            "a token that has expired ends the session", get("/auth/me", cookie), .unauthorized
        ) {
            $0.site.editClaims = { $0.expiresAt = ($0.issuedAt ?? 0) - 1 }
            $0.before = [post("/auth/logout", "", token)]
        },
        me("a page ends the session", after: get("/auth/logout", cookie, page), isSignedIn: false),
        me(
            "HEAD ends nothing", after: "HEAD /auth/logout HTTP/1.1\nHost: a\n\(cookie)\n\n",
            isSignedIn: true),
        me(
            "a prefetch ends nothing", after: get("/auth/logout", cookie, "Sec-Purpose: Prefetch"),
            isSignedIn: true),
        me(
            "an image ends nothing",
            after: get(
                "/auth/logout", cookie, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"),
            isSignedIn: true),
        me(
            "another's logout ends nothing",
            after: get(
                "/auth/logout", "Cookie: session_token={owner.cookie}"), isSignedIn: true),
        me(
            "cookies that differ end nothing",
            after: get(
                "/auth/logout", "Cookie: session_token={customer.cookie}; session_token=x"),
            isSignedIn: true),
        me(
            "both credentials end both sessions",
            after: get(
                "/auth/logout", "Authorization: Bearer {owner.token}", cookie), isSignedIn: false),
        Scenario(
            "both credentials end both sessions, the other",
            get(
                "/auth/me", "Cookie: session_token={owner.cookie}"), .unauthorized
        ) { $0.before = [get("/auth/logout", "Authorization: Bearer {owner.token}", cookie)] },
        Scenario(
            "the token of an ended session", get("/auth/me", token), .unauthorized,
            [
                "invalid_token"
            ]
        ) { $0.before = [post("/auth/logout", "", cookie)] },
    ]
}
