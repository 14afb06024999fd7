import Auth
import HTTP
import Mail
import TestSupport
import Testing
import Web

@testable import lunauth

/// What the doctor finds wrong with a proxy.
@Suite struct ProxyExaminationTests {
    private let proxy = FakeProxy()

    /// What is found, by the names of checks.
    private func found(
        _ edit: (inout ProxyFacts.Expectations) -> Void = { _ in }
    ) throws -> [String: [Severity]] {
        var expectations = ProxyFacts.Expectations()
        expectations.website = Origin("https://www.example.com")
        expectations.applications = [try #require(Origin("https://app.example.com"))]
        edit(&expectations)
        let probe = ProxyProbe(
            site: try #require(Origin("https://auth.example.com")), key: proxy.key, sender: proxy,
            now: { TestClock.start })
        let facts = try ProxyExamination(
            probe, expecting: expectations, pause: { [proxy] in proxy.pause($0) }
        ).facts()
        var found: [String: [Severity]] = [:]
        for rule in ProxyRule.all {
            let findings = rule.examine(facts)
            #expect(!findings.isEmpty)
            let severities = findings.map(\.severity).filter { $0 == .warning || $0 == .error }
            if !severities.isEmpty { found[rule.subject] = severities }
        }
        return found
    }

    @Test func `nothing is found of a proxy that is configured right`() throws {
        #expect(try found() == [:])
        #expect(proxy.waited < .seconds(150), "less than the server keeps idle connections")
    }

    @Test func `a client that is not named`() throws {
        proxy.report.namesClient = false
        #expect(try found() == ["client-address": [.error]])
    }

    @Test func `a proxy that is not trusted`() throws {
        proxy.report.isTrusted = false
        proxy.report.peer = "198.51.100.1"
        #expect(try found() == ["client-address": [.error]])
    }

    @Test func `another client than this machine`() throws {
        proxy.report.client = "198.51.100.1"
        #expect(try found() == ["client-address": [.warning]])
    }

    @Test func `fields that are read are an error where they pass, others a warning`() throws {
        proxy.passes = [.xForwardedFor]
        #expect(try found() == ["spoofed-fields": [.error]])
        proxy.passes = [.forwarded, .xRequestID]
        #expect(try found() == ["spoofed-fields": [.warning]])
        #expect(try found { $0.fields = .forwarded } == ["spoofed-fields": [.error]])
    }

    @Test func `identity fields are an error where applications read them`() throws {
        proxy.passes = [.remoteUser]
        #expect(try found() == ["identity-fields": [.error]])
        #expect(try found { $0.applications = [] } == ["identity-fields": [.warning]])
    }

    @Test(arguments: [true, false])
    func `https that the server does not know of`(namesScheme: Bool) throws {
        proxy.report.isSecure = false
        proxy.report.namesScheme = namesScheme
        #expect(try found() == ["scheme": [.error]])
    }

    @Test(arguments: ["localhost", "auth.example.com:8080", "", nil] as [String?])
    func `another Host`(host: String?) throws {
        proxy.report.host = host
        #expect(try found() == ["host": [.error]])
    }

    @Test(arguments: ["auth.example.com:443", "AUTH.example.com"])
    func `the same Host in another form`(host: String) throws {
        proxy.report.host = host
        #expect(try found() == [:])
    }

    @Test(arguments: [
        "a=b; Path=/; SameSite=Lax", "a=b; Path=/; Secure", "a=b; Path=/; SameSite=None; Secure",
        "a=b; Path=/x; SameSite=Lax; Secure", "c=d", "",
    ])
    func `a cookie that was changed`(cookie: String) throws {
        proxy.cookie = cookie
        #expect(try found() == ["cookie": [.error]])
    }

    @Test func `a cookie in another order`() throws {
        proxy.cookie = "a=b; secure; Path=/; samesite=lax"
        #expect(try found() == [:])
    }

    @Test func `no keep-alive, by what the proxy says or does`() throws {
        proxy.report.keepsConnection = false
        #expect(try found() == ["keep-alive": [.warning]])
        proxy.report.keepsConnection = true
        proxy.keepsConnections = false
        #expect(try found() == ["keep-alive": [.warning]])
    }

    @Test func `a POST that is repeated`() throws {
        proxy.repeats = true
        #expect(try found() == ["keep-alive": [.error]])
    }

    @Test func `limits below those of the server`() throws {
        proxy.maximumBody = 1_024
        #expect(try found() == ["body-limit": [.error]])
        proxy.maximumBody = 65_536
        #expect(try found() == [:])
        proxy.maximumField = 4_096
        #expect(try found() == ["body-limit": [.warning]])
    }

    @Test func `a timeout below the wait of the server`() throws {
        proxy.timeout = 5
        #expect(try found() == ["timeouts": [.error]])
        #expect(try found { $0.queueSeconds = 4 } == [:])
    }

    @Test func `connections that are idle for longer than at the server`() throws {
        proxy.idle = 600_000
        #expect(try found() == ["timeouts": [.error]])
        proxy.idle = 60_000
        #expect(try found { $0.idleSeconds = 60 } == ["timeouts": [.error]])
    }

    @Test(arguments: [200, 204, 404])
    func `an application that is reached without sign-in`(status: Int) throws {
        proxy.application = (status, 500, nil)
        #expect(try found() == ["forward-auth": [.error]])
    }

    @Test func `a redirect to sign-in is a refusal, another one is not`() throws {
        proxy.application = (302, 503, "https://www.example.com/auth/login?return_to=x")
        #expect(try found() == [:])
        proxy.application = (302, 503, "https://app.example.com/home")
        #expect(try found() == ["forward-auth": [.error]])
        proxy.application = (302, 503, "https://www.example.com.evil.example/auth/login")
        #expect(try found() == ["forward-auth": [.error]])
    }

    @Test func `a proxy that fails open`() throws {
        proxy.application = (401, 200, nil)
        #expect(try found() == ["forward-auth": [.error]])
    }

    @Test(arguments: [
        WebReceipt(status: nil, detail: "curl 60: certificate"), WebReceipt(status: 404),
        WebReceipt(status: 502), WebReceipt(status: 200, body: "<html>"),
    ])
    func `what does not lead to the server is the only finding`(receipt: WebReceipt) throws {
        proxy.answersAlways = receipt
        #expect(try found() == ["host": [.error]])
        #expect(proxy.orders.count == 1)
    }

    @Test func `passes are in fields alone, each of its own`() throws {
        _ = try found()
        let passes = proxy.orders.compactMap { $0.fields["X-Lunauth-Probe"] }
        #expect(passes.count > 10 && Set(passes).count == passes.count)
        #expect(proxy.orders.allSatisfy { !$0.url.contains("lunauth-probe") })
    }
}
