import Auth
import HTTP
import Testing
import TestSupport

@testable import API

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

    /// Every route has its line here.
    private static let needs: [String: Need] = [
        "GET /auth/me": .caller(.read),
        "GET /health": .nothing,
        "GET /auth/config": .nothing,
        "GET /auth/setup/exists": .nothing,
        "POST /auth/config/update": .caller(.write),
        "GET /auth/logout": .noKey,
        "POST /auth/logout": .noKey,
        "GET /auth/sessions": .caller(.person),
        "DELETE /auth/sessions": .caller(.person),
        "DELETE /auth/sessions/{id}": .caller(.person),
        "POST /auth/refresh": .caller(.person),
        "PATCH /auth/me": .caller(.write),
        "DELETE /auth/me": .caller(.person),
        "GET /auth/me/export": .caller(.read),
        "POST /auth/password/change": .caller(.person),
        "POST /auth/password/forgot": .nothing,
        "GET /auth/password/reset": .nothing,
        "POST /auth/password/reset": .nothing,
        "GET /auth/email/verify": .nothing,
        "POST /auth/email/verify": .nothing,
        "POST /auth/email/verify/resend": .caller(.person),
        "POST /auth/email/change": .caller(.person),
        "GET /auth/api-keys": .caller(.person),
        "POST /auth/api-keys": .caller(.person),
        "DELETE /auth/api-keys/{id}": .caller(.person),
        "POST /auth/login": .nothing,
        "POST /auth/signup": .nothing,
        "POST /auth/register": .nothing,
        "POST /auth/setup": .nothing,
        "GET /auth/users": .caller(.read),
        "GET /auth/users/{id}": .caller(.read),
        "PATCH /auth/users/{id}": .caller(.write),
        "DELETE /auth/users/{id}": .caller(.write),
        "GET /auth/users/{id}/decide": .nothing,
        "POST /auth/users/{id}/approve": .caller(.write),
        "POST /auth/users/{id}/decline": .caller(.write),
        "GET /auth/invites": .caller(.read),
        "POST /auth/invites": .caller(.write),
        "PATCH /auth/invites/{id}": .caller(.write),
        "DELETE /auth/invites/{id}": .caller(.write),
    ]

    private static let routes = Route.table().map { "\($0.method.rawValue) \($0.path.text)" }

    private func request(_ route: String, with key: String) -> String {
        let parts = route.split(separator: " ").map(String.init)
        let path = parts[1].replacing("{id}", with: "11111111-1111-4111-8111-111111111111")
        let field = "Authorization: Bearer {owner.\(key)}"
        switch parts[0] {
        case "GET": return get(path, field)
        default: return post(path, "{}", field).replacing("POST ", with: "\(parts[0]) ")
        }
    }

    @Test func `the table is about every route`() {
        #expect(Set(Self.needs.keys) == Set(Self.routes))
    }

    @Test(arguments: routes)
    func `a key does what its scopes allow and nothing that is a person's`(route: String) throws {
        let need = try #require(Self.needs[route])
        let harness = try Harness()
        let codes = try ["readKey", "writeKey", "key"].map { key in
            let answer = try harness.send(request(route, with: key))
            return answer.status.rawValue < 400 ? nil : try answer.code
        }
        let refusals: [ErrorCode] = [.insufficientScope, .apiKeyNotAllowed, .invalidToken]
        let refused = codes.map { code in code.flatMap { refusals.contains($0) ? $0 : nil } }
        switch need {
        case .nothing: #expect(refused == [nil, nil, nil])
        case .caller(.read): #expect(refused == [nil, .insufficientScope, nil])
        case .caller(.write): #expect(refused == [.insufficientScope, nil, nil])
        case .caller(.person), .noKey:
            #expect(refused == [.apiKeyNotAllowed, .apiKeyNotAllowed, .apiKeyNotAllowed])
        }
    }

    @Test(arguments: routes)
    func `what has a caller is counted and limited, and nothing else`(route: String) throws {
        let need = try #require(Self.needs[route])
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
}
