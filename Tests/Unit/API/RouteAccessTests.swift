import Auth
import HTTP
import TestSupport
import Testing

@testable import API
@testable import Web

/// What each endpoint asks of whoever calls it, tried with API keys.
struct RouteAccessTests {
    private enum Need {
        /// No caller.
        case nothing
        /// A caller: what its key must allow.
        case caller(Access)
        /// No caller, but a key is refused.
        case noKey
    }

    /// What `GET /openapi.json` says that it needs.
    private static func need(_ route: String) throws -> Need {
        let operation = try #require(
            Operation.all.first { "\($0.method.rawValue) \($0.path)" == route })
        switch operation.caller {
        case .somebody(let access), .active(let access), .administrator(let access):
            return .caller(access)
        case .verified: return .caller(.person)
        case .anybody, .anybodyOrSomebody:
            return operation.errors.contains(.apiKeyNotAllowed) ? .noKey : .nothing
        }
    }

    private static let routes = Site.routes.filter { $0.listener == .public }
        .map { "\($0.method.rawValue) \($0.path.text)" }

    private func request(_ route: String, with key: String) -> String {
        let parts = route.split(separator: " ").map(String.init)
        let path = parts[1].replacing("{id}", with: "11111111-1111-4111-8111-111111111111")
            .replacing("{rest}", with: "role=member/some/path")
        let field = "Authorization: Bearer {owner.\(key)}"
        switch parts[0] {
        case "GET": return get(path, field)
        default: return post(path, "{}", field).replacing("POST ", with: "\(parts[0]) ")
        }
    }

    @Test(arguments: routes)
    func `a key does what its scopes allow and nothing that is a person's`(route: String) throws {
        let need = try Self.need(route)
        let harness = try Harness()
        let codes = try ["readKey", "writeKey", "key", "adminKey"].map { key in
            let answer = try harness.send(request(route, with: key))
            return answer.status.rawValue < 400 ? nil : try answer.code
        }
        let refusals: [ErrorCode] = [.insufficientScope, .apiKeyNotAllowed, .invalidToken]
        let refused = codes.map { code in code.flatMap { refusals.contains($0) ? $0 : nil } }
        switch need {
        case .nothing: #expect(refused == [nil, nil, nil, nil])
        case .caller(.read):
            #expect(refused == [nil, .insufficientScope, nil, .insufficientScope])
        case .caller(.write):
            #expect(refused == [.insufficientScope, nil, nil, .insufficientScope])
        case .caller(.administration):
            #expect(
                refused == [.insufficientScope, .insufficientScope, .insufficientScope, nil])
        case .caller(.person), .noKey:
            #expect(refused == Array(repeating: .apiKeyNotAllowed, count: 4))
        }
    }

    @Test(arguments: routes)
    func `what has a caller is counted and limited, and nothing else`(route: String) throws {
        let need = try Self.need(route)
        let harness = try Harness()
        for _ in 0..<60 {
            _ = try harness.send(get("/auth/me", "Authorization: Bearer {owner.key}"))
        }
        let answer = try harness.send(request(route, with: "key"))
        if case .caller = need {
            #expect(answer.status == .tooManyRequests)
            #expect(answer["X-RateLimit-Remaining"] == "0")
        } else {
            #expect(answer.status != .tooManyRequests)
            #expect(answer["X-RateLimit-Remaining"] == nil)
        }
    }

    @Test(arguments: Site.routes.filter { $0.lane == .hashing }.map(\.path.text))
    func `whatever hashes is counted for its network`(path: String) {
        #expect(Site.routes.filter { $0.path.text == path }.contains { $0.action != nil })
    }

    @Test func `whoever shows a device or a credential goes on where the network has none left`()
        throws
    {
        let login = Scenario.login("customer")
        let harness = try Harness()
        for _ in 0..<30 { _ = try harness.send(post("/auth/login", "{}")) }
        #expect(try harness.send(login).status == .tooManyRequests)
        // The cookie last: its session ends with the login that shows it, and the token with that.
        for field in [
            "Authorization: Bearer {customer.token}", "Cookie: {customer.device}",
            "Cookie: session_token={customer.cookie}",
        ] {
            let answer = try harness.send(Scenario.login("customer", Person.password, field))
            #expect(answer.status == .ok, "\(field)")
        }
        let foreign = Scenario.login(
            "customer", Person.password, "Cookie: session_token={owner.cookie}")
        #expect(try harness.send(foreign).status == .tooManyRequests)
        #expect(try harness.send(login).status == .tooManyRequests)
    }
}
