import API
import HTTP
import JSON
import TestSupport
import Testing

struct RefreshAnswerTests {
    private func sliding() throws -> Harness {
        var site = Site()
        site.slidesSessions = true
        return try Harness(site)
    }

    private func token(_ answer: ReceivedAnswer) throws -> String {
        guard case .object(let members) = try JSONValue.decode(Array(answer.body.utf8)),
            case .string(let token) = members["token"]
        else { throw NoToken(body: answer.body) }
        return token
    }

    private struct NoToken: Error { let body: String }

    private func me(_ field: String, _ harness: Harness) throws -> Status {
        try harness.send(get("/auth/me", field)).status
    }

    @Test func `two tabs at once never log each other out`() throws {
        let harness = try Harness()
        let former = try harness.world.signIn(Person.customer.email)
        harness.world.clock.advance(seconds: 60)
        let tokens = try (0..<2).map { _ in
            try token(
                harness.send(post("/auth/refresh", "", "Authorization: Bearer \(former.token)")))
        }
        for token in tokens + [former.token] {
            #expect(try me("Authorization: Bearer \(token)", harness) == .ok)
        }
        #expect(try me("Cookie: session_token=\(former.cookie)", harness) == .ok)
    }

    @Test func `the token of a refresh gives the next`() throws {
        let harness = try Harness()
        var token = try harness.world.signIn(Person.customer.email).token
        // Each is good for a week, all of them for as long as the session: thirty days.
        for _ in 0..<5 {
            harness.world.clock.advance(seconds: 500_000)
            let answer = try harness.send(
                post("/auth/refresh", "", "Authorization: Bearer \(token)"))
            token = try self.token(answer)
        }
        harness.world.clock.advance(seconds: 92_000)
        let late = try harness.send(
            post("/auth/refresh", "", "Authorization: Bearer \(token)"))
        #expect(late.status == .unauthorized)
    }

    @Test func `a session that slides outlives its first end, never its hard end`() throws {
        let harness = try sliding()
        let former = try harness.world.signIn(Person.customer.email)
        let field = "Cookie: session_token=\(former.cookie)"
        for left in [2_592_000, 2_592_000, 7_776_000 - 6_000_000] {
            harness.world.clock.advance(seconds: 2_000_000)
            let answer = try harness.send(post("/auth/refresh", "", field))
            #expect(
                answer["Set-Cookie"]
                    == "session_token=\(former.cookie); Path=/; Max-Age=\(left); HttpOnly; "
                    + "SameSite=Lax")
            #expect(try me(field, harness) == .ok)
        }
        harness.world.clock.advance(seconds: 1_776_000)
        #expect(try me(field, harness) == .unauthorized)
        #expect(!harness.log.lines.contains { $0.contains(former.cookie) })
    }

    @Test func `over https the cookie is set again for https alone`() throws {
        let harness = try sliding()
        let former = try harness.world.signIn(Person.customer.email)
        let answer = try harness.send(
            post(
                "/auth/refresh", "", "Cookie: session_token=\(former.cookie)",
                "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https"), from: .loopback)
        #expect(answer["Set-Cookie"]?.hasSuffix("; SameSite=Lax; Secure") == true)
    }
}
