import API
import Auth
import HTTP
import TestSupport
import Testing
import Web

/// The cookie by which an account knows a device.
struct DeviceCookieTests {
    private let harness: Harness

    init() throws {
        harness = try Harness()
    }

    private func cookie(_ person: String = "customer", _ field: String = "X: y") throws -> String {
        let answer = try harness.send(Scenario.login(person, Person.password, field))
        return try String(#require(answer.deviceCookie).prefix { $0 != ";" })
    }

    /// Uses up what strangers have at the customer's account.
    private func attack() throws {
        for bot in 0..<60 as Range<UInt64> {
            let peer = Peer.address(.v6(high: (1_000 + bot) << 16, low: 1), port: 1)
            let answer = try harness.send(Scenario.login("customer", "wrong"), from: peer)
            #expect(answer.status == .unauthorized)
        }
        #expect(try harness.send(Scenario.login("customer")).status == .tooManyRequests)
    }

    private func status(_ fields: String) throws -> Status {
        try harness.send(Scenario.login("customer", Person.password, fields)).status
    }

    @Test(
        arguments: [
            ("session_token", SessionCookie.SameSite.lax, nil, "http://localhost:8080"),
            ("session_token", .strict, "example.org", "http://auth.example.org"),
            ("__Host-sid", .lax, nil, "https://a.b"), ("sid", .none, nil, "https://a.b"),
        ] as [(String, SessionCookie.SameSite, String?, String)])
    func `it is named after the session cookie and is for this host alone`(
        name: String, sameSite: SessionCookie.SameSite, domain: String?, website: String
    ) throws {
        var site = Site()
        site.cookie = SessionCookie(name: name, sameSite: sameSite, domain: domain)
        site.website = website
        let secure = website.hasPrefix("https") ? "; Secure" : ""
        let answer = try Harness(site).send(Scenario.login("customer"))
        let cookie = try #require(answer.deviceCookie)
        #expect(cookie.hasPrefix("\(name)_device="))
        #expect(
            cookie.hasSuffix(
                "; Path=/; Max-Age=31536000; HttpOnly; SameSite=\(sameSite.rawValue)\(secure)"))
    }

    @Test(arguments: ["/auth/signup", "/auth/register", "/auth/setup"])
    func `the browser that opened an account is a known device`(path: String) throws {
        var site = Site()
        if path == "/auth/setup" { site.people = [] }
        let harness = try Harness(site)
        harness.world.store.change { $0.settings.approval = false }
        let answer = try harness.send(
            post(
                path,
                #"{"email":"new@example.org","username":"New","password":"a new password"}"#,
                "X-Setup-Code: the-setup-code"))
        #expect(answer.status == .created)
        #expect(answer.deviceCookie?.hasPrefix("session_token_device=") == true)
    }

    @Test func `a device that is known is let in while strangers are not`() throws {
        let cookie = try cookie()
        try attack()
        #expect(try status("Cookie: \(cookie)") == .ok)
        #expect(try status("Cookie: a=b; \(cookie); c=d") == .ok)
        #expect(try status("Cookie: \(cookie)\nCookie: \(cookie)") == .ok)
    }

    @Test func `it is kept by its next logins, with its failures`() throws {
        let first = try cookie()
        harness.world.clock.advance(seconds: 1)
        let second = try cookie("customer", "Cookie: \(first)")
        #expect(first != second)
        try attack()
        for known in [first, second] {
            for _ in 0..<5 {
                let answer = try harness.send(
                    Scenario.login("customer", "wrong", "Cookie: \(known)"))
                #expect(answer.status == .unauthorized)
            }
        }
        #expect(try status("Cookie: \(first)") == .tooManyRequests)
        #expect(try status("Cookie: \(second)") == .tooManyRequests)
    }

    @Test func `of two that differ none is used`() throws {
        let (one, other) = (try cookie(), try cookie())
        try attack()
        #expect(try status("Cookie: \(one); \(other)") == .tooManyRequests)
        #expect(try status("Cookie: \(one)\nCookie: \(other)") == .tooManyRequests)
        #expect(try status("Cookie: \(one); session_token_device=") == .tooManyRequests)
    }

    @Test
    func `a device cookie of another account, an altered one or one of another name is not known`()
        throws
    {
        let (own, foreign) = (try cookie(), try cookie("owner"))
        try attack()
        let altered = own.dropLast(4) + "AAAA"
        let renamed = "session_token=" + own.dropFirst("session_token_device=".count)
        for useless in [foreign, String(altered), renamed, "session_token_device="] {
            #expect(try status("Cookie: \(useless)") == .tooManyRequests, "\(useless)")
        }
    }

    @Test func `it is no credential`() throws {
        let value = try cookie().dropFirst("session_token_device=".count)
        for field in [
            "Cookie: session_token_device=\(value)", "Cookie: session_token=\(value)",
            "Authorization: Bearer \(value)",
        ] {
            #expect(try harness.send(get("/auth/me", field)).status == .unauthorized)
        }
    }

    @Test func `it goes with no refusal and stays after logging out`() throws {
        for (person, password) in [
            ("customer", "wrong"), ("pending", Person.password), ("disabled", Person.password),
        ] {
            #expect(try harness.send(Scenario.login(person, password)).deviceCookie == nil)
        }
        let cookie = try cookie()
        let logout = try harness.send(post("/auth/logout", "", "Cookie: \(cookie)"))
        #expect(logout.deviceCookie == nil)
    }

    @Test func `a known device signs in when its network used the limit up`() throws {
        let cookie = try cookie()
        while try harness.send(post("/auth/login", "{}")).status != .tooManyRequests {}
        #expect(try status("Cookie: \(cookie)") == .ok)
        let foreign = try harness.send(
            Scenario.login("owner", Person.password, "Cookie: \(cookie)"))
        #expect(foreign.status == .tooManyRequests && foreign["Retry-After"] == "3")
    }
}
