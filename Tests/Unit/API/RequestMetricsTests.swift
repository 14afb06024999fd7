import API
import HTTP
import TestSupport
import Testing
import Web

/// What is counted of requests and their answers.
struct TrafficTests {
    private let harness: Harness

    init() throws { harness = try Harness() }

    /// The samples of the admin entrance that begin with a text, without that.
    private func samples(_ start: String) throws -> [String] {
        try harness.send(get("/metrics"), through: .admin).body.split(separator: "\n")
            .filter { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
    }

    private func requests() throws -> [String] {
        try samples("lunauth_http_requests_total").filter { !$0.contains("/metrics") }
    }

    @Test func `before the first request every count is zero`() throws {
        #expect(try requests() == [])
        #expect(try samples("lunauth_errors_total").count == ErrorCode.allCases.count)
        #expect(try samples("lunauth_errors_total").allSatisfy { $0.hasSuffix(" 0") })
    }

    @Test func `answers are counted by method, route and status`() throws {
        for _ in 0..<3 { _ = try harness.send(get("/health")) }
        _ = try harness.send("HEAD /health HTTP/1.1\nHost: a\n\n")
        _ = try harness.send(get("/auth/me"))
        _ = try harness.send(get("/auth/me", "Cookie: session_token={customer.cookie}"))
        _ = try harness.send(post("/auth/login", "{}"))
        _ = try harness.send(get("/livez"), through: .admin)
        #expect(
            try requests() == [
                #"{method="POST",route="/auth/login",status="400"} 1"#,
                #"{method="GET",route="/auth/me",status="200"} 1"#,
                #"{method="GET",route="/auth/me",status="401"} 1"#,
                #"{method="GET",route="/health",status="200"} 3"#,
                #"{method="HEAD",route="/health",status="200"} 1"#,
                #"{method="GET",route="/livez",status="200"} 1"#,
            ])
    }

    @Test func `a path that a client made up is no label`() throws {
        for path in ["/nothing", "/auth/nothing", "/auth/me/", "/x~y"] {
            _ = try harness.send(get(path))
        }
        _ = try harness.send(post("/health", "{}"))
        _ = try harness.send("OPTIONS /health HTTP/1.1\nHost: a\n\n")
        #expect(
            try requests() == [
                #"{method="GET",route="other",status="404"} 4"#,
                #"{method="OPTIONS",route="other",status="204"} 1"#,
                #"{method="POST",route="other",status="405"} 1"#,
            ])
    }

    @Test func `errors are counted by their code`() throws {
        for _ in 0..<2 { _ = try harness.send(get("/auth/me")) }
        _ = try harness.send(get("/nothing"))
        _ = harness.responder.refuse(.tooManyConnections, request: nil)
        _ = harness.responder.refuse(.message(.malformed(.requestLine)), request: nil)
        let counted = try samples("lunauth_errors_total").filter { !$0.hasSuffix(" 0") }
        #expect(
            Set(counted) == [
                #"{code="unauthenticated"} 2"#, #"{code="not_found"} 1"#,
                #"{code="too_many_connections"} 1"#, #"{code="malformed_request"} 1"#,
            ])
        #expect(try requests().count == 2, "what was no request is not counted as one")
    }

    @Test func `what the server refuses is counted on the route that was asked for`() throws {
        let login = try Request(wire: post("/auth/login", "{}"))
        _ = harness.responder.respond(to: login, on: .loop)
        #expect(try requests() == [], "being sent to another lane is no answer")
        _ = harness.responder.refuse(.overloaded(retryAfterSeconds: 1), request: login)
        let unsupported = try Request(wire: "POST /auth/login HTTP/1.1\nHost: a\n\n")
        #expect(harness.responder.screen(unsupported) != nil)
        #expect(
            try requests() == [
                #"{method="POST",route="/auth/login",status="415"} 1"#,
                #"{method="POST",route="/auth/login",status="503"} 1"#,
            ])
    }

    @Test func `the time is that since the request arrived`() throws {
        harness.world.clock.advance(nanoseconds: 7_000_000)
        var request = try Request(wire: get("/health"))
        for arrival: UInt64 in [7_000_000, 6_900_000, 6_899_999, 0, .max] {
            request.arrival = arrival
            _ = harness.responder.respond(to: request, on: .loop)
        }
        let name = #"lunauth_http_request_duration_seconds"#
        let labels = #"{method="GET",route="/health""#
        #expect(
            try samples("\(name)_bucket\(labels)").prefix(7) == [
                #",le="0.0001"} 3"#, #",le="0.00025"} 4"#, #",le="0.0005"} 4"#,
                #",le="0.001"} 4"#, #",le="0.0025"} 4"#, #",le="0.005"} 4"#, #",le="0.01"} 5"#,
            ])
        #expect(try samples("\(name)_count\(labels)") == ["} 5"])
        #expect(try samples("\(name)_sum\(labels)") == ["} 0.007200001"])
    }

    @Test func `answers of one route are one distribution, whatever their status`() throws {
        _ = try harness.send(get("/auth/me"))
        _ = try harness.send(get("/auth/me", "Cookie: session_token={customer.cookie}"))
        let labels = #"{method="GET",route="/auth/me"}"#
        #expect(try samples("lunauth_http_request_duration_seconds_count\(labels)") == [" 2"])
    }
}
