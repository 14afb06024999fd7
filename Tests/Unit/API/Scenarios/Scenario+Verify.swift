import API
import Auth
import Crypto
import HTTP
import TestSupport
import Testing

extension Scenario {
    /// A key of the member's that looks and changes, one that looks, one that changes, and one with every
    /// scope there is.
    private static let keys: [(key: APIKeyText, scopes: APIKey.Scopes)] =
        [[.read, .write], .read, .write, [.read, .write, .admin]].map { (APIKeyText.random(), $0) }
    private static let (full, reading, writing) = (bearer(0), bearer(1), bearer(2))

    private static func bearer(_ index: Int) -> String {
        "Authorization: Bearer \(keys[index].key.text)"
    }

    private static let addKeys: @Sendable (World) throws -> Void = { world in
        let account = try #require(world.account(Person.member.email))
        for (key, scopes) in keys {
            let details = APIKeyDetails(
                key: APIKey(
                    id: .random(), accountID: account.id, scopes: scopes, expiresAt: nil),
                name: "a key", prefix: key.shown, createdAt: world.clock.now, lastUsedAt: nil)
            try world.store.write { transaction throws(AuthError) in
                try transaction.insert(details, hash: key.hash)
            }
        }
    }

    private static func cookie(_ person: String) -> String {
        "Cookie: session_token={\(person).cookie}"
    }

    /// A proxy's question about a person, without any requirement.
    private static func asked(
        _ query: String, about person: String, _ status: Status, _ contains: String...,
        not excludes: String..., prepare: @escaping @Sendable (World) throws -> Void = { _ in }
    ) -> Scenario {
        Scenario(
            "\(person) at \(query)", get("/auth/verify\(query)", cookie(person)), status, contains,
            not: excludes + (status == .ok ? [] : ["Remote-", "X-Auth-"])
        ) { $0.prepare = prepare }
    }

    private static let identities: [Scenario] = [
        asked(
            "", about: "member", .ok, "Remote-Name: member\n", "Remote-Groups: member\n",
            "X-Auth-Tier: free\n", "Remote-User: ", not: "Remote-Email", "X-Auth-Scopes", "@"),
        asked(
            "", about: "member", .ok, "Remote-Email: member@example.org\n", not: "Remote-User: mem"
        ) { $0.change(Person.member.email) { $0.emailVerifiedAt = .init(milliseconds: 1) } },
        asked(
            "?user=email", about: "member", .ok, "Remote-User: member@example.org\n",
            "Remote-Email: member@example.org\n"
        ) { $0.change(Person.member.email) { $0.emailVerifiedAt = .init(milliseconds: 1) } },
        asked(
            "?user=email", about: "member", .forbidden, #""code":"email_unverified""#,
            not: "member@"),
        asked("", about: "member", .ok, "Remote-Name: Zo%C3%AB%20A-B_c.d~%2C%25%0Ax\n") {
            $0.change(Person.member.email) { $0.name = "Zoë A-B_c.d~,%\nx" }
        },
        asked("?tier=team", about: "admin", .ok, "Remote-Groups: admin\n", "X-Auth-Tier: team\n") {
            $0.change(Person.admin.email) { $0.tier = .team }
        },
        Scenario(
            "a token", get("/auth/verify", "Authorization: Bearer {owner.token}"), .ok,
            ["Remote-Groups: owner\n"]),
        Scenario(
            "HEAD", "HEAD /auth/verify HTTP/1.1\nHost: a\n\(cookie("owner"))\n\n", .ok,
            ["Remote-Groups: owner\n"]),
        Scenario(
            "the request of another site",
            get(
                "/auth/verify", cookie("owner"), "Origin: https://evil.example",
                "Sec-Fetch-Site: cross-site"), .ok),
    ]

