import HTTP
import TestSupport

extension Scenario {
    private static func request(_ method: String, _ path: String) -> String {
        "\(method) \(path) HTTP/1.1\nHost: localhost:8080\n\n"
    }

    private static let id = "0aDdC0de-1234-4234-8234-123456789abc"

    private static let knownPaths = [
        ("/health", "GET, HEAD, OPTIONS"), ("/auth/me", "GET, HEAD, PATCH, DELETE, OPTIONS"),
        ("/auth/config", "GET, HEAD, OPTIONS"), ("/auth/verify", "GET, HEAD, OPTIONS"),
        ("/auth/setup/exists", "GET, HEAD, OPTIONS"), ("/openapi.json", "GET, HEAD, OPTIONS"),
        ("/auth/logout", "GET, POST, OPTIONS"), ("/auth/login", "POST, OPTIONS"),
        ("/auth/signup", "POST, OPTIONS"), ("/auth/register", "POST, OPTIONS"),
        ("/auth/setup", "POST, OPTIONS"), ("/auth/config/update", "POST, OPTIONS"),
        ("/auth/me/export", "GET, HEAD, OPTIONS"), ("/auth/password/change", "POST, OPTIONS"),
        ("/auth/password/forgot", "POST, OPTIONS"),
        ("/auth/password/reset", "POST, OPTIONS"),
        ("/auth/email/verify", "POST, OPTIONS"),
        ("/auth/email/verify/reject", "POST, OPTIONS"),
        ("/auth/email/change/cancel", "POST, OPTIONS"),
        ("/auth/email/verify/resend", "POST, OPTIONS"), ("/auth/email/change", "POST, OPTIONS"),
        ("/auth/users", "GET, HEAD, OPTIONS"), ("/auth/invites", "GET, HEAD, POST, OPTIONS"),
        ("/auth/users/\(id)/approve", "POST, OPTIONS"),
        ("/auth/users/\(id)/decline", "POST, OPTIONS"),
    ]

    private static let unknownPaths = [
        "/", "/auth", "/auth/", "/auth/login/", "//auth/login", "/auth//login", "/auth/%6Cogin",
        "/auth/%6cogin", "/Auth/login", "/auth/login.json", "/auth/./login", "/auth/x/../login",
        "/auth/login%00", "/auth/login;x", "/health/", "/auth/setup/exists/", "/auth/configx",
        "/auth/users/", "/auth/users/me", "/auth/users/\(id)/", "/auth/users/\(id)x",
        "/auth/users/\(id.dropLast())g", "/auth/users/\(id.dropLast())", "/auth/users//approve",
        "/auth/users/\(id)/approve/", "/auth/invites/", "/auth/invites/\(id)/approve",
        "/auth/verify/", "/auth/verifyx", "/auth/verify//role=member",
    ]

    static let routing: [Scenario] =
        knownPaths.flatMap { path, allowed in
            [
                Scenario(
                    "PUT \(path)", request("PUT", path), .methodNotAllowed,
                    [
                        "Allow: \(allowed)\n", #""code":"method_not_allowed""#,
                    ]),
                Scenario(
                    "OPTIONS \(path)", request("OPTIONS", path), .noContent,
                    [
                        "Allow: \(allowed)\n"
                    ]),
            ]
        }
        + unknownPaths.flatMap { path in
            ["POST", "GET", "OPTIONS"].map { method in
                Scenario(
                    "\(method) \(path)", request(method, path), .notFound,
                    [
                        #""code":"not_found""#
                    ])
            }
        }
        + [
            Scenario(
                "POST of one account", request("POST", "/auth/users/\(id)"), .methodNotAllowed,
                ["Allow: GET, HEAD, PATCH, DELETE, OPTIONS\n"]),
            Scenario(
                "GET of one invitation", request("GET", "/auth/invites/\(id)"), .methodNotAllowed,
                ["Allow: PATCH, DELETE, OPTIONS\n"]),
            Scenario(
                "a form to a page without one", form("/auth/users/\(id)/decide", ""),
                .methodNotAllowed,
                ["Allow: GET, HEAD, OPTIONS\n", "<!doctype html>"]),
            Scenario("HEAD where GET is", request("HEAD", "/health"), .ok),
            Scenario("HEAD of me", request("HEAD", "/auth/me"), .unauthorized),
            Scenario("HEAD of config", request("HEAD", "/auth/config"), .ok),
            Scenario("HEAD of setup/exists", request("HEAD", "/auth/setup/exists"), .ok),
            Scenario("HEAD of logout", request("HEAD", "/auth/logout"), .methodNotAllowed),
            Scenario("HEAD of login", request("HEAD", "/auth/login"), .methodNotAllowed),
            Scenario(
                "OPTIONS *", request("OPTIONS", "*"), .noContent,
                [
                    "Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\n"
                ]),
            Scenario(
                "a query is no part of the path", get("/health?x=/auth/me"), .ok,
                [
                    #"{"status":"ok"}"#
                ]),
            Scenario("absolute form", get("http://localhost:8080/health"), .ok),
            Scenario("HTTP/1.0 without Host", "GET /health HTTP/1.0\n\n", .ok),
            Scenario("an unknown method", request("BREW", "/health"), .notImplemented),
            Scenario("a method in lower case", request("get", "/health"), .notImplemented),
            Scenario("no Host", "GET /health HTTP/1.1\n\n", .badRequest),
            Scenario(
                "another version", "GET /health HTTP/2.0\nHost: a\n\n", .httpVersionNotSupported),
            Scenario("a long target", get("/" + String(repeating: "x", count: 8_192)), .uriTooLong),
            Scenario(
                "a large head", get("/health", "X: " + String(repeating: "x", count: 32_768)),
                .requestHeaderFieldsTooLarge),
            Scenario("an expectation", get("/health", "Expect: miracles"), .expectationFailed),
            Scenario(
                "two credentials", get("/auth/me", "Authorization: a", "Authorization: b"),
                .badRequest),
            Scenario("health is from memory", get("/health"), .ok, [#"{"status":"ok"}"#]) {
                $0.prepare = { $0.store.condition = .broken }
            },
            Scenario(
                "an owner exists", get("/auth/setup/exists"), .ok,
                [
                    #""success":true"#, #""setupRequired":false"#, #""message":""#,
                ]),
            Scenario(
                "no owner exists", get("/auth/setup/exists"), .ok,
                [
                    #""success":false"#, #""setupRequired":true"#, #""message":""#,
                ]
            ) { $0.site.people = [] },
        ]
}
