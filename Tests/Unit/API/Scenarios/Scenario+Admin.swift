import API
import Auth
import HTTP
import Metrics
import TestSupport
import Web

extension Scenario {
    private static let paths = ["/livez", "/readyz", "/metrics"]
    private static let sitePaths = [
        "/", "/health", "/auth/me", "/auth/config", "/auth/setup/exists", "/auth/login",
    ]

    private static func admin(
        _ name: String, _ request: String, _ status: Status, _ contains: [String] = [],
        not excludes: [String] = [], _ edit: (inout Scenario) -> Void = { _ in }
    ) -> Scenario {
        Scenario(name, request, status, contains, not: excludes) {
            $0.listener = .admin
            edit(&$0)
        }
    }

    private static func metrics(
        _ name: String, _ request: String = get("/metrics"), _ contains: [String] = [],
        not excludes: [String] = [], _ edit: (inout Scenario) -> Void = { _ in }
    ) -> Scenario {
        admin(name, request, .ok, contains, not: excludes) {
            $0.type = "text/plain; version=0.0.4; charset=utf-8"
            edit(&$0)
        }
    }

    private static func request(_ method: String, _ path: String) -> String {
        "\(method) \(path) HTTP/1.1\nHost: localhost:8080\n\n"
    }

    private static func checks(_ site: inout Site, _ checks: [(String, Readiness)]) {
        site.monitoring.checks = checks.map { name, readiness in .init(name) { readiness } }
    }

    static let admin: [Scenario] =
        paths.flatMap { path in
            [
                Scenario("\(path) of the site", get(path), .notFound, [#""code":"not_found""#]),
                Scenario("POST \(path) of the site", post(path, "{}"), .notFound),
                admin("\(path) with a slash", get(path + "/"), .notFound),
                admin(
                    "POST \(path)", post(path, "{}"), .methodNotAllowed,
                    ["Allow: GET, HEAD, OPTIONS\n", #""code":"method_not_allowed""#]),
                admin(
                    "OPTIONS \(path)", request("OPTIONS", path), .noContent,
                    ["Allow: GET, HEAD, OPTIONS\n"]),
            ]
        }
        + sitePaths.flatMap { path in
            [
                admin("GET \(path) of admin", get(path), .notFound, [#""code":"not_found""#]),
                admin("POST \(path) of admin", post(path, "{}"), .notFound),
            ]
        }
        + [
            admin("HEAD /livez", request("HEAD", "/livez"), .ok),
            admin("HEAD /readyz", request("HEAD", "/readyz"), .ok),
            metrics("HEAD /metrics", request("HEAD", "/metrics")),
            admin("live", get("/livez"), .ok, [#"{"status":"ok"}"#]) {
                $0.prepare = { $0.store.condition = .broken }
            },
            admin(
                "ready", get("/readyz"), .ok,
                [
                    #"{"status":"ok","checks":{"database":"ok","disk":"ok","mailer":"off"},"details":[]}"#
                ]
            ) { checks(&$0.site, [("disk", .ok), ("mailer", .off)]) },
            Scenario(
                "ready, with something to look into", get("/readyz"), .ok,
                [
                    #"{"status":"ok","#,
                    #""details":["who reads the unconfirmed address of the owner or administrator "#,
                ]
            ) {
                $0.listener = .admin
                $0.prepare = { world in
                    world.unconfirm(Person.owner.email)
                    try world.addLink("link", .verifyEmail, of: Person.owner.email)
                    _ = try world.service().email.rejectEmail(token: .text("link"))
                }
            },
            admin(
                "ready while the owner has not confirmed the address", get("/readyz"), .ok,
                [#""details":["notices to the owner "#, " are held back: "]
            ) {
                $0.prepare = { world in
                    world.unconfirm(Person.owner.email)
                }
            },
            admin(
                "not ready without a database", get("/readyz"), .serviceUnavailable,
                [
                    #""status":"unavailable""#, #""code":"unavailable""#, "Retry-After: 1\n",
                    #""checks":{"database":"not_writable","disk":"ok"}"#,
                ], not: ["disk I/O error"]
            ) {
                checks(&$0.site, [("disk", .ok)])
                $0.prepare = { $0.store.condition = .broken }
            },
            admin(
                "not ready while something else does not work", get("/readyz"), .serviceUnavailable,
                [
                    #""checks":{"database":"ok","disk":"full","hashing":"ok","mailer":"dead"}"#
                ]
            ) {
                checks(
                    &$0.site,
                    [("disk", .failing("full")), ("hashing", .ok), ("mailer", .failing("dead"))])
            },
            metrics(
                "accounts and sessions are counted", get("/metrics"),
                [
                    "\nlunauth_accounts{status=\"active\"} 3\n", "\nlunauth_sessions 1\n",
                    "\nlunauth_accounts{status=\"pending\"} 1\n",
                    "\nlunauth_accounts{status=\"disabled\"} 0\n",
                ]
            ) {
                $0.site.people = [.owner, .admin, .customer, .pending]
                $0.prepare = { _ = try $0.signIn("owner@example.org") }
            },
            metrics(
                "without a database the rest is still told", get("/metrics"),
                ["# TYPE lunauth_errors_total counter\n"],
                not: ["lunauth_accounts", "lunauth_sessions", "disk I/O error"]
            ) { $0.prepare = { $0.store.condition = .broken } },
            metrics(
                "what the daemon adds", get("/metrics"),
                ["# HELP a_total One.\n# TYPE a_total counter\na_total 5\n", "\nb 7\n"]
            ) {
                $0.site.monitoring.collectors = [
                    { $0.counter("a_total", "One.", .count(5)) },
                    { $0.gauge("b", "Two.", .count(7)) },
                ]
            },
        ]
}