    private static let requirements: [Scenario] = [
        asked("", about: "owner", .ok), asked("", about: "admin", .ok),
        asked("", about: "customer", .forbidden, #""code":"forbidden""#),
        asked("?role=member", about: "customer", .forbidden, "forbidden"),
        asked("?role=user", about: "customer", .ok, "Remote-Groups: user\n"),
        asked("?role=user", about: "member", .ok),
        asked("?role=admin", about: "member", .forbidden, "forbidden"),
        asked("?role=admin", about: "admin", .ok), asked("?role=admin", about: "owner", .ok),
        asked("?role=owner", about: "admin", .forbidden, "forbidden"),
        asked("?role=owner", about: "owner", .ok),
        asked("?tier=free", about: "member", .ok),
        asked("?tier=pro", about: "owner", .forbidden, "forbidden"),
        asked("?tier=pro", about: "member", .ok) {
            $0.change(Person.member.email) { $0.tier = .pro }
        },
        asked("?tier=pro", about: "member", .ok) {
            $0.change(Person.member.email) { $0.tier = .team }
        },
        asked("?tier=team&role=user", about: "customer", .forbidden, "forbidden") {
            $0.change(Person.customer.email) { $0.tier = .pro }
        },
        asked("?role=admin&tier=pro", about: "member", .forbidden) {
            $0.change(Person.member.email) { $0.tier = .team }
        },
        asked("?role=user", about: "pending", .forbidden, "pending_approval"),
        asked("?role=user", about: "disabled", .unauthorized, "unauthenticated"),
        asked("", about: "member", .forbidden, "email_unverified") {
            $0.store.change { $0.settings.requireEmailVerification = true }
        },
        asked("", about: "admin", .ok) {
            $0.store.change { $0.settings.requireEmailVerification = true }
        },
        Scenario("unauthenticated", get("/auth/verify"), .unauthorized, ["unauthenticated"]),
        Scenario(
            "a bad token beside a good cookie",
            get("/auth/verify", cookie("owner"), "Authorization: Bearer x.y.z"), .unauthorized,
            ["invalid_token"]),
        Scenario("a fault", get("/auth/verify", cookie("owner")), .serviceUnavailable) {
            $0.prepare = { $0.store.condition = .broken }
        },
    ]

    /// The query, and the names at fault.
    private static let typos: [(String, [String])] = [
        ("role=", ["role"]), ("role", ["role"]), ("role=Admin", ["role"]),
        ("role=admin,member", ["role"]), ("role=%61dmin", ["role"]), ("role=member+", ["role"]),
        ("tier=gold", ["tier"]), ("tier=PRO", ["tier"]), ("user=name", ["user"]),
        ("keys=yes", ["keys"]), ("keys=", ["keys"]), ("keys", ["keys"]), ("keys=deny", ["keys"]),
        ("redirect=302", ["redirect"]), ("rolle=admin", ["query"]), ("Role=admin", ["query"]),
        ("r%6Fle=admin", ["query"]), ("x", ["query"]), ("=admin", ["query"]),
        ("&role=admin", ["query"]), ("role=user;keys=allow", ["role"]),
        ("role=user&role=admin", ["role"]), ("role=user&role=user", ["role"]),
        ("keys=allow&keys=allow", ["keys"]), ("tier=pro&tier=", ["tier"]),
        (
            "role=x&tier=y&user=z&keys=a&redirect=b&c=d",
            ["role", "tier", "user", "keys", "redirect", "query"]
        ),
    ]

    private static let refusedQueries = typos.map { query, names in
        Scenario(
            "the query \(query)", get("/auth/verify?\(query)", cookie("owner")), .badRequest,
            [#""code":"invalid_request""#] + names.map { #""\#($0)":""# }, not: ["Remote-"])
    }

    /// A proxy that keeps the query of its client.
    private static let injections: [Scenario] =
        [
            ("role=user", Status.badRequest), ("keys=allow", .badRequest),
            ("user=email", .badRequest),
            ("role=admin", .ok), ("tier=free", .ok), ("role=user&role=admin", .badRequest),
        ].flatMap { query, status in
            [Peer.loopback, .remote].map { peer in
                Scenario(
                    "a client that writes \(query)",
                    get(
                        "/auth/verify?\(query)", cookie("admin"), "X-Forwarded-Uri: /a",
                        "X-Forwarded-Uri: /x?\(query)"), status
                ) { $0.peer = peer }
            }
        } + [
            Scenario(
                "an application with a query of its own",
                get(
                    "/auth/verify?role=user", cookie("customer"), "X-Forwarded-Uri: /x?role=users"),
                .ok
            ) { $0.peer = .loopback }
        ]

    private static func keyed(
        _ name: String, _ query: String, _ key: String, _ method: String, _ status: Status,
        _ contains: String...
    ) -> Scenario {
        Scenario(
            name, get("/auth/verify\(query)", key, "X-Forwarded-Method: \(method)"), status,
            contains
        ) {
            $0.peer = .loopback
            $0.prepare = addKeys
        }
    }

    private static let verifiedKeys: [Scenario] =
        [
            keyed("a key is refused", "", full, "GET", .forbidden, "api_key_not_allowed"),
            keyed(
                "a key is let in", "?keys=allow", full, "GET", .ok, "X-Auth-Scopes: read write\n",
                "Remote-Groups: member\n"),
            keyed("a key changes", "?keys=allow", full, "DELETE", .ok),
            keyed(
                "an application is not told that a key administers", "?keys=allow", bearer(3),
                "GET", .ok, "X-Auth-Scopes: read write\n"),
            keyed("a reading key", "?keys=allow", reading, "GET", .ok, "X-Auth-Scopes: read\n"),
            keyed("a reading key at HEAD", "?keys=allow", reading, "HEAD", .ok),
            keyed("a reading key at OPTIONS", "?keys=allow", reading, "OPTIONS", .ok),
            keyed("a writing key", "?keys=allow", writing, "POST", .ok, "X-Auth-Scopes: write\n"),
            keyed("a role above the key's", "?keys=allow&role=admin", full, "GET", .forbidden),
        ]
        + [
            ("POST", reading), ("PUT", reading), ("PATCH", reading), ("DELETE", reading),
            ("GET", writing), ("HEAD", writing),
        ]
        .map { method, key in
            keyed(
                "a key without the scope for \(method)", "?keys=allow", key, method, .forbidden,
                "insufficient_scope")
        }
        // What is not known may be anything.
        + ["PROPFIND", "get", "GET\nX-Forwarded-Method: GET", ""].flatMap { method in
            [reading, writing].map { key in
                keyed(
                    "a key with half the scopes for '\(method)'", "?keys=allow", key, method,
                    .forbidden, "insufficient_scope")
            } + [keyed("a key for '\(method)'", "?keys=allow", full, method, .ok)]
        }
        + [
            Scenario(
                "a method claimed by an untrusted peer",
                get("/auth/verify?keys=allow", reading, "X-Forwarded-Method: GET"), .forbidden,
                ["insufficient_scope"]
            ) { $0.prepare = addKeys }
        ]

    /// Refusals by a proxy that discards their bodies.
    private static let discarded: [Scenario] = [
        bodiless(
            "unauthenticated", "?redirect=401", nil, .unauthorized, "WWW-Authenticate: Bearer\n"),
        bodiless(
            "a bad token", "?role=user&redirect=401", "Authorization: Bearer x.y.z", .unauthorized,
            #"error="invalid_token""#),
        bodiless("another role", "?redirect=401", cookie("customer"), .forbidden),
        bodiless("who waits", "?redirect=401&role=user", cookie("pending"), .forbidden),
        bodiless("a typo", "?redirect=401&rolle=admin", cookie("owner"), .badRequest),
        bodiless("behind a prefix", "/redirect=401/a?b=c", nil, .unauthorized),
        bodiless("a fault", "?redirect=401", cookie("owner"), .serviceUnavailable) {
            $0.store.condition = .broken
        },
    ]

    private static func bodiless(
        _ name: String, _ rest: String, _ credential: String?, _ status: Status,
        _ contains: String..., prepare: @escaping @Sendable (World) throws -> Void = { _ in }
    ) -> Scenario {
        Scenario(
            "\(name), to a proxy that discards the body",
            get("/auth/verify\(rest)", credential ?? "X: y"), status, contains
        ) {
            $0.prepare = prepare
            $0.type = nil
        }
    }

    /// That nothing but fields is said of who may pass.
    private static func withoutBody(_ scenario: Scenario) -> Scenario {
        var scenario = scenario
        if scenario.status == .ok { scenario.type = nil }
        return scenario
    }

    static let verify: [Scenario] =
        (identities + requirements + refusedQueries + injections + verifiedKeys + underPrefix)
        .map(withoutBody) + discarded

    /// As Envoy asks: the query of the operator, then path, query and method of the client.
    private static func prefixed(
        _ method: String, _ target: String, _ fields: String..., status: Status,
        contains: [String] = [], not excludes: [String] = []
    ) -> Scenario {
        Scenario(
            "\(method) \(target)",
            "\(method) /auth/verify/\(target) HTTP/1.1\nHost: app.example.org\nContent-Length: 0\n"
                + (["X-Forwarded-Proto: https"] + fields).joined(separator: "\n") + "\n\n", status,
            contains, not: excludes
        ) {
            $0.peer = .loopback
            $0.prepare = addKeys
            $0.site.website = "https://auth.example.org"
            $0.site.returnOrigins = ["https://app.example.org"]
        }
    }

    private static let underPrefix: [Scenario] =
        Method.allCases.map { method in
            prefixed(
                method.rawValue, "role=user/any/path?role=owner&x", cookie("customer"),
                "Origin: https://evil.example", "Sec-Fetch-Site: cross-site", status: .ok,
                contains: ["Remote-Groups: user\n"])
        }
        + [
            prefixed("POST", "role=admin/x", cookie("member"), status: .forbidden),
            prefixed("GET", "role=member/", cookie("customer"), status: .forbidden),
            prefixed("GET", "role=member", cookie("member"), status: .ok),
            prefixed("GET", "role=member/x?role=user", cookie("customer"), status: .forbidden),
            prefixed("GET", "role=member/role=user", cookie("customer"), status: .forbidden),
            prefixed("GET", "role=member&keys=allow/x", reading, status: .ok),
            prefixed(
                "POST", "role=member&keys=allow/x", reading, "X-Forwarded-Method: GET",
                status: .forbidden, contains: ["insufficient_scope"]),
            prefixed("GET", "role=member/x", full, status: .forbidden),
            prefixed("GET", "app/x", cookie("owner"), status: .badRequest, contains: ["query"]),
            prefixed("GET", "role%3Duser/x", cookie("owner"), status: .badRequest),
            prefixed("GET", "/role=user/x", cookie("owner"), status: .notFound),
            prefixed("GET", "", cookie("owner"), status: .notFound),
            prefixed("POST", "role=member/x", status: .unauthorized),
            prefixed(
                "GET", "role=member/a%20b?c=d&e", "Accept: text/html",
                "X-Forwarded-Host: evil.example", "X-Forwarded-Uri: /evil", status: .found,
                contains: [
                    "Location: https://auth.example.org/login?return_to="
                        + "https%3A%2F%2Fapp.example.org%2Fa%2520b%3Fc%3Dd%26e\n"
                ], not: ["evil"]),
            prefixed("POST", "role=member/x", "Accept: text/html", status: .unauthorized),
        ]
}
