import Auth
import HTTP
import TestSupport

/// The page that sets the server up.
extension Scenario {
    private static let owner =
        "username=The+Owner&email=owner%40example.org&password=correct+horse+battery"

    private static func local(
        _ name: String, _ request: String, _ status: Status, _ contains: [String] = [],
        not excludes: [String] = [], _ edit: (inout Scenario) -> Void = { _ in }
    ) -> Scenario {
        Scenario(name, request, status, contains, not: excludes) {
            $0.site.people = []
            $0.peer = .loopback
            edit(&$0)
        }
    }

    /// A page that a browser opens through a proxy.
    private static func proxied(
        _ name: String, _ fields: [String], _ contains: [String], from peer: Peer = .loopback,
        not excludes: [String] = []
    ) -> Scenario {
        let head = ["GET /auth/setup HTTP/1.1", "Host: auth.example.org", acceptOfBrowsers]
        let request = (head + fields).joined(separator: "\n") + "\n\n"
        return local(name, request, .ok, contains, not: excludes) { $0.peer = peer }
    }

    static let setupPage: [Scenario] = opening + connections + posting

    private static let opening: [Scenario] = [
        local(
            "the page to set up, on this machine", open("/auth/setup"), .ok,
            [
                "<h1>Welcome to lunauth</h1>", #"name="username""#, #"name="email""#,
                #"autocomplete="new-password""#, #"name="siteName""#,
                "The server sees the address http://localhost:8080.",
                #"name="address" value="detected" checked"#, #"name="websiteUrl""#,
                #"<details class="fold">"#, #"name="databaseName""#,
                #"name="retentionPeriod""#, #"name="migrationType""#,
                "runs on the same machine",
            ], not: [#"name="code""#]),
        local(
            "the page to set up, for another user of the machine", open("/auth/setup"), .ok,
            [#"id="code""#, "It is in the log of the server"]
        ) { $0.site.isAskedByOwnUser = false },
        local(
            "the page to set up, by the link in the log", open("/auth/setup?code=a%22%3Eb"), .ok,
            [#"<input type="hidden" name="code" value="a&quot;&gt;b">"#], not: [#"id="code""#]
        ) { $0.peer = .remote },
        local(
            "the page to set up, without Host",
            "GET /auth/setup HTTP/1.0\n\(acceptOfBrowsers)\n\n", .ok,
            [#"name="websiteUrl""#], not: [#"name="address""#]),
        local(
            "the page to set up, where an owner exists", open("/auth/setup"), .notFound,
            ["<h1>This page does not exist</h1>"]
        ) { $0.site.people = [.owner] },
        local(
            "the page to set up, for a program", get("/auth/setup"), .methodNotAllowed,
            ["Allow: POST, OPTIONS\n"]),
        local(
            "no page to set up without pages", open("/auth/setup"), .methodNotAllowed
        ) { $0.site.hasPages = false },
    ]

    private static let connections: [Scenario] = [
        proxied(
            "a proxy that says everything",
            ["X-Forwarded-For: 192.0.2.44", "X-Forwarded-Proto: https"],
            [
                "The connection is encrypted", #"<span class="mono">192.0.2.44</span>"#,
                "The server sees the address https://auth.example.org.",
                #"value="detected" checked"#,
            ]),
        proxied(
            "a proxy that does not say the scheme", ["X-Forwarded-For: 192.0.2.44"],
            [
                "does not say whether the connection is encrypted", "X-Forwarded-Proto",
                #"value="other" checked"#, #"value="https://auth.example.org""#,
            ], not: [#"value="detected" checked"#]),
        proxied(
            "a proxy that passes the host on",
            [
                "X-Forwarded-For: 192.0.2.44", "X-Forwarded-Proto: https",
                "X-Forwarded-Host: auth.example.org",
            ], ["The connection is encrypted"]),
        proxied(
            "a proxy that changes the host",
            [
                "X-Forwarded-For: 192.0.2.44", "X-Forwarded-Proto: https",
                "X-Forwarded-Host: login.example.org",
            ], ["The proxy changes the host", #"value="other" checked"#]),
        proxied(
            "a proxy that says http",
            ["X-Forwarded-For: 192.0.2.44", "X-Forwarded-Proto: http"],
            ["This connection is not encrypted"]),
        proxied(
            "a proxy that does not name the client", ["X-Forwarded-Proto: https"],
            ["does not forward client addresses", "X-Forwarded-For"]),
        proxied(
            "a proxy that sends nothing", [], ["does not forward client addresses"]),
        proxied(
            "a proxy that is not trusted",
            ["X-Forwarded-For: 192.0.2.44", "X-Forwarded-Proto: https"],
            ["The proxy is not trusted", "trustedProxies", #"<span class="mono">"#],
            from: .remote, not: ["192.0.2.44"]),
        proxied(
            "no proxy, over the network", [], ["This connection is not encrypted"],
            from: .remote),
    ]

    private static let posting: [Scenario] = [
        local(
            "a posted setup", form("/auth/setup", owner), .seeOther,
            [
                "Location: /auth/admin\n", "Set-Cookie: session_token=",
                "Set-Cookie: session_token_device=",
            ], not: ["correct horse"]),
        local(
            "a posted setup with the code",
            form("/auth/setup", owner + "&code=the-setup-code&address=detected"), .seeOther,
            ["Location: /auth/admin\n"]
        ) { $0.peer = .remote },
        local(
            "a posted setup without the code", form("/auth/setup", owner), .forbidden,
            [
                "<h2>The server was not set up</h2>", ##"<a href="#code">"##,
                #"value="The Owner""#, #"value="owner@example.org""#, #"id="code-error""#,
            ], not: ["correct horse"]
        ) { $0.peer = .remote },
        local(
            "a posted setup with a wrong code", form("/auth/setup", owner + "&code=wrong"),
            .forbidden, [#"id="code-error""#], not: [#"value="wrong""#]
        ) { $0.peer = .remote },
        local(
            "a posted setup with a weak password",
            form(
                "/auth/setup",
                "username=The+Owner&email=owner%40example.org&password=password"
                    + "&siteName=Luna+Studio&retentionPeriod=1y"), .badRequest,
            [
                #"id="password-error""#, "one of the most common passwords",
                #"value="The Owner""#, #"value="Luna Studio""#,
                #"<option value="1y" selected>"#,
            ]),
        local(
            "a posted setup with nothing", form("/auth/setup", ""), .badRequest,
            [
                ##"<a href="#username">Fill in “Name”.</a>"##,
                ##"<a href="#email">Fill in “Email”.</a>"##,
                ##"<a href="#password">Fill in “Password”.</a>"##,
            ]),
        local(
            "a posted setup with a bad address",
            form("/auth/setup", owner + "&address=other&websiteUrl=https%3A%2F%2Fa.b%2Fc"),
            .badRequest,
            [
                #"id="websiteUrl-error""#, #"value="https://a.b/c""#,
                #"value="other" checked"#,
            ]),
        local(
            "a posted setup with a bad name of the database",
            form("/auth/setup", owner + "&databaseName=a%2Fb"), .badRequest,
            [#"<details class="fold" open>"#, #"id="databaseName-error""#, #"value="a/b""#]),
        local(
            "a posted setup with markup",
            form("/auth/setup", "username=%3Cb%3E&email=%22%3E%3Cscript%3E&password=x"),
            .badRequest, [#"value="&lt;b&gt;""#, #"value="&quot;&gt;&lt;script&gt;""#],
            not: ["<script>", "<b>\""]),
        local(
            "a setup that is posted twice", form("/auth/setup", owner), .conflict,
            ["<h1>This server is set up already</h1>", #"href="/auth/login""#]
        ) { $0.before = [form("/auth/setup", owner)] },
        local(
            "a posted setup by another site",
            form("/auth/setup", owner, "Sec-Fetch-Site: cross-site"), .forbidden,
            ["<h1>The request came from another site</h1>"]),
        local(
            "a posted setup from nowhere",
            "POST /auth/setup HTTP/1.1\nHost: localhost:8080\n\(acceptOfBrowsers)\n"
                + "Content-Type: application/x-www-form-urlencoded\n\n" + owner, .forbidden,
            ["<h1>The request came from another site</h1>"]),
        local(
            "the site that was posted counts at once", open("/auth/password/forgot"), .ok,
            ["Luna Studio</title>"]
        ) { $0.before = [form("/auth/setup", owner + "&siteName=Luna+Studio")] },
        local(
            "the address that was posted counts at once",
            post("/auth/login", "{}", "Origin: https://app.example"), .badRequest
        ) {
            $0.before = [
                form(
                    "/auth/setup",
                    owner + "&address=other&websiteUrl=https%3A%2F%2Fapp.example")
            ]
        },
        local(
            "a form of a program sets up",
            "POST /auth/setup HTTP/1.1\nHost: localhost:8080\nSec-Fetch-Site: none\n"
                + "Content-Type: application/x-www-form-urlencoded\n\n" + owner, .created,
            [#""role":"owner""#]),
        local(
            "the code in JSON is none",
            post(
                "/auth/setup",
                #"{"username":"o","email":"o@example.org","password":"\#(Person.password)","#
                    + #""code":"the-setup-code"}"#), .forbidden, ["setup_code_required"]
        ) { $0.peer = .remote },
    ]
}
