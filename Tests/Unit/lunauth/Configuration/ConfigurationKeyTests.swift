import HTTP
import Testing

@testable import lunauth

/// One key and values for it, as JSON and as a variable holds them.
struct KeyCase: Sendable, CustomTestStringConvertible {
    let path: String
    let json: String
    let text: String
    var testDescription: String { "\(path) \(json)" }

    init(_ path: String, _ json: String, _ text: String) {
        (self.path, self.json, self.text) = (path, json, text)
    }

    /// A number or a truth value: both are written alike.
    init(_ path: String, _ literal: String) { self.init(path, literal, literal) }

    /// A string without characters that JSON escapes.
    init(_ path: String, text: String) { self.init(path, "\"\(text)\"", text) }
}

@Suite struct ConfigurationKeyTests {
    static let bounds: [(String, ClosedRange<Int>)] = [
        ("eventLoops", 0...64), ("http.headSeconds", 1...86_400),
        ("database.staleSeconds", 0...3_600),
        ("http.bodySeconds", 1...86_400), ("http.idleSeconds", 1...86_400),
        ("http.writeSeconds", 1...86_400), ("http.drainSeconds", 0...600),
        ("http.maximumConnections", 1...1_000_000),
        ("http.maximumHeadBytes", 16_384...65_536), ("password.iterations", 1_000...10_000_000),
        ("password.minimumLength", 1...256), ("password.concurrency", 0...64),
        ("password.queueSeconds", 1...60), ("token.lifetimeSeconds", 60...31_536_000),
        ("session.lifetimeSeconds", 60...315_360_000), ("cache.megabytes", 0...1_000_000),
        ("session.maximumSeconds", 60...315_360_000), ("session.idleSeconds", 0...315_360_000),
        ("factors.trustDays", 0...365), ("mail.timeoutSeconds", 1...300),
        ("mail.smtp.port", 1...65_535), ("limits.tiers.free", 1...1_000_000),
        ("limits.tiers.pro", 1...1_000_000), ("limits.tiers.team", 1...1_000_000),
        ("apiKeys.maximum.free", 0...1_000), ("apiKeys.maximum.pro", 0...1_000),
        ("apiKeys.maximum.team", 0...1_000), ("audit.maximumEvents", 10_000...100_000_000),
    ]

