import Auth
import HTTP
import JSON
import TestSupport
import Testing

@testable import API
@testable import Web

/// What each endpoint requires of its caller, tried with API keys.
struct RouteAccessTests {
    private enum Need {
        /// No caller.
        case nothing
        /// A caller: what its key must allow.
        case caller(Access)
        /// No caller, but a key is refused.
        case noKey
    }

    /// What the declaration of a route says.
    private static func need(_ route: RouteTable.Entry) -> Need {
        switch route.rules.access {
        case .account(let access), .activeAccount(let access), .administrator(let access),
            .administratorOrLink(let access):
            .caller(access)
        case .session, .forwardAuth, .personOrSignIn: .caller(.person)
        // A key is refused where the body asks for another proof in a session.
        case .optionalCredentials where route.path == "/auth/passkeys/challenge": .nothing
        case .anyone, .optionalCredentials, .probe:
            route.operation?().errors.contains(.apiKeyNotAllowed) == true ? .noKey : .nothing
        }
    }

    private static let routes = Site.routes.filter {
        $0.rules.listener == .public && !$0.rendersHTML
    }

    private func request(_ route: RouteTable.Entry, with key: String) -> String {
        let path = route.path.replacing("{id}", with: "11111111-1111-4111-8111-111111111111")
            .replacing("{requestId}", with: "a-1").replacing(
                "{rest}", with: "role=member/some/path")
        let field = "Authorization: Bearer {owner.\(key)}"
        return switch route.method {
        case .get: get(path, field)
        default: post(path, "{}", field).replacing("POST ", with: "\(route.method.rawValue) ")
        }
    }

    @Test(arguments: routes)
    func `an API key may do what its scopes allow and nothing that needs a session`(
        route: RouteTable.Entry
    ) throws {
        let need = Self.need(route)
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
    func `only requests with a caller count against the limit of the tier`(route: RouteTable.Entry)
        throws
    {
        let need = Self.need(route)
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

    @Test(arguments: routes.filter { $0.rules.lane == .hashing })
    func `every route that hashes has a limit per network`(route: RouteTable.Entry) {
        #expect(route.rules.limit != nil)
    }

    @Test(arguments: Site.routes.filter { !$0.rendersHTML })
    func `a body with a password or a token is declared secret`(route: RouteTable.Entry) {
        let secrets = [
            "password", "currentPassword", "newPassword", "token", "code", "challenge",
            "credential",
        ]
        let operation = route.operation?()
        let text = operation?.body.map {
            String(decoding: $0.schema.encoded.encoded(), as: UTF8.self)
        }
        let hasSecret = secrets.contains { text?.contains("\"\($0)\":") ?? false }
        // The form of a page adds the proof that it lacked.
        let mayProve =
            route.acceptsForm && operation?.errors.contains(.reauthenticationRequired) == true
        #expect(route.rules.traits.contains(.secretBody) == (hasSecret || mayProve))
    }

    @Test func `a known device or credential may sign in when its network used its limit up`()
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
