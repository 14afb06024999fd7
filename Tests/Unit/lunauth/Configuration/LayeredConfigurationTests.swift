import Auth
import Server
import Testing

@testable import lunauth

@Suite struct LayeredConfigurationTests {
    private func record(_ name: String, _ website: String) -> SetupRecord {
        SetupRecord(
            databaseName: name, websiteURL: Origin(website),
            migrationType: .automatic, retentionPeriod: .standardRetention)
    }

    @Test func `the environment wins over the file and the file over the default`() throws {
        let text = #"{"eventLoops":2,"cache":{"megabytes":5}}"#
        let read = try layered(file: text, environment: ["LUNAUTH_EVENTLOOPS": "3"])
        let values = try read.checked()
        #expect(values.eventLoops == 3)
        #expect(values.cache.megabytes == 5)
        #expect(values.password.iterations == 600_000)
    }

    @Test func `keys that are no more change nothing, and are named with what has their place`()
        throws
    {
        let read = try layered(
            file: #"{"cache":{"sessions":5,"megabytes":7}}"#,
            environment: ["LUNAUTH_CACHE_ACCOUNTS": "many"])
        #expect(try read.checked().cache.megabytes == 7)
        #expect(
            read.warnings == [
                "cache.sessions (/etc/lunauth/config.json) does nothing any more: remove it; "
                    + "cache.megabytes has its place",
                "LUNAUTH_CACHE_ACCOUNTS (the environment) does nothing any more: remove it; "
                    + "LUNAUTH_CACHE_MEGABYTES has its place",
            ])
    }

    @Test func `the report names every value and where it comes from`() throws {
        var read = try layered(
            file: #"{"http":{"idleSeconds":60}}"#, environment: ["LUNAUTH_LOG_LEVEL": "debug"])
        read.apply(record("lunauth", "https://example.org"))
        let lines = read.report().split(separator: "\n").map(String.init)
        #expect(lines.count == ConfigurationKey.all.count)
        #expect(lines.contains("http.idleSeconds = 60 (/etc/lunauth/config.json)"))
        #expect(lines.contains("log.level = debug (environment LUNAUTH_LOG_LEVEL)"))
        #expect(lines.contains("websiteUrl = https://example.org (setup.json)"))
        #expect(lines.contains("database = sqlite:lunauth (setup.json)"))
        #expect(lines.contains("dataDirectory = /etc/lunauth/data (default)"))
        #expect(lines.contains("listen = 127.0.0.1:8080 (default)"))
        #expect(lines.contains("trustedProxies = 127.0.0.1/32,::1/128 (default)"))
    }

    @Test func `the stored setup takes precedence over the file, and a warning names both`() throws
    {
        var read = try layered(
            file: #"{"database":"sqlite:mine","websiteUrl":"http://127.0.0.1:8080"}"#)
        read.apply(record("stored", "https://example.org"))
        let values = try read.checked()
        #expect(values.database.fileName == "stored")
        #expect(values.websiteURL == Origin("https://example.org"))
        // The file's websiteUrl is the default: no setup decided it.
        #expect(
            read.warnings == [
                "database is sqlite:stored from setup.json, not sqlite:mine from "
                    + "/etc/lunauth/config.json"
            ])
    }

    @Test func `values that setup did not store are those of the configuration`() throws {
        var read = try layered(
            file: #"{"database":"sqlite:mine","websiteUrl":"https://mine.example"}"#)
        read.apply(SetupRecord(migrationType: .manual))
        #expect(try read.checked().websiteURL == Origin("https://mine.example"))
        #expect(try read.checked().database.fileName == "mine" && read.warnings == [])
        read.apply(SetupRecord(websiteURL: Origin("https://chosen.example")))
        #expect(try read.checked().websiteURL == Origin("https://chosen.example"))
        #expect(read.configuredWebsite == Origin("https://mine.example"), "for when it is unset")
        read.apply(SetupRecord())
        #expect(try read.checked().websiteURL == Origin("https://mine.example"))
        #expect(read.warnings == [])
    }

    @Test func `the environment takes precedence over the stored setup, and a warning names both`()
        throws
    {
        var read = try layered(
            environment: [
                "LUNAUTH_WEBSITEURL": "https://other.example", "LUNAUTH_DATABASE": "sqlite:stored",
            ])
        read.apply(record("stored", "https://example.org"))
        #expect(try read.checked().websiteURL == Origin("https://other.example"))
        #expect(try read.checked().database.fileName == "stored")
        #expect(
            read.warnings == [
                "websiteUrl is https://other.example from LUNAUTH_WEBSITEURL, "
                    + "not https://example.org from setup.json"
            ])
    }

    @Test(arguments: [
        ("password.iterations", "599999", 1), ("password.iterations", "600000", 0),
        ("password.minimumLength", "7", 1), ("password.minimumLength", "8", 0),
    ])
    func `weak password rules are warned about`(path: String, value: String, count: Int) throws {
        let warnings = try layered(file: file(path, value)).warnings
        #expect(warnings.count == count)
        #expect(warnings.allSatisfy { $0.hasPrefix("\(path) is \(value)") })
    }

    @Test(arguments: [
        ("session.sameSite", "None"), ("session.cookieName", "__Host-sid"),
        ("session.cookieName", "__Secure-sid"), ("session.cookieName", "__SECURE-sid"),
        ("session.cookieName", "__Http-sid"),
    ])
    func `a cookie that browsers take over https alone needs an https websiteUrl`(
        path: String, value: String
    ) throws {
        var read = try layered(file: file(path, "\"\(value)\""))
        let problem = ConfigurationError.Problem.needsHTTPS(
            key: path, source: .file("/etc/lunauth/config.json"), found: value,
            website: "http://127.0.0.1:8080")
        #expect(throws: ConfigurationError(problems: [problem])) { try read.checked() }
        read.apply(record("lunauth", "https://example.org"))
        #expect(throws: Never.self) { try read.checked() }
        read.apply(record("lunauth", "http://example.org"))
        #expect(throws: ConfigurationError.self) { try read.checked() }
    }

    @Test(arguments: [
        ("example.org", "https://auth.example.org", true), ("auth.b.c", "http://auth.b.c", true),
        ("example.org", "https://example.org:8443", true), ("", "http://127.0.0.1:8080", true),
        ("example.org", "https://example.com", false),
        ("auth.example.org", "https://example.org", false),
        ("example.org", "https://badexample.org", false),
        ("example.org", "http://127.0.0.1:8080", false),
    ])
    func `a cookie is shared with hosts of the site's own domain alone`(
        domain: String, website: String, isTaken: Bool
    ) throws {
        let text = #"{"session":{"cookieDomain":"\#(domain)"},"websiteUrl":"\#(website)"}"#
        guard !isTaken else {
            #expect(try layered(file: text).checked().session.cookieDomain == domain)
            return
        }
        let found = problems(file: text)
        guard case .wrongValue("session.cookieDomain", _, _, let expected)? = found.first else {
            Issue.record("\(found)")
            return
        }
        #expect(found.count == 1 && expected.contains("(\(website))"))
    }

    @Test(arguments: [
        "co.uk", "duckdns.org", "github.io", "gov.uk", "xn--55qx5d.cn", "foo.kawasaki.jp",
        "blogspot.com",
    ])
    func `a cookie is shared with no public suffix`(domain: String) throws {
        let website = #""websiteUrl":"https://auth.\#(domain)""#
        let found = problems(file: #"{\#(website),"session":{"cookieDomain":"\#(domain)"}}"#)
        guard case .wrongValue("session.cookieDomain", _, let value, let expected)? = found.first
        else {
            Issue.record("\(found)")
            return
        }
        #expect(found.count == 1 && value.contains(domain) && expected.contains("publicsuffix"))
    }

    @Test func `a cookie is shared with no domain above a public suffix`() {
        let website = #""websiteUrl":"https://mine.s3.amazonaws.com""#
        let found = problems(file: #"{\#(website),"session":{"cookieDomain":"amazonaws.com"}}"#)
        guard case .wrongValue("session.cookieDomain", _, _, let expected)? = found.first else {
            Issue.record("\(found)")
            return
        }
        #expect(found.count == 1 && expected.contains("publicsuffix"))
    }

    @Test(arguments: [
        "example.co.uk", "mine.duckdns.org", "city.kawasaki.jp", "lan.home.arpa", "my.internal",
        "xn--bcher-kva.example",
    ])
    func `a cookie is shared below a name that was registered`(domain: String) throws {
        let website = #""websiteUrl":"https://auth.\#(domain)""#
        let text = #"{\#(website),"session":{"cookieDomain":"\#(domain)"}}"#
        #expect(try layered(file: text).checked().session.cookieDomain == domain)
    }

    @Test(arguments: ["__Host-sid", "__host-sid", "__Host-Http-sid"])
    func `a cookie that is bound to one host is shared with none`(name: String) throws {
        let website = #""websiteUrl":"https://example.org""#
        let session = #""cookieName":"\#(name)","cookieDomain":"example.org""#
        let found = problems(file: #"{\#(website),"session":{\#(session)}}"#)
        guard case .wrongValue("session.cookieDomain", _, _, let expected)? = found.first else {
            Issue.record("\(found)")
            return
        }
        #expect(found.count == 1 && expected.contains(name))
    }

    @Test(arguments: [
        ("example.org", "https://auth.example.org"), ("auth.b.c", "https://auth.b.c:8443"),
        ("b.example.co.uk", "https://a.b.example.co.uk"), ("localhost", "http://localhost:8080"),
        ("auth", "https://auth"), ("mine.duckdns.org", "https://mine.duckdns.org"),
    ])
    func `passkeys are bound to the host of the site or a domain above it`(
        host: String, website: String
    ) throws {
        let text = #"{"passkeys":{"rpId":"\#(host)"},"websiteUrl":"\#(website)"}"#
        #expect(try layered(file: text).checked().passkeys.rpID == host)
    }

    @Test(arguments: [
        ("example.org", "https://example.com"), ("auth.example.org", "https://example.org"),
        ("example.org", "https://badexample.org"), ("example.org", "http://127.0.0.1:8080"),
        ("co.uk", "https://example.co.uk"), ("duckdns.org", "https://mine.duckdns.org"),
        ("org", "https://example.org"), ("github.io", "https://mine.github.io"),
        // Above a suffix, and above a host that is one.
        ("amazonaws.com", "https://mine.s3.amazonaws.com"),
        ("amazonaws.com", "https://s3.amazonaws.com"),
    ])
    func `passkeys are bound to no other host and to no public suffix`(
        host: String, website: String
    ) {
        let found = problems(
            file: #"{"passkeys":{"rpId":"\#(host)"},"websiteUrl":"\#(website)"}"#)
        guard case .wrongValue("passkeys.rpId", .file, let value, let expected)? = found.first
        else {
            Issue.record("\(found)")
            return
        }
        #expect(found.count == 1 && value == "\"\(host)\"")
        #expect(expected.contains("(\(website))") || expected.contains("publicsuffix"))
    }

    @Test func `relative paths are relative to the file`() throws {
        let text = """
            {"dataDirectory":"d","listen":["unix:run/l.sock","unix:/run/l.sock"],
            "admin":{"listen":"unix:a.sock"}}
            """
        let values = try layered(file: text).checked()
        #expect(values.dataDirectory == "/etc/lunauth/d")
        #expect(
            values.listen == [
                .unix(path: "/etc/lunauth/run/l.sock"), .unix(path: "/run/l.sock"),
            ])
        #expect(values.admin.listen == .unix(path: "/etc/lunauth/a.sock"))
        let beside = try layered(file: "{}", environment: ["LUNAUTH_DATADIRECTORY": "e"])
        #expect(try beside.checked().dataDirectory == "/etc/lunauth/e")
    }

    @Test func `relative paths are relative to the working directory without a file`() throws {
        let values = try layered(environment: ["LUNAUTH_LISTEN": "unix:l.sock"]).checked()
        #expect(values.dataDirectory == "/srv/data")
        #expect(values.listen == [.unix(path: "/srv/l.sock")])
    }

    @Test func `a socket path that is too long once it is absolute is refused`() {
        let path = "unix:" + String(repeating: "a", count: 100)
        let files = [
            "listen": #"{"listen":["\#(path)"]}"#,
            "admin.listen": #"{"admin":{"listen":"\#(path)"}}"#,
        ]
        for (key, file) in files {
            let found = problems(file: file)
            guard found.count == 1, case .wrongValue(key, .file, let shown, _)? = found.first
            else {
                Issue.record("\(found)")
                continue
            }
            #expect(shown.contains("unix:/etc/lunauth/aaa"))
        }
    }

    @Test func `all errors are reported at once`() {
        let found = problems(
            file: #"{"log":{"level":1},"lgo":{},"eventLoops":65,"http":3,"token":{"a":1}}"#,
            environment: ["LUNAUTH_CACHE_MEGABYTES": "x", "LUNAUTH_A": "b"])
        #expect(found.count == 7)
    }
}