    static let accepted: [KeyCase] = [
        .init(
            "listen", #"["127.0.0.1:0","[::1]:80","unix:/run/l.sock"]"#,
            "127.0.0.1:0,[::1]:80,unix:/run/l.sock"),
        .init("admin.listen", text: "127.0.0.1:0"), .init("admin.listen", text: "[::1]:9000"),
        .init("admin.listen", text: "unix:/run/a.sock"), .init("admin.listen", text: "none"),
        .init("dataDirectory", text: "/var/lib/lunauth"), .init("database", text: "sqlite:a"),
        .init("database", text: "sqlite:" + String(repeating: "Z", count: 64)),
        .init("database", text: "sqlite:a_B-9"),
        .init("database", text: "postgres://db.example.org/accounts"),
        .init("database", text: "postgres://u@a:1,b:2/n?sslmode=verify-full"),
        .init("database.pooling", text: "session"), .init("database.pooling", text: "transaction"),
        .init("database.direct", text: ""), .init("database.direct", text: "postgres:///n"),
        .init("websiteUrl", text: "https://example.org"),
        .init("websiteUrl", text: "http://[::1]:3000"),
        .init("trustedProxies", "[]", ""),
        .init("trustedProxies", #"["10.0.0.0/8"]"#, "10.0.0.0/8"),
        .init("forwardedHeaders", text: "x-forwarded"), .init("forwardedHeaders", text: "none"),
        .init("forwardedHeaders", text: "forwarded"), .init("limits.enabled", "true"),
        .init("limits.enabled", "false"), .init("limits.tiers.apiKeys", "false"),
        .init("limits.tiers.sessions", "true"), .init("session.sliding", "true"),
        .init("session.cookieName", text: "a"),
        .init("session.cookieName", text: "sid.v2"), .init("session.sameSite", text: "Strict"),
        .init("session.sameSite", text: "Lax"), .init("session.logoutRedirect", text: "/"),
        .init("session.logoutRedirect", text: "/a?b=c#d//e"),
        .init("session.logoutRedirect", text: "https://example.org"),
        .init("session.logoutRedirect", text: "http://example.org:81/a/b?c=//d"),
        .init("pages.register", text: "/join"),
        .init("pages.register", text: "https://app.example.org/#/join"),
        .init("session.clearSiteData", "[]", ""),
        .init("session.clearSiteData", #"["*"]"#, "*"),
        .init("session.clearSiteData", #"["cache","storage"]"#, "cache,storage"),
        .init("session.cookieDomain", text: ""), .init("passkeys.rpId", text: ""),
        .init("factors.required", text: "none"), .init("factors.required", text: "everybody"),
        .init("factors.required", text: "administrators"), .init("pages.login", text: "/a?b"),
        .init("pages.login", text: "https://login.example.org/#/in"),
        .init("http.allowedOrigins", "[]", ""),
        .init(
            "http.allowedOrigins", #"["https://a.b:8443","http://localhost:3000"]"#,
            "https://a.b:8443,http://localhost:3000"),
        .init("forwardAuth.returnOrigins", "[]", ""),
        .init(
            "forwardAuth.returnOrigins", #"["https://a.b","https://*.a.b:81"]"#,
            "https://a.b,https://*.a.b:81"),
        .init("log.level", text: "trace"), .init("log.level", text: "debug"),
        .init("log.level", text: "info"), .init("log.level", text: "notice"),
        .init("log.level", text: "warning"), .init("log.level", text: "error"),
        .init("log.level", text: "critical"), .init("log.format", text: "json"),
        .init("log.format", text: "text"),
    ]

    static let refused: [KeyCase] = [
        .init("listen", "[]", ""), .init("listen", #"[""]"#, ","), .init("listen", "[1]", "1"),
        .init("listen", #"[":8080"]"#, ":8080"), .init("listen", #"["127.0.0.1"]"#, "127.0.0.1"),
        .init("listen", #"["127.0.0.1:65536"]"#, "127.0.0.1:65536"),
        .init("listen", #"["localhost:80"]"#, "localhost:80"),
        .init("listen", #"["unix:"]"#, "unix:"),
        .init("listen", #"["127.0.0.1:80",""]"#, "127.0.0.1:80,"),
        .init("listen", "\"127.0.0.1:8080\"", ":"),
        .init("admin.listen", text: ""), .init("admin.listen", text: "None"),
        .init("admin.listen", text: "8081"), .init("admin.listen", text: "localhost:8081"),
        .init("admin.listen", text: "127.0.0.1:0,[::1]:0"), .init("admin.listen", "null", ""),
        .init("admin.listen", #"["127.0.0.1:8081"]"#, "[127.0.0.1:8081]"),
        .init("dataDirectory", text: ""), .init("dataDirectory", #""a\u0000""#, "a\u{0}"),
        .init("database", text: "sqlite:"), .init("database", text: "lunauth"),
        .init("database", text: "postgres:a"),
        .init("database.direct", text: "sqlite:a"), .init("database.pooling", text: "statement"),
        .init("database", text: "sqlite:a.db"),
        .init("database", text: "sqlite:../a"), .init("database", text: "sqlite:é"),
        .init("database", text: "sqlite:" + String(repeating: "a", count: 65)),
        .init("websiteUrl", text: "example.org"), .init("websiteUrl", text: "ftp://example.org"),
        .init("websiteUrl", text: "https://example.org/app"), .init("websiteUrl", text: "https://"),
        .init("trustedProxies", #"["10.0.0.0/33"]"#, "10.0.0.0/33"),
        .init("trustedProxies", #"["all"]"#, "all"), .init("trustedProxies", #"[""]"#, ","),
        .init("forwardedHeaders", text: "X-Forwarded"), .init("forwardedHeaders", text: ""),
        .init("limits.enabled", "1"), .init("limits.enabled", "\"true\"", "True"),
        .init("limits.enabled", "null", ""), .init("session.cookieName", text: ""),
        .init("session.cookieName", text: "a b"), .init("session.cookieName", text: "a=b"),
        .init("session.cookieName", text: "a;b"), .init("session.cookieName", text: "é"),
        .init("session.cookieName", text: String(repeating: "a", count: 65)),
        .init("session.clearSiteData", #"["Cache"]"#, "Cache"),
        .init("session.clearSiteData", #"["cache","cache"]"#, "cache,cache"),
        .init("session.clearSiteData", #"["\"cache\""]"#, "\"cache\""),
        .init("session.clearSiteData", #"[""]"#, ","), .init("session.clearSiteData", "true", ":"),
        .init("session.sameSite", text: "lax"), .init("session.sameSite", text: "never"),
        .init("session.logoutRedirect", text: ""), .init("session.logoutRedirect", text: "login"),
        .init("session.logoutRedirect", text: "//evil.example"),
        .init("session.logoutRedirect", #""/\\evil.example""#, "/\\evil.example"),
        .init("session.logoutRedirect", #""/a\r\nSet-Cookie: a=b""#, "/a\r\nSet-Cookie: a=b"),
        .init("session.logoutRedirect", #""/a\u0000""#, "/a\u{0}"),
        .init("session.logoutRedirect", text: "/a b"), .init("session.logoutRedirect", text: "/é"),
        .init("session.logoutRedirect", text: "javascript:alert(1)"),
        .init("session.logoutRedirect", text: "https://"),
        .init("session.logoutRedirect", text: "https:/example.org"),
        .init("session.logoutRedirect", text: "https://example.org?a"),
        .init("pages.register", text: ""), .init("pages.register", text: "join"),
        .init("pages.register", text: "//evil.example"),
        .init("pages.register", text: "https://example.org?a"),
        .init("session.cookieDomain", text: "org"), .init("session.cookieDomain", text: ".a.b"),
        .init("session.cookieDomain", text: "a.b."), .init("session.cookieDomain", text: "A.b"),
        .init("session.cookieDomain", text: "a..b"), .init("session.cookieDomain", text: "a.b/"),
        .init("session.cookieDomain", text: "127.0.0.1"),
        .init("session.cookieDomain", text: "a.b:80"),
        .init("session.cookieDomain", text: "a.b;Path=/x"),
        .init("session.cookieDomain", text: "é.b"), .init("session.cookieDomain", text: "[::1]"),
        .init("session.cookieDomain", "null", " "),
        .init("factors.required", text: ""), .init("factors.required", text: "all"),
        .init("factors.required", "true"), .init("passkeys.rpId", "null", " "),
        .init("passkeys.rpId", text: ".a.b"), .init("passkeys.rpId", text: "A.b"),
        .init("passkeys.rpId", text: "https://a.b"), .init("passkeys.rpId", text: "a.b:443"),
        .init("passkeys.rpId", text: "127.0.0.1"), .init("passkeys.rpId", text: "[::1]"),
        .init("passkeys.rpId", text: "1"), .init("passkeys.rpId", text: "é.b"),
        .init("pages.login", text: ""), .init("pages.login", text: "//a.b"),
        .init("http.allowedOrigins", #"["*"]"#, "*"),
        .init("http.allowedOrigins", #"["https://a.b/"]"#, "https://a.b/"),
        .init("http.allowedOrigins", #"["https://a.b:443"]"#, "https://a.b:443"),
        .init("http.allowedOrigins", #"["http://a.b"]"#, "http://a.b"),
        .init("http.allowedOrigins", "\"https://a.b\"", ","),
        .init("forwardAuth.returnOrigins", #"["*"]"#, "*"),
        .init("forwardAuth.returnOrigins", #"["https://*.org"]"#, "https://*.org"),
        .init("forwardAuth.returnOrigins", #"["https://a.b/c"]"#, "https://a.b/c"),
        .init("forwardAuth.returnOrigins", "\"https://a.b\"", ","),
        .init("log.level", text: "INFO"), .init("log.level", "3"), .init("log.format", text: "xml"),
    ]

    static let literalsThatAreNoIntegers = [
        ("\"8\"", "\"8\""), ("8.5", "8.5"), ("null", ""), ("true", "true"), ("[8]", "8,8"),
        ("99999999999999999999", "99999999999999999999"), ("-1", "-1"), ("{}", "0x8"),
        ("9223372036854775808", "+8"), ("1e300", "08"),
    ]

    @Test(arguments: accepted + mailAccepted + siteAccepted + auditAccepted)
    func `a value is taken from the file and from a variable`(_ value: KeyCase) throws {
        let key = try #require(ConfigurationKey.all.first { $0.path == value.path })
        let inFile = try layered(file: file(value.path, value.json)).checked()
        let inVariable = try layered(environment: [key.variable: value.text]).checked()
        #expect(key.text(inFile) == value.text)
        #expect(key.text(inVariable) == value.text)
        #expect(
            ConfigurationKey.changed(from: inFile, to: Configuration()).map(\.path)
                .filter { $0 != "dataDirectory" && $0 != value.path } == [])
    }

    @Test(arguments: refused + mailRefused + siteRefused + auditRefused)
    func `a value of the wrong type or out of range is refused`(_ value: KeyCase) throws {
        let key = try #require(ConfigurationKey.all.first { $0.path == value.path })
        for found in [
            problems(file: file(value.path, value.json)),
            problems(environment: [key.variable: value.text]),
        ] {
            guard case .wrongValue(key.path, _, _, key.expected)? = found.first, found.count == 1
            else {
                Issue.record("\(found)")
                continue
            }
        }
    }

    @Test(arguments: bounds)
    func `an integer is taken within its bounds alone`(path: String, range: ClosedRange<Int>) throws
    {
        let key = try #require(ConfigurationKey.all.first { $0.path == path })
        for value in [range.lowerBound, range.upperBound] {
            #expect(key.text(try layered(file: file(path, "\(value)")).checked()) == "\(value)")
            let inVariable = try layered(environment: [key.variable: "\(value)"])
            #expect(key.text(try inVariable.checked()) == "\(value)")
        }
        for value in [range.lowerBound - 1, range.upperBound + 1] {
            let expected = "an integer from \(range.lowerBound) to \(range.upperBound)"
            #expect(
                problems(file: file(path, "\(value)")) == [
                    .wrongValue(
                        key: path, source: .file("/etc/lunauth/config.json"), found: "\(value)",
                        expected: expected)
                ])
            #expect(
                problems(environment: [key.variable: "\(value)"]) == [
                    .wrongValue(
                        key: path, source: .environment(key.variable), found: "\(value)",
                        expected: expected)
                ])
        }
    }

    @Test(arguments: literalsThatAreNoIntegers)
    func `anything but an integer is refused for an integer`(json: String, text: String) {
        #expect(problems(file: file("cache.megabytes", json)).count == 1)
        #expect(problems(environment: ["LUNAUTH_CACHE_MEGABYTES": text]).count == 1)
    }

    @Test func `the tables are about every key`() {
        let tested = Set(
            Self.bounds.map(\.0)
                + (Self.accepted + Self.mailAccepted + Self.siteAccepted + Self.auditAccepted)
                .map(\.path))
        #expect(tested == Set(ConfigurationKey.all.map(\.path)))
    }

    @Test func `spaces around the elements of a list do not count`() throws {
        let read = try layered(environment: ["LUNAUTH_TRUSTEDPROXIES": "10.0.0.0/8 , ::1/128"])
        #expect(try read.checked().trustedProxies.map(\.description) == ["10.0.0.0/8", "::1/128"])
    }
}
