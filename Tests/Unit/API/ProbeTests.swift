import Auth
import Crypto
import HTTP
import JSON
import TestSupport
import Testing

@testable import API
@testable import Web

/// What the server sees of a request through the proxy, for the doctor.
struct ProbeTests {
    private let key = Secret.random()
    private let harness: Harness

    init() throws {
        var site = Site()
        site.probes = ProbeGate(key: key, now: { TestClock.start })
        harness = try Harness(site)
    }

    private func pass() -> ProbePass { ProbePass(at: TestClock.start) }

    private func field(
        _ pass: ProbePass, _ method: HTTP.Method = .get, _ target: String = "/auth/probe"
    ) -> String {
        "X-Lunauth-Probe: \(pass.text(for: method, target, key: key))"
    }

    private func report(_ answer: ReceivedAnswer) throws -> ProbeReport {
        #expect(answer.status == .ok, "\(answer.text)")
        return try #require(ProbeReport(JSONValue.decode(Array(answer.body.utf8))))
    }

    /// An answer without what differs between any two of them.
    private func common(_ answer: ReceivedAnswer) -> [String] {
        let text = answer["X-Request-Id"].map { answer.text.replacing($0, with: "") } ?? answer.text
        return text.replacing("/auth/probe", with: "/auth/other").split(separator: "\n")
            .map(String.init)
    }

    @Test(arguments: ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
    func `without a pass the path is an unknown one`(method: String) throws {
        for fields in [
            "", "X-Lunauth-Probe: a\n", "Accept: text/html\n", "Content-Type: text/plain\n",
            "Origin: https://evil.example\n", "Content-Type: application/json\n",
        ] {
            func answer(_ path: String) throws -> [String] {
                common(
                    try harness.send(
                        "\(method) \(path) HTTP/1.1\nHost: localhost:8080\n\(fields)\n{}"))
            }
            #expect(try answer("/auth/probe") == answer("/auth/other"), "\(method) \(fields)")
        }
    }

    @Test func `a body that is too large tells nothing of the path`() throws {
        let body = String(repeating: " ", count: 70_000)
        let answers = try ["/auth/probe", "/auth/other"].map { path in
            common(try harness.send(post(path, body)))
        }
        #expect(answers[0] == answers[1])
    }

    @Test func `a pass that was used is unknown`() throws {
        let request = get("/auth/probe", field(pass()))
        #expect(try harness.send(request).status == .ok)
        #expect(
            try common(harness.send(request)) == common(harness.send(get("/auth/other"))))
    }

    @Test func `the report has the connection, the client and Host`() throws {
        let direct = try report(harness.send(get("/auth/probe", field(pass()))))
        #expect(!direct.isTrusted && !direct.namesClient && !direct.isSecure)
        #expect(direct.client == direct.peer && direct.host == "localhost:8080")
        let proxied = try report(
            harness.send(
                get(
                    "/auth/probe", field(pass()), "X-Forwarded-For: 192.0.2.7",
                    "X-Forwarded-Proto: https", "Connection: close"), from: .loopback))
        #expect(proxied.isTrusted && proxied.namesClient && proxied.namesScheme)
        #expect(proxied.isSecure && proxied.client == "192.0.2.7" && proxied.peer == "127.0.0.1")
        #expect(proxied.port == 4_711 && !proxied.keepsConnection)
    }

    @Test func `the cookie is as the session cookie, and said beside`() throws {
        let answer = try harness.send(
            get("/auth/probe", field(pass()), "X-Forwarded-Proto: https"), from: .loopback)
        let cookie = try #require(answer["Set-Cookie"])
        #expect(cookie.hasPrefix("session_token_probe="))
        #expect(cookie.hasSuffix("; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure"))
        #expect(try report(answer).cookie == cookie)
    }

    @Test func `forged fields are named, with the doctor's values alone`() throws {
        let first = pass()
        let fields = ProbeCanary.allCases.map { "\($0.rawValue): \($0.value(for: first))" }
        let head = ["GET /auth/probe HTTP/1.1", "Host: a", field(first)] + fields
        let forged = try report(harness.send(head.joined(separator: "\n") + "\n\n"))
        #expect(forged.canaries == ProbeCanary.allCases)
        let appended = pass()
        let beside = try report(
            harness.send(
                get(
                    "/auth/probe", field(appended),
                    "x-forwarded-for: \(ProbeCanary.xForwardedFor.value(for: appended)), 192.0.2.1",
                    "Remote-User: ada", "X-Forwarded-Host: example.com")))
        #expect(beside.canaries == [.xForwardedFor])
    }

    @Test func `credentials are never echoed`() throws {
        let answer = try harness.send(
            get(
                "/auth/probe", field(pass()), "Authorization: Bearer {owner.token}",
                "Cookie: session_token={owner.cookie}; other=sample-of-a-cookie"))
        #expect(answer.status == .ok)
        let own = try #require(answer["Set-Cookie"])
        for secret in harness.secrets where !own.contains(secret) {
            #expect(!answer.text.contains(secret))
        }
        #expect(!answer.text.contains("sample-of-a-cookie"))
    }

    @Test func `the bytes of a body are counted`() throws {
        let body = "{}" + String(repeating: " ", count: 65_534)
        let answer = try harness.send(post("/auth/probe", body, field(pass(), .post)))
        #expect(try report(answer).bodyBytes == 65_536)
    }

    @Test func `a connection is dropped on request`() throws {
        let target = "/auth/probe?drop=1"
        let text = get(target, field(pass(), .get, target))
        let dropped = harness.responder.respond(to: try Request(wire: text), on: .store)
        let kept = harness.responder.respond(
            to: try Request(wire: get("/auth/probe", field(pass()))), on: .store)
        guard case .answer(let first) = dropped, case .answer(let second) = kept else {
            Issue.record("forwarded")
            return
        }
        #expect(first.isDropped && !second.isDropped)
    }

    @Test func `forward-auth fails once for a credential that asks for it`() throws {
        let credential = ProbeGate.outageCredential(at: TestClock.start, key: key)
        let request = get("/auth/verify?redirect=401", "Authorization: Bearer \(credential)")
        #expect(try harness.send(request).status == .serviceUnavailable)
        #expect(try harness.send(request).status == .unauthorized)
        let foreign = ProbeGate.outageCredential(at: TestClock.start, key: .random())
        #expect(
            try harness.send(get("/auth/verify", "Authorization: Bearer \(foreign)")).status
                == .unauthorized)
        let elsewhere = ProbeGate.outageCredential(at: TestClock.start, key: key)
        #expect(
            try harness.send(get("/auth/me", "Authorization: Bearer \(elsewhere)")).status
                == .unauthorized)
    }
}
