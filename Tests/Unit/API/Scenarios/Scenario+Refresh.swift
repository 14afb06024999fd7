import Auth
import HTTP
import TestSupport

extension Scenario {
    private static let cookie = "Cookie: session_token={customer.cookie}"
    private static let token = "Authorization: Bearer {customer.token}"
    private static let again = ["; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax\n"]

    private static func sliding(
        _ name: String, _ contains: [String], not excludes: [String] = [], _ fields: String...
    ) -> Scenario {
        let request = (["POST /auth/refresh HTTP/1.1", "Host: localhost:8080"] + fields)
            .joined(separator: "\n")
        return Scenario(name, request + "\n\n", .ok, contains, not: excludes) {
            $0.site.slidesSessions = true
            $0.before = [get("/auth/me", cookie)]
            $0.elapsing = 3_600
        }
    }

    static let refresh: [Scenario] = [
        Scenario(
            "by cookie", post("/auth/refresh", "", cookie), .ok,
            [
                #"{"token":"ey"#, #""user":{"id":""#, #""email":"customer@example.org""#,
                #""tier":"free""#,
            ], not: ["Set-Cookie"]),
        Scenario(
            "by token", post("/auth/refresh", "", token), .ok, [#"{"token":"ey"#],
            not: ["Set-Cookie"]),
        Scenario("a body is not looked at", post("/auth/refresh", "x", token), .ok),
        Scenario(
            "a body of another type",
            """
            POST /auth/refresh HTTP/1.1
            Host: a
            Content-Type: text/plain

            x
            """, .unsupportedMediaType),
        Scenario(
            "the present role and tier", post("/auth/refresh", "", token), .ok,
            [#""tier":"team""#, #""role":"admin""#]
        ) {
            $0.prepare = { world in
                world.change(Person.customer.email) { account in
                    account.tier = .team
                    account.role = .admin
                }
            }
        },
        Scenario(
            "a token that expired", post("/auth/refresh", "", token), .unauthorized,
            ["token_expired"], not: [#""token""#]
        ) {
            $0.before = [get("/auth/me", token)]
            $0.elapsing = 604_800
        },
        Scenario(
            "a cookie of the same session instead", post("/auth/refresh", "", cookie), .ok
        ) {
            $0.before = [get("/auth/me", token)]
            $0.elapsing = 604_800
        },
        Scenario(
            "after logging out", post("/auth/refresh", "", token), .unauthorized,
            ["invalid_token"], not: [#""token""#]
        ) { $0.before = [post("/auth/logout", "", cookie)] },
        Scenario(
            "after logging out, by cookie", post("/auth/refresh", "", cookie), .unauthorized,
            ["unauthenticated"], not: [#""token""#]
        ) { $0.before = [post("/auth/logout", "", cookie)] },
        Scenario(
            "a page of another site",
            post("/auth/refresh", "", cookie, "Sec-Fetch-Site: same-site"),
            .forbidden, ["cross_origin"]),
        Scenario(
            "a page of another site without a cookie",
            post("/auth/refresh", "", "Origin: https://evil.example"), .forbidden,
            ["cross_origin"]),
        Scenario(
            "another method", get("/auth/refresh", cookie), .methodNotAllowed,
            ["Allow: POST, OPTIONS\n"]),
        sliding("a cookie is set again", again, cookie),
        sliding("its cookie beside the token", again, token, cookie),
        sliding("no cookie", [#""token""#], not: ["Set-Cookie"], token),
        sliding(
            "the cookie of another session", [#""token""#], not: ["Set-Cookie"],
            "Cookie: session_token={owner.cookie}", token),
        sliding(
            "two cookies that differ", [#""token""#], not: ["Set-Cookie"], token,
            "Cookie: session_token={customer.cookie}; session_token=x"),
    ]
}
