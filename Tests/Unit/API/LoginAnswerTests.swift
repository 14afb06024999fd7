import Auth
import HTTP
import TestSupport
import Testing

struct LoginAnswerTests {
    @Test func `an unknown account and a wrong password are the same bytes`() throws {
        let harness = try Harness()
        let answers = try ["customer", "nobody", "pending", "disabled"].map { person in
            try harness.send(Scenario.login(person, "wrong"))
        }
        for answer in answers {
            #expect(answer.body == answers[0].body && answer.status == answers[0].status)
            let names = answer.fields.filter { $0.name != "X-Request-Id" }.map { "\($0)" }
            #expect(names == answers[0].fields.filter { $0.name != "X-Request-Id" }.map { "\($0)" })
        }
        #expect(harness.world.gate.turns == 4)
    }

    @Test func `the cookie has 256 bits and never the same twice`() throws {
        let harness = try Harness()
        let cookies = try (0..<20).compactMap { _ in
            try harness.send(Scenario.login("customer"))["Set-Cookie"]
        }
        #expect(Set(cookies).count == 20)
        for cookie in cookies {
            let token = cookie.dropFirst("session_token=".count).prefix { $0 != ";" }
            #expect(token.utf8.count == 43)
            let me = try harness.send(get("/auth/me", "Cookie: session_token=\(token)"))
            #expect(me.status == .ok)
        }
    }

    @Test func `an internal error does not count as a failed login`() throws {
        let harness = try Harness(Site(people: [.customer]))
        let world = harness.world
        for _ in 0..<20 {
            world.gate.duringNextTurn { world.store.condition = .broken }
            let answer = try harness.send(Scenario.login("customer"))
            #expect(answer.status == .serviceUnavailable)
            world.store.condition = .well
            world.clock.advance(seconds: 3)
        }
        #expect(try harness.send(Scenario.login("customer")).status == .ok)
    }

    @Test func `two addresses of one IPv6 network share a limit and two networks do not`() throws {
        let harness = try Harness(Site(people: [.customer]))
        func login(_ low: UInt64, in high: UInt64) throws -> Status {
            try harness.send(
                post("/auth/login", "{}"), from: .address(.v6(high: high, low: low), port: 1)
            ).status
        }
        for low in 0..<30 as Range<UInt64> { #expect(try login(low, in: 7) == .badRequest) }
        #expect(try login(99, in: 7) == .tooManyRequests)
        #expect(try login(99, in: 8) == .badRequest)
    }

    @Test func `the limit counts the client and not the proxy`() throws {
        let harness = try Harness(Site(people: [.customer]))
        func login(for client: String) throws -> Status {
            try harness.send(
                post("/auth/login", "{}", "X-Forwarded-For: \(client)"), from: .loopback
            ).status
        }
        for _ in 0..<30 { #expect(try login(for: "192.0.2.1") == .badRequest) }
        #expect(try login(for: "198.51.100.7, 192.0.2.1") == .tooManyRequests)
        #expect(try login(for: "192.0.2.2") == .badRequest)
    }
}
