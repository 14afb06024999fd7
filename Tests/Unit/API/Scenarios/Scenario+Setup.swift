import API
import HTTP
import TestSupport

extension Scenario {
    private static func setUp(
        _ host: String = "localhost:8080", _ fields: String..., more: String = ""
    ) -> String {
        let head =
            ["POST /auth/setup HTTP/1.1", "Host: \(host)", "Content-Type: application/json"]
            + fields
        let body =
            #"{"username":"The Owner","email":"owner@example.org","password":"\#(Person.password)""#
        return head.joined(separator: "\n") + "\n\n" + body + more + "}"
    }

    /// A request to a server whose site is `https://site.example` and that has no accounts yet.
    private static func asked(
        _ name: String, _ request: String, isAllowed: Bool, from peer: Peer = .loopback,
        isAskedByOwnUser: Bool = true
    ) -> Scenario {
        Scenario(
            name, request, isAllowed ? .created : .forbidden,
            [isAllowed ? #""role":"owner""# : #""code":"setup_code_required""#]
        ) {
            $0.site.people = []
            $0.site.website = "https://site.example"
            $0.site.isAskedByOwnUser = isAskedByOwnUser
            $0.peer = peer
        }
    }

    private static func local(
        _ name: String, _ request: String, _ status: Status, _ contains: [String] = [],
        not excludes: [String] = [], _ edit: (inout Scenario) -> Void = { _ in }
    ) -> Scenario {
        Scenario(name, request, status, contains, not: excludes) {
            $0.site.people = [.customer]
            $0.peer = .loopback
            edit(&$0)
        }
    }

    private static let socket = Peer.local(user: 1)

    private static let hosts: [Scenario] =
        ["localhost", "LOCALHOST:8080", "127.0.0.1", "127.9.9.9:8080", "[::1]:8080"]
        .map { asked("from this machine to \($0)", setUp($0), isAllowed: true) }
        + [
            "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.0.2.7",
            "[2001:db8::1]", "0.0.0.0", "site.example", "localhost.",
        ]
        .map { asked("from this machine to \($0)", setUp($0), isAllowed: false) }
        + [
            asked(
                "from this machine without Host",
                setUp().replacing("HTTP/1.1", with: "HTTP/1.0")
                    .replacing("Host: localhost:8080\n", with: ""), isAllowed: false),
            asked(
                "from this machine to a foreign name in the target",
                setUp().replacing("POST /auth", with: "POST http://evil.example/auth"),
                isAllowed: false),
        ]

    /// What curl and browsers send of their own accord, and what only a proxy does.
    private static let fields: [Scenario] =
        [
            "User-Agent: curl/8.5.0", "Accept: */*", "accept-encoding: gzip", "Accept-Language: de",
            "Content-Language: en", "Origin: http://localhost:8080",
            "Referer: http://localhost:8080/", "Sec-Fetch-Site: same-origin", "Sec-CH-UA: x",
            "Sec-GPC: 1", "Cookie: a=b", "Connection: close", "Cache-Control: no-cache",
            "Pragma: no-cache", "Priority: u=1", "DNT: 1", "Upgrade-Insecure-Requests: 1",
        ]
        .map { asked("from this machine with \($0)", setUp("localhost:8080", $0), isAllowed: true) }
        + [
            "X-Forwarded-For: 127.0.0.1", "X-Forwarded-For: 203.0.113.9",
            "X-Forwarded-Proto: https", "X-Forwarded-Host: localhost", "Forwarded: for=127.0.0.1",
            "Forwarded: for=_x", "Via: 1.1 proxy", "X-Real-IP: 127.0.0.1", "X-Request-Id: 1",
            "CF-Connecting-IP: 127.0.0.1", "True-Client-IP: ::1", "Max-Forwards: 1", "TE: trailers",
            "Keep-Alive: 5", "Authorization: Bearer x", "Acceptance: x", "X-Anything:",
        ]
        .flatMap { field in
            [Peer.loopback, socket].map { peer in
                asked(
                    "with a field of a proxy, \(field) from \(peer)", setUp("localhost", field),
                    isAllowed: false, from: peer)
            }
        }

    private static let allowed: [Scenario] =
        hosts + fields + [
            asked(
                "from this machine over IPv6", setUp(), isAllowed: true,
                from: .address(.v6(high: 0, low: 1), port: 1)),
            asked("over a Unix socket", setUp(), isAllowed: true, from: socket),
            asked(
                "over a Unix socket to a foreign name", setUp("evil.example"), isAllowed: false,
                from: socket),
            asked("from afar", setUp(), isAllowed: false, from: .remote),
            asked(
                "from afar claiming to be near", setUp("localhost", "X-Forwarded-For: 127.0.0.1"),
                isAllowed: false, from: .remote),
            asked(
                "by another user of this machine", setUp(), isAllowed: false,
                isAskedByOwnUser: false),
            asked(
                "by another user over a Unix socket", setUp(), isAllowed: false, from: socket,
                isAskedByOwnUser: false),
            asked(
                "the code, by another user of this machine",
                setUp("localhost", "X-Setup-Code: the-setup-code"), isAllowed: true,
                isAskedByOwnUser: false),
            asked(
                "the code from afar", setUp("evil.example", "X-Setup-Code: the-setup-code"),
                isAllowed: true, from: .remote),
            asked(
                "the code through a proxy",
                setUp(
                    "site.example", "X-Setup-Code: the-setup-code", "X-Forwarded-For: 203.0.113.9"),
                isAllowed: true),
            asked(
                "a wrong code from afar", setUp("localhost", "X-Setup-Code: the-setup-codE"),
                isAllowed: false, from: .remote),
            asked(
                "an empty code from afar", setUp("localhost", "X-Setup-Code:"), isAllowed: false,
                from: .remote),
            asked(
                "a wrong code from this machine", setUp("localhost", "X-Setup-Code: x"),
                isAllowed: false),
            asked(
                "the code twice",
                setUp(
                    "localhost", "X-Setup-Code: the-setup-code",
                    "X-Setup-Code: the-setup-code"), isAllowed: false, from: .remote),
        ]

    static let setup: [Scenario] =
        allowed + [
            Scenario(
                "an empty code where none is configured", setUp("localhost", "X-Setup-Code:"),
                .forbidden, ["setup_code_required"]
            ) {
                $0.site.people = []
                $0.site.setupCode = ""
            },
            local(
                "the owner is signed in", setUp(), .created,
                [
                    #"{"token":"ey"#, #""email":"owner@example.org""#,
                    #""role":"owner","status":"active""#,
                    "Set-Cookie: session_token=",
                ], not: ["password"]),
            local(
                "a second setup", setUp(), .conflict,
                [
                    #""code":"already_set_up","errorType":"ownerExists"}"#
                ]
            ) { $0.before = [setUp()] },
            local("setup is seen at once", get("/auth/setup/exists"), .ok, [#""success":true"#]) {
                $0.before = [setUp()]
            },
            local(
                "a taken email", setUp().replacing("owner@", with: "customer@"), .conflict,
                [
                    "email_taken"
                ]),
            local(
                "a database in use", setUp(more: #","databaseName":"theirs""#), .conflict,
                [
                    #""code":"database_in_use""#
                ]
            ) { $0.prepare = { $0.store.change { $0.occupiedNames = ["theirs"] } } },
            local(
                "everything at fault",
                post(
                    "/auth/setup",
                    """
                    {"type":"advanced","databaseType":"mysql","databaseName":"a/b","migrationType":1}
                    """), .badRequest,
                [
                    #""username":"is required""#, #""email":"is required""#,
                    #""password":"is required""#,
                    #""databaseType":"is not supported; supported: sqlite (alias better-sqlite3)""#,
                    #""databaseName":""#, #""websiteUrl":"is required""#,
                    #""migrationType":"must be a string""#, #""retentionPeriod":"is required""#,
                ]),
            local(
                "an advanced setup",
                setUp(
                    more: """
                        ,"type":"advanced","databaseType":"sqlite","databaseName":"app",
                        "websiteUrl":"https://app.example","migrationType":"manual","retentionPeriod":"1y"
                        """), .created, ["; Secure\n"]),
            local(
                "the new site counts at once",
                post(
                    "/auth/login", "{}", "Origin: https://app.example"), .badRequest,
                ["invalid_request"]
            ) { $0.before = [setUp(more: #","websiteUrl":"https://app.example""#)] },
            local(
                "a path is no part of the site", setUp(more: #","websiteUrl":"https://a.b/c""#),
                .badRequest, [#""fields":{"websiteUrl":""#]),
            local("the eleventh setup", setUp(), .tooManyRequests, ["Retry-After: 10\n"]) {
                $0.before = [String](repeating: post("/auth/setup", "{}"), count: 10)
            },
        ]
}
