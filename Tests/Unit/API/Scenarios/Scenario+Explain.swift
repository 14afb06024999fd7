import Auth
import Crypto
import HTTP
import TestSupport

/// Why earlier requests were refused.
///
/// They come from a proxy, which gives them their ids.
extension Scenario {
    private static let owner = "Cookie: session_token={owner.cookie}"
    private static let id = "X-Request-Id: refused-1"
    private static let bearer = "Authorization: Bearer {customer.token}"

    private static func refused(_ fields: String...) -> String {
        (["GET /auth/me HTTP/1.1", "Host: localhost:8080", id] + fields).joined(separator: "\n")
            + "\n\n"
    }

    /// Explains a request that was refused before.
    private static func explains(
        _ name: String, after before: [String], _ contains: [String],
        not excludes: [String] = [], _ edit: (inout Scenario) -> Void = { _ in }
    ) -> Scenario {
        Scenario(
            name, get("/auth/explain/refused-1", owner), .ok,
            [#"{"items":[{"requestId":"refused-1","#] + contains, not: excludes
        ) {
            $0.peer = .loopback
            $0.before = before
            edit(&$0)
        }
    }

    static let explain: [Scenario] = [
        explains(
            "no credential", after: [refused()],
            [
                #""method":"GET","route":"/auth/me","status":401,"code":"unauthenticated","#,
                #""reason":"no_credential""#,
                #""explanation":"The request had neither a token nor a session cookie.""#,
                #""until":null,"clockAheadSeconds":null,"event":null"#,
            ]),
        explains(
            "a signed-out session", after: [post("/auth/logout", "", bearer), refused(bearer)],
            [
                #""reason":"session_ended""#,
                "The session of the token has ended. The session was ",
            ]),
        explains(
            "a clock that is ahead", after: [refused(bearer)],
            [
                #""reason":"token_not_yet_valid""#, #""clockAheadSeconds":41"#,
                "The clock that issued it is 41 s ahead of this server's.",
            ]
        ) { $0.site.editClaims = { $0.issuedAt = TestClock.start.seconds + 41 } },
        explains(
            "a token of another server",
            after: [refused("Authorization: Bearer \(tokenOfElsewhere)")],
            [#""reason":"token_key_unknown""#, "of another server, or one that was replaced"]),
        explains(
            "a page of another site",
            after: [
                send(
                    "PATCH", "/auth/me", "{}", id, "Cookie: session_token={customer.cookie}",
                    "Origin: https://evil.example", "Sec-Fetch-Site: cross-site")
            ],
            [
                #""reason":"cross_origin""#,
                "The request came from a page of https://evil.example.",
            ]),
        explains(
            "a limit",
            after: Array(
                repeating: post("/auth/login", "{}", id, "X-Forwarded-For: 192.0.2.9"), count: 40),
            [#""reason":"login_limit""#, #""until":"20"#, "The limit allows the next request on "]),
        explains(
            "a disabled account",
            after: [refused("Cookie: session_token={disabled.cookie}")],
            [#""reason":"account_disabled""#, "The account is disabled."]),
        explains(
            "the role", after: [get("/auth/users", id, "Cookie: session_token={customer.cookie}")],
            [#""status":403"#, #""reason":"not_administrator""#, #""account":""#]),
        Scenario(
            "an unknown id", get("/auth/explain/never-1", owner), .notFound,
            [#""code":"not_found""#]),
        Scenario(
            "what is no request id", get("/auth/explain/a%20b", owner), .notFound,
            [#""code":"not_found""#]),
        Scenario(
            "of a member",
            get("/auth/explain/refused-1", "Cookie: session_token={customer.cookie}"),
            .forbidden, [#""code":"forbidden""#]),
        Scenario(
            "without a credential", get("/auth/explain/refused-1"), .unauthorized,
            [#""code":"unauthenticated""#]),
        Scenario(
            "the operator on this machine", get("/explain/refused-1"), .ok,
            [#"{"items":[{"requestId":"refused-1","#, #""reason":"no_credential""#]
        ) {
            $0.peer = .loopback
            $0.listener = .admin
            $0.before = [refused()]
        },
        Scenario(
            "another user of this machine", get("/explain/refused-1"), .notFound,
            [#""code":"not_found""#]
        ) {
            $0.peer = .loopback
            $0.listener = .admin
            $0.site.isAskedByOwnUser = false
            $0.before = [refused()]
        },
        Scenario(
            "another machine", get("/explain/refused-1"), .notFound, [#""code":"not_found""#]
        ) {
            $0.listener = .admin
            $0.before = [refused()]
        },
    ]

    static let explainPage: [Scenario] = [
        Scenario(
            "the field", open("/auth/admin/explain", owner), .ok,
            ["<h1>Refused requests</h1>", #"name="id""#], not: ["Refused with"]),
        Scenario(
            "a refusal", open("/auth/admin/explain?id=refused-1", owner), .ok,
            [
                "Refused with 401 unauthenticated",
                "The request had neither a token nor a session cookie.", "GET /auth/me",
                "no_credential",
            ]
        ) {
            $0.peer = .loopback
            $0.before = [refused()]
        },
        Scenario(
            "a refusal, in German",
            open("/auth/admin/explain?id=refused-1", owner, "Accept-Language: de"), .ok,
            [
                "Abgelehnt mit 401 unauthenticated",
                "Die Anfrage hatte weder ein Token noch ein Sitzungs-Cookie.",
            ]
        ) {
            $0.peer = .loopback
            $0.before = [refused()]
        },
        Scenario(
            "an unknown id", open("/auth/admin/explain?id=%3Cb%3E", owner), .ok,
            ["No refusal has this ID"], not: ["<b>"]),
        Scenario(
            "a member", open("/auth/admin/explain", "Cookie: session_token={customer.cookie}"),
            .forbidden),
    ]
}
