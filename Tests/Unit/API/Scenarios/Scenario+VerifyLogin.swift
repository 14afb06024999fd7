import API
import HTTP
import TestSupport
import Web

/// Where a browser is redirected that may not pass.
extension Scenario {
    private static let page = "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"
    private static let loginPage = "Location: https://auth.example.org/login"

    private static let proxied = { @Sendable (scenario: inout Scenario) in
        scenario.peer = .loopback
        scenario.site.website = "https://auth.example.org"
        scenario.site.returnOrigins = [
            "https://app.example.org", "https://*.apps.example.org", "http://plain.example",
            "https://other.example.org:8443",
        ]
    }

    /// What a browser asked an application for.
    private static func visit(
        _ host: String, _ uri: String = "/", scheme: String = "https", method: String = "GET",
        _ fields: String...
    ) -> String {
        get(
            "/auth/verify", page, "X-Forwarded-Method: \(method)", "X-Forwarded-Proto: \(scheme)",
            "X-Forwarded-Host: \(host)", "X-Forwarded-Uri: \(uri)",
            fields.isEmpty ? "X: y" : fields.joined(separator: "\n"))
    }

    private static func returns(_ request: String, to address: String) -> Scenario {
        Scenario(
            "back to \(address)", request, .found, ["\(loginPage)?return_to=\(address)\n"],
            not: ["Remote-"], proxied)
    }

