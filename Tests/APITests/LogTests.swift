import API
import Auth
import HTTP
import Testing
import TestSupport

/// What stands in the log; that no secret does, every scenario checks.
struct LogTests {
    private let harness: Harness

    init() throws { harness = try Harness() }

    @Test func `an answer leaves one line with what it was and for whom`() throws {
        let answer = try harness.send(
            post(
                "/auth/login", #"{"email":"customer@example.org","password":"\#(Person.password)"}"#
            ))
        let account = try #require(harness.world.account("customer@example.org"))
        let id = try #require(answer["X-Request-Id"])
        #expect(
            harness.log.lines == [
                "info request account=\(account.id) bytes=\(answer.body.utf8.count) "
                    + "client=203.0.113.9 id=\(id) method=POST path=/auth/login status=200 us=0"
            ])
    }

    @Test func `an error leaves its code and the reason`() throws {
        _ = try harness.send(get("/auth/me?token=x"))
        #expect(harness.log.lines.count == 1)
        #expect(
            harness.log.lines[0].hasSuffix(
                "method=GET path=/auth/me reason=no_credential status=401 us=0"))
        #expect(harness.log.lines[0].contains(" code=unauthenticated "))
    }

    @Test func `a head has no bytes`() throws {
        _ = try harness.send("HEAD /health HTTP/1.1\nHost: a\n\n")
        #expect(harness.log.lines[0].contains(" bytes=0 "))
    }

    @Test func `a fault leaves what happened under the same id`() throws {
        harness.world.store.condition = .broken
        let answer = try harness.send(post("/auth/login", #"{"email":"a@b.cc","password":"x"}"#))
        let id = try #require(answer["X-Request-Id"])
        #expect(harness.log.lines.count == 2)
        #expect(harness.log.lines[0] == "error fault detail=disk I/O error id=\(id)")
        #expect(harness.log.lines[1].contains(" id=\(id) "))
        #expect(harness.log.lines[1].contains("code=unavailable"))
    }

    @Test func `the time is that since the request arrived`() throws {
        harness.world.clock.advance(nanoseconds: 12_345_678)
        var request = try Request(wire: get("/health"))
        request.arrival = 2_300_000
        _ = harness.responder.respond(to: request, on: .loop)
        #expect(harness.log.lines[0].hasSuffix(" us=10045"))
        request.arrival = .max
        _ = harness.responder.respond(to: request, on: .loop)
        #expect(harness.log.lines[1].hasSuffix(" us=0"))
    }

    @Test func `being sent to another lane leaves no line`() throws {
        let request = try Request(wire: post("/auth/login", "{}"))
        _ = harness.responder.respond(to: request, on: .loop)
        #expect(harness.log.lines == [])
    }

    @Test func `a trusted peer that names no client is warned about once`() throws {
        for _ in 0..<3 { _ = try harness.send(get("/health"), from: .loopback) }
        _ = try harness.send(get("/health"), from: .local(user: nil))
        let warnings = harness.log.lines.filter { $0.hasPrefix("warning") }
        #expect(warnings.count == 1)
        #expect(warnings[0].contains("127.0.0.1") && warnings[0].contains("X-Forwarded-For"))
    }

    @Test func `who watches over the server is no proxy, and is believed nothing`() throws {
        let answer = try harness.send(
            get("/livez", "X-Forwarded-For: 192.0.2.1", "X-Request-Id: chosen"), from: .loopback,
            through: .admin)
        #expect(answer["X-Request-Id"] != "chosen")
        #expect(harness.log.lines.count == 1)
        #expect(harness.log.lines[0].contains(" client=127.0.0.1 "))
    }

    @Test func `a peer that is no proxy or names its client is not warned about`() throws {
        _ = try harness.send(get("/health"), from: .remote)
        _ = try harness.send(get("/health", "X-Forwarded-For: 192.0.2.1"), from: .loopback)
        #expect(!harness.log.lines.contains { $0.hasPrefix("warning") })
    }
}
