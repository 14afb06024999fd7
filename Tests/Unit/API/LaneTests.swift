import API
import HTTP
import TestSupport
import Testing
import Web

struct LaneTests {
    private static let id = "0addc0de-1234-4234-8234-123456789abc"
    private let harness: Harness

    init() throws { harness = try Harness() }

    private func lane(
        _ text: String, on lane: Lane = .loop, through listener: ListenerRole = .public
    ) throws -> Lane? {
        let request = try Request(wire: text, through: listener)
        return switch harness.responder.respond(to: request, on: lane) {
        case .forward(let other): other
        case .answer: nil
        }
    }

    @Test(
        arguments: [
            ("GET /health", nil), ("GET /auth/me", nil), ("GET /auth/config", nil),
            ("GET /openapi.json", nil),
            ("GET /auth/setup/exists", nil), ("HEAD /auth/me", nil),
            ("GET /auth/verify", nil), ("HEAD /auth/verify?role=user", nil),
            ("POST /auth/verify/role=user/x", nil), ("DELETE /auth/verify/role=user/x?y", nil),
            ("POST /auth/config/update", Lane.hashing), ("GET /auth/logout", .store),
            ("POST /auth/logout", .store), ("POST /auth/login", .hashing),
            ("GET /auth/api-keys", .store), ("POST /auth/api-keys", .hashing),
            ("DELETE /auth/api-keys/11111111-1111-4111-8111-111111111111", .store),
            ("POST /auth/signup", .hashing), ("POST /auth/register", .hashing),
            ("POST /auth/setup", .hashing), ("GET /auth/sessions", .store),
            ("DELETE /auth/sessions", .store), ("POST /auth/refresh", .store),
            ("DELETE /auth/sessions/00000000-0000-4000-8000-000000000000", .store),
            ("PATCH /auth/me", .store),
            ("DELETE /auth/me", .hashing), ("GET /auth/me/export", .store),
            ("POST /auth/password/change", .hashing), ("POST /auth/password/forgot", .store),
            ("GET /auth/password/reset?token=x", nil), ("POST /auth/password/reset", .hashing),
            ("GET /auth/email/verify?token=x", .store), ("POST /auth/email/verify", .hashing),
            ("POST /auth/email/verify/reject", .store), ("POST /auth/email/change/cancel", .store),
            ("POST /auth/email/verify/resend", .store), ("POST /auth/email/change", .hashing),
            ("GET /auth/users", .store),
            ("GET /auth/users/\(id)", .store), ("PATCH /auth/users/\(id)", .store),
            ("DELETE /auth/users/\(id)", .store), ("POST /auth/users/\(id)/approve", .store),
            ("POST /auth/users/\(id)/decline", .store), ("GET /auth/users/\(id)/decide", .store),
            ("GET /auth/invites", .store), ("POST /auth/invites", .store),
            ("PATCH /auth/invites/\(id)", .store), ("DELETE /auth/invites/\(id)", .store),
            // What is refused without asking anybody is refused on the loop.
            ("OPTIONS /auth/login", nil), ("DELETE /auth/login", nil), ("POST /auth/nothing", nil),
            ("HEAD /auth/logout", nil),
        ] as [(String, Lane?)])
    func `every route has its lane`(line: String, expected: Lane?) throws {
        #expect(try lane("\(line) HTTP/1.1\nHost: a\n\n") == expected)
        #expect(harness.world.store.reads == 0 && harness.world.gate.turns == 0)
    }

    @Test(arguments: [
        ("GET /livez", nil), ("GET /readyz", Lane.store), ("GET /metrics", .store),
        ("HEAD /metrics", .store), ("GET /auth/me", nil),
    ])
    func `who watches over the server has lanes`(line: String, expected: Lane?) throws {
        #expect(try lane("\(line) HTTP/1.1\nHost: a\n\n", through: .admin) == expected)
        #expect(harness.world.store.reads == 0 && harness.world.store.writes == 0)
    }

    @Test(arguments: [Lane.store, .hashing])
    func `off the loop everything is answered where it is`(here: Lane) throws {
        for line in ["GET /auth/me", "POST /auth/logout", "POST /auth/login", "GET /health"] {
            #expect(try lane("\(line) HTTP/1.1\nHost: a\n\n", on: here) == nil)
        }
    }

    @Test(arguments: ["/auth/me", "/auth/verify?role=user", "/auth/verify/role=user/x"])
    func `what is not in memory is asked for again on the store lane`(target: String) throws {
        let session = try harness.world.signIn(Person.customer.email)
        let request = try Request(wire: get(target, "Cookie: session_token=\(session.cookie)"))
        harness.world.store.condition = .cold
        guard case .forward(.store) = harness.responder.respond(to: request, on: .loop) else {
            Issue.record("not forwarded")
            return
        }
        #expect(harness.log.lines == [])
        harness.world.store.condition = .well
        guard case .answer(let response) = harness.responder.respond(to: request, on: .store) else {
            Issue.record("not answered")
            return
        }
        #expect(response.status == .ok)
    }

    @Test func `what is not in memory on the store lane is a fault`() throws {
        let session = try harness.world.signIn(Person.customer.email)
        let request = try Request(wire: get("/auth/me", "Cookie: session_token=\(session.cookie)"))
        harness.world.store.condition = .cold
        guard case .answer(let response) = harness.responder.respond(to: request, on: .store) else {
            Issue.record("forwarded in a circle")
            return
        }
        #expect(response.status == .serviceUnavailable)
        try ReceivedAnswer(response).checkCommonRules()
    }
}
