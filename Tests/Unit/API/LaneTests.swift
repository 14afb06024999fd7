import API
import HTTP
import TestSupport
import Testing

@testable import Web

struct LaneTests {
    private static let id = "0addc0de-1234-4234-8234-123456789abc"
    private let harness: Harness

    init() throws { harness = try Harness() }

    private func lane(
        _ text: String, on lane: Lane = .loop, through listener: ListenerRole = .public
    ) throws -> Lane? {
        let request = try Request(wire: text, through: listener)
        return switch harness.responder.respond(to: request, on: lane) {
        case .forward(let other, _): other
        case .answer: nil
        }
    }

    @Test func `a request for another lane is forwarded before anything is read or hashed`() throws
    {
        for route in Site.routes where route.rules.access != .probe {
            let path = route.path.replacing("{id}", with: Self.id)
                .replacing("{requestId}", with: "a-1").replacing("{rest}", with: "role=user/x")
            let line = "\(route.method.rawValue) \(path)"
            let form = "Accept: text/html\nContent-Type: application/x-www-form-urlencoded\n"
            let accept = route.rendersHTML ? form : ""
            let found = try lane(
                "\(line) HTTP/1.1\nHost: a\n\(accept)\n", through: route.rules.listener)
            #expect(found == (route.rules.lane == .loop ? nil : route.rules.lane), "\(line)")
        }
        #expect(harness.world.store.reads == 0 && harness.world.store.writes == 0)
        #expect(harness.world.gate.turns == 0)
    }

    @Test(arguments: [
        "OPTIONS /auth/login", "DELETE /auth/login", "POST /auth/nothing", "HEAD /auth/logout",
    ])
    func `a request that no route serves is refused on the loop`(line: String) throws {
        #expect(try lane("\(line) HTTP/1.1\nHost: a\n\n") == nil)
    }

    @Test(arguments: [Lane.store, .hashing])
    func `off the loop every request is answered on its thread`(here: Lane) throws {
        for line in ["GET /auth/me", "POST /auth/logout", "POST /auth/login", "GET /health"] {
            #expect(try lane("\(line) HTTP/1.1\nHost: a\n\n", on: here) == nil)
        }
    }

    @Test(arguments: ["/auth/me", "/auth/verify?role=user", "/auth/verify/role=user/x"])
    func `a loop request whose data is not in memory runs again on the store lane`(target: String)
        throws
    {
        let session = try harness.world.signIn(Person.customer.email)
        let request = try Request(wire: get(target, "Cookie: session_token=\(session.cookie)"))
        harness.world.store.condition = .cold
        guard case .forward(.store, _) = harness.responder.respond(to: request, on: .loop) else {
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

    @Test func `data missing on the store lane is an internal error`() throws {
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
