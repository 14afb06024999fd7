import Auth
import HTTP
import TestSupport
import Testing

@testable import API
@testable import Web

/// What pages of other origins may do, where the operator named them.
struct CrossOriginSharingTests {
    private static let app = "https://app.example.org"
    private static let fields = ["Origin: https://app.example.org", "Sec-Fetch-Site: cross-site"]
    private let harness: Harness

    init() throws {
        harness = try Harness(Self.site())
    }

    private static func site(_ origins: [String] = [app, "http://localhost:8080"]) -> Site {
        var site = Site()
        site.website = "https://auth.example.org"
        site.allowedOrigins = origins
        return site
    }

    private func ask(
        _ method: String, _ path: String, _ body: String? = nil, _ fields: [String]
    ) throws -> ReceivedAnswer {
        let type = body == nil ? [] : ["Content-Type: application/json"]
        let head = ["\(method) \(path) HTTP/1.1", "Host: auth.example.org"] + type + fields
        return try harness.send(head.joined(separator: "\n") + "\n\n" + (body ?? ""))
    }

    private static let targets = Site.routes

    /// A path that a route is reached at.
    private func path(_ route: RouteTable.Entry) -> String {
        route.path.replacing("{id}", with: "11111111-1111-4111-8111-111111111111")
            .replacing("{requestId}", with: "a-1").replacing("{rest}", with: "role=user/x")
    }

    private static let shared = targets.filter(\.isShared)
    private static let others = targets.filter {
        !$0.isShared && !$0.rendersHTML && $0.rules.listener == .public
    }

    @Test func `setup, what mails lead to and forward-auth are shared with no origin`() {
        for route in Self.others {
            let isKnown =
                ["/auth/setup", "/auth/setup/exists", "/auth/verify", "/auth/probe"].contains(
                    route.path)
                || route.rendersHTML || route.rules.traits.contains(.proofInForm)
                || route.rules.traits.contains(.forwardAuth)
                || route.method == .get
                // A passkey belongs to the origin of the site.
                || route.path.hasPrefix("/auth/passkeys")
            #expect(isKnown, "\(route)")
        }
        #expect(Self.targets.filter { $0.rules.listener == .admin }.allSatisfy { !$0.isShared })
        for path in ["/auth/setup", "/auth/verify", "/auth/password/reset", "/auth/email/verify"] {
            #expect(Self.shared.allSatisfy { $0.path != path }, "\(path)")
        }
    }

    @Test(arguments: shared)
    func `a page of an allowed origin may read whatever a shared route answers`(
        route: RouteTable.Entry
    ) throws {
        let body = route.method.isSafe ? nil : "{}"
        for credential in [[], ["Authorization: Bearer {owner.token}"]] {
            let answer = try ask(
                route.method.rawValue, path(route), body, Self.fields + credential)
            #expect(answer["Access-Control-Allow-Origin"] == Self.app)
            #expect(answer.values(of: "Vary").contains("Origin"))
            #expect(
                answer["Access-Control-Expose-Headers"]
                    == "Retry-After, X-Request-Id, X-RateLimit-Limit, X-RateLimit-Remaining, "
                    + "X-RateLimit-Reset")
            #expect(answer["Access-Control-Allow-Credentials"] == nil)
            #expect(answer["Access-Control-Allow-Methods"] == nil)
            if answer.status == .forbidden { #expect(try answer.code != .crossOrigin) }
            #expect(!answer.fields.contains { $0.name == "Set-Cookie" })
        }
    }