    private static let returning = [
        returns(visit("auth.example.org", "/x"), to: "https%3A%2F%2Fauth.example.org%2Fx"),
        returns(visit("app.example.org"), to: "https%3A%2F%2Fapp.example.org%2F"),
        returns(visit("APP.example.org:443"), to: "https%3A%2F%2Fapp.example.org%2F"),
        returns(visit("a.apps.example.org"), to: "https%3A%2F%2Fa.apps.example.org%2F"),
        returns(visit("a.b.apps.example.org"), to: "https%3A%2F%2Fa.b.apps.example.org%2F"),
        returns(
            visit("other.example.org:8443", "/p"), to: "https%3A%2F%2Fother.example.org%3A8443%2Fp"),
        returns(
            visit("plain.example", scheme: "http"), to: "http%3A%2F%2Fplain.example%2F"),
        returns(
            visit("app.example.org", "/a%20b?c=d&e=%26#f"),
            to: "https%3A%2F%2Fapp.example.org%2Fa%2520b%3Fc%3Dd%26e%3D%2526%23f"),
        // Whatever follows the origin stays below it.
        returns(
            visit("app.example.org", "//evil.example/"),
            to: "https%3A%2F%2Fapp.example.org%2F%2Fevil.example%2F"),
        returns(
            visit("app.example.org", #"/\evil.example@x"#),
            to: "https%3A%2F%2Fapp.example.org%2F%5Cevil.example%40x"),
        returns(
            visit("app.example.org", method: "HEAD"), to: "https%3A%2F%2Fapp.example.org%2F"),
        returns(
            visit("app.example.org", "/", "Sec-Fetch-Mode: navigate"),
            to: "https%3A%2F%2Fapp.example.org%2F"),
        returns(
            visit("app.example.org", "/" + String(repeating: "a", count: 2_016)),
            to: "https%3A%2F%2Fapp.example.org%2F" + String(repeating: "a", count: 2_016)),
        // What is too long for an answer's head leads to the start of the application.
        returns(
            visit("app.example.org", "/" + String(repeating: "a", count: 2_017)),
            to: "https%3A%2F%2Fapp.example.org%2F"),
        returns(
            visit("other.example.org:8443", "/" + String(repeating: "%", count: 700)),
            to: "https%3A%2F%2Fother.example.org%3A8443%2F"),
        returns(
            visit("app.example.org", "/?" + String(repeating: "a", count: 2_017)),
            to: "https%3A%2F%2Fapp.example.org%2F"),
        returns(
            visit(
                String(repeating: "a.", count: 100) + "apps.example.org",
                "/" + String(repeating: "%", count: 7_000)),
            to: "https%3A%2F%2F" + String(repeating: "a.", count: 100) + "apps.example.org%2F"),
    ]

    private static func stays(
        _ name: String, _ request: String, _ edit: (inout Scenario) -> Void = { _ in }
    ) -> Scenario {
        Scenario("no way back: \(name)", request, .found, ["\(loginPage)\n"], not: ["evil"]) {
            proxied(&$0)
            edit(&$0)
        }
    }

    private static let hostileHosts = [
        "evil.example", "evil.example:443", "app.example.org.evil.example", "evilapp.example.org",
        "app.example.org@evil.example", "evil.example@app.example.org", "user:pw@app.example.org",
        #"app.example.org\evil.example"#, #"evil.example\.app.example.org"#,
        "evil.example/app.example.org", "/evil.example", "//evil.example", "evil.example#",
        "evil.example?.app.example.org", "app.example.org.", "app.example.org..",
        ".app.example.org",
        "a..apps.example.org", "apps.example.org", ".apps.example.org", "-.apps.example.org",
        "evilapps.example.org", "app.example.org:8443", "app.example.org:80", "app.example.org:",
        "app.example.org:0", "app.example.org:443:443", "app.example.org:+443",
        "app.example.org:65979",
        "app%2Eexample.org", "app.example.org%00.evil.example", "app.example.org%0d%0aX-Evil:1",
        "xn--evil.example", "аpp.example.org", "app。example.org", "ａpp.example.org",
        "app.example.org evil.example", "app.example.org, evil.example",
        "evil.example,app.example.org",
        "app.example.org\tevil.example", "[::1]", "[app.example.org]", "127.0.0.1", "localhost",
        "null", "*", "*.apps.example.org", "https://app.example.org", "other.example.org",
        "plain.example", "", " ",
    ].map { stays("the host '\($0)'", visit($0)) }

    private static let staying: [Scenario] = [
        stays("the scheme", visit("app.example.org", scheme: "http")),
        stays("no scheme", visit("app.example.org", scheme: "")),
        stays("the nearest scheme", visit("app.example.org", scheme: "https, http")),
        stays(
            "two hosts", visit("app.example.org", "/", "X-Forwarded-Host: app.example.org")),
        stays("two paths", visit("app.example.org", "/", "X-Forwarded-Uri: /")),
        stays("no path", visit("app.example.org", "")),
        stays("a path of another form", visit("app.example.org", "https://evil.example/")),
        stays("a path without a slash", visit("app.example.org", "@evil.example")),
        stays("a space in the path", visit("app.example.org", "/a evil")),
        stays("a tab in the path", visit("app.example.org", "/a\tevil")),
        stays("beyond ASCII", visit("app.example.org", "/é-evil")),
        stays("a long host", visit(String(repeating: "a", count: 2_048) + ".apps.example.org")),
        Scenario(
            "no origin but the site's own is usual", visit("app.example.org"), .found,
            ["\(loginPage)\n"]
        ) {
            proxied(&$0)
            $0.site.returnOrigins = []
        },
    ]

    private static func plain(
        _ name: String, _ request: String, _ edit: (inout Scenario) -> Void = { _ in }
    ) -> Scenario {
        Scenario(name, request, .unauthorized, ["unauthenticated"], not: ["Location"]) {
            proxied(&$0)
            edit(&$0)
        }
    }

    private static let withoutRedirect: [Scenario] = [
        plain("a POST is not redirected", visit("app.example.org", method: "POST")),
        plain("an unknown method", visit("app.example.org", method: "PROPFIND")),
        plain("a method in lower case", visit("app.example.org", method: "get")),
        plain(
            "a method that stands twice", visit("app.example.org", "/", "X-Forwarded-Method: GET")),
        plain("a script", visit("app.example.org", "/", "Sec-Fetch-Mode: cors")),
        plain("an image", visit("app.example.org", "/", "Sec-Fetch-Mode: no-cors")),
        plain("a WebSocket", visit("app.example.org", "/", "Sec-Fetch-Mode: websocket")),
        plain("no proxy", get("/auth/verify", page)),
        plain("a program", get("/auth/verify", "Accept: */*", "X-Forwarded-Method: GET")),
        plain("a client that plays the proxy", visit("app.example.org")) { $0.peer = .remote },
        plain("fields of a family that is not read", visit("app.example.org")) {
            $0.site.forwarding = .forwarded
        },
        plain("fields that are not read", visit("app.example.org")) { $0.site.forwarding = .none },
        Scenario(
            "a bad token", visit("app.example.org", "/", "Authorization: Bearer x"), .unauthorized,
            ["invalid_token"], not: ["Location"], proxied),
        Scenario(
            "an account that waits for approval",
            visit("app.example.org", "/", "Cookie: session_token={pending.cookie}"), .found,
            ["Location: ", "/auth/denied?"], proxied),
    ]

    private static let otherPages: [Scenario] = [
        Scenario(
            "a proxy that redirects by itself",
            visit("app.example.org").replacing("/auth/verify", with: "/auth/verify?redirect=401"),
            .unauthorized,
            [
                "\(loginPage)?return_to=https%3A%2F%2Fapp.example.org%2F\n",
                "WWW-Authenticate: Bearer\n",
            ]
        ) {
            proxied(&$0)
            $0.type = nil
        },
        Scenario(
            "a page with a query", visit("app.example.org"), .found,
            [
                "Location: https://login.example/?a=b&return_to=https%3A%2F%2Fapp.example.org%2F\n"
            ]
        ) {
            proxied(&$0)
            $0.site.loginPage = "https://login.example/?a=b"
        },
    ]

    private static let deniedPage = "Location: https://auth.example.org/auth/denied"

    private static func denied(
        _ name: String, _ query: String, _ status: Status, _ contains: [String],
        not excludes: [String] = [], _ fields: String..., edit: (inout Scenario) -> Void = { _ in }
    ) -> Scenario {
        Scenario(
            name,
            visit(
                "app.example.org", "/x?y=z",
                fields.isEmpty ? "Cookie: session_token={customer.cookie}" : fields[0]
            ).replacing("/auth/verify", with: "/auth/verify\(query)"), status, contains,
            not: ["Remote-"] + excludes
        ) {
            proxied(&$0)
            edit(&$0)
        }
    }

    /// Where a browser is redirected that is signed in and lacks role or tier.
    private static let denying: [Scenario] = [
        denied(
            "a browser that lacks the role", "?role=member", .found,
            [
                "\(deniedPage)?role=member&tier=free"
                    + "&return_to=https%3A%2F%2Fapp.example.org%2Fx%3Fy%3Dz\n"
            ]),
        denied(
            "a browser that lacks the tier", "?role=user&tier=team", .found,
            ["\(deniedPage)?role=user&tier=team&return_to="]),
        denied(
            "a browser that may return nowhere", "?role=member", .found,
            ["\(deniedPage)?role=member&tier=free\n"]
        ) { $0.site.returnOrigins = [] },
        denied(
            "a denied browser behind a proxy that redirects by itself",
            "?role=member&redirect=401", .forbidden,
            ["\(deniedPage)?role=member&tier=free&return_to="], not: ["WWW-Authenticate"]
        ) { $0.type = nil },
        denied(
            "a denied browser where there are no pages", "?role=member", .forbidden,
            [#""code":"forbidden""#], not: ["Location"]
        ) { $0.site.hasPages = false },
        denied(
            "a program that is denied by its token", "?role=member", .forbidden,
            [#""code":"forbidden""#], not: ["Location"],
            "Authorization: Bearer {customer.token}"),
    ]

    static let verifyLogin: [Scenario] =
        returning + staying + hostileHosts + withoutRedirect + otherPages + denying
}