    @Test(arguments: others)
    func `no page of another origin may read any other route`(route: RouteTable.Entry) throws {
        let body = route.method.isSafe ? nil : "{}"
        for method in [route.method.rawValue, "OPTIONS"] where route.path != "/auth/logout" {
            let answer = try ask(method, path(route), body, Self.fields)
            // A preflight is about the shared methods of the path alone.
            if method == "OPTIONS", Self.shared.contains(where: { $0.path == route.path }) {
                let methods = try #require(answer["Access-Control-Allow-Methods"])
                #expect(!methods.split(separator: ", ").contains(Substring(route.method.rawValue)))
                continue
            }
            #expect(!answer.fields.contains { $0.name.hasPrefix("Access-Control-") })
            #expect(!answer.values(of: "Vary").contains("Origin"))
        }
        // Without a pass the path of probes is an unknown one.
        guard !route.method.isSafe, !route.rules.traits.contains(.forwardAuth),
            route.path != "/auth/probe"
        else { return }
        #expect(
            try ask(route.method.rawValue, path(route), body, Self.fields).code == .crossOrigin
        )
    }

    @Test func `what is public on the admin listener is shared with no page`() throws {
        let head = "GET /livez HTTP/1.1\nHost: auth.example.org\nOrigin: \(Self.app)\n\n"
        let answer = try harness.send(head, through: .admin)
        #expect(answer.status == .ok)
        #expect(!answer.fields.contains { $0.name.hasPrefix("Access-Control-") })
    }

    @Test func `a preflight is answered with what is allowed`() throws {
        for (path, methods) in [
            ("/auth/login", "POST"), ("/auth/me", "GET, PATCH, DELETE"), ("/auth/logout", "POST"),
            ("/auth/users/11111111-1111-4111-8111-111111111111", "GET, PATCH, DELETE"),
        ] {
            let answer = try ask(
                "OPTIONS", path,
                nil, Self.fields + ["Access-Control-Request-Method: \(methods.prefix(4))"])
            #expect(answer.status == .noContent)
            #expect(answer["Allow"] != nil)
            #expect(answer.values(of: "Vary").contains("Origin"))
            #expect(answer["Access-Control-Allow-Origin"] == Self.app)
            #expect(answer["Access-Control-Allow-Methods"] == methods)
            #expect(
                answer["Access-Control-Allow-Headers"]
                    == "Authorization, Content-Type, X-Request-Id")
            #expect(answer["Access-Control-Max-Age"] == "600")
            #expect(answer["Access-Control-Allow-Credentials"] == nil)
        }
    }

    @Test(arguments: [
        "https://evil.example", "https://app.example.org:443", "https://app.example.org/",
        "HTTPS://app.example.org", "http://app.example.org", "https://a.app.example.org", "null",
        "", "https://app.example.org, https://app.example.org", "*",
    ])
    func `other origins get no cross-origin fields`(origin: String) throws {
        for method in ["GET", "OPTIONS"] {
            let answer = try ask(
                method, "/auth/config", nil, ["Origin: \(origin)", "Sec-Fetch-Site: cross-site"])
            #expect(!answer.fields.contains { $0.name.hasPrefix("Access-Control-") })
            #expect(answer.values(of: "Vary").contains("Origin"))
        }
        let body = #"{"email":"owner@example.org","password":"correct horse"}"#
        #expect(try ask("POST", "/auth/login", body, ["Origin: \(origin)"]).code == .crossOrigin)
    }

    @Test func `two Origin fields are none`() throws {
        let answer = try ask("GET", "/auth/config", nil, Self.fields + ["Origin: \(Self.app)"])
        #expect(!answer.fields.contains { $0.name.hasPrefix("Access-Control-") })
    }

    @Test func `an answer that varies says so to everybody`() throws {
        for (method, path) in [
            ("GET", "/auth/config"), ("HEAD", "/health"), ("OPTIONS", "/auth/me"),
            ("PUT", "/auth/me"), ("GET", "/auth/users"),
        ] {
            let answer = try ask(method, path, nil, [])
            #expect(answer.values(of: "Vary").contains("Origin"))
            #expect(!answer.fields.contains { $0.name.hasPrefix("Access-Control-") })
        }
    }

    @Test func `without an allowed origin there is no field of the kind`() throws {
        let harness = try Harness(Self.site([]))
        for method in ["GET", "OPTIONS"] {
            let answer = try harness.send(
                "\(method) /auth/config HTTP/1.1\nHost: a\nOrigin: \(Self.app)\n\n")
            #expect(!answer.values(of: "Vary").contains("Origin"))
            #expect(!answer.fields.contains { $0.name.hasPrefix("Access-Control-") })
        }
    }

    @Test func `no cookie counts for a page of an allowed origin, and none is set`() throws {
        let cookie = "Cookie: session_token={owner.cookie}; {owner.device}"
        #expect(try ask("GET", "/auth/me", nil, [cookie]).status == .ok)
        let asked = try ask("GET", "/auth/me", nil, Self.fields + [cookie])
        #expect(try asked.code == .unauthenticated)
        #expect(asked["Access-Control-Allow-Origin"] == Self.app)
        let changed = try ask(
            "POST", "/auth/config/update", #"{"signup":false}"#, Self.fields + [cookie])
        #expect(try changed.code == .unauthenticated)
        #expect(try ask("POST", "/auth/logout", "{}", Self.fields + [cookie]).status == .ok)
        #expect(try ask("GET", "/auth/me", nil, [cookie]).status == .ok)

        let signedIn = try ask(
            "POST", "/auth/login",
            #"{"email":"owner@example.org","password":"\#(Person.password)"}"#,
            Self.fields)
        #expect(signedIn.status == .ok)
        #expect(signedIn.body.contains("\"token\":\""))
        #expect(!signedIn.fields.contains { $0.name == "Set-Cookie" })
        #expect(
            try ask("GET", "/auth/me", nil, Self.fields + ["Authorization: Bearer {owner.token}"])
                .status == .ok)
    }

    @Test(arguments: [
        [], ["Content-Type: text/plain"], ["Content-Type: application/x-www-form-urlencoded"],
    ])
    func `only JSON is taken from another origin`(type: [String]) throws {
        let head =
            ["POST /auth/logout HTTP/1.1", "Host: auth.example.org"] + Self.fields + type
        let answer = try harness.send(head.joined(separator: "\n") + "\n\n")
        #expect(try answer.code == .crossOrigin)
        #expect(answer["Access-Control-Allow-Origin"] == Self.app)
    }

    @Test func `the server's own pages keep their cookies though their origin is listed`() throws {
        let harness = try Harness(Self.site(["https://auth.example.org", "http://localhost:8080"]))
        for (host, origin) in [
            ("any.example", "https://auth.example.org"),
            ("localhost:8080", "http://localhost:8080"),
        ] {
            let answer = try harness.send(
                """
                GET /auth/me HTTP/1.1
                Host: \(host)
                Origin: \(origin)
                Cookie: session_token={owner.cookie}


                """)
            #expect(answer.status == .ok)
            #expect(answer["Access-Control-Allow-Origin"] == nil)
        }
    }

    @Test(arguments: [
        ("https://app.example.org", true), ("https://app.example.org:8443", true),
        ("http://localhost:3000", true), ("http://127.0.0.1", true), ("http://[::1]:3000", true),
        ("https://app.example.org/", false), ("https://app.example.org:443", false),
        ("https://App.example.org", false), ("http://app.example.org", false),
        ("http://localhost.example.org", false), ("http://128.0.0.1", false),
        ("http://127.0.0.1.example.org", false), ("https://*.example.org", false), ("*", false),
        ("null", false), ("", false), ("https://app.example.org/x", false),
        ("https://a@app.example.org", false), ("ws://localhost", false),
    ])
    func `an origin is written as browsers send it`(text: String, isAllowed: Bool) {
        #expect((AllowedOrigin(text) != nil) == isAllowed)
        #expect(AllowedOrigin(text)?.text ?? text == text)
    }
}
