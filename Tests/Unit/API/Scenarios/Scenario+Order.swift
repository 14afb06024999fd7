import HTTP
import TestSupport

@testable import Auth

extension Scenario {
    private static let foreign = "Sec-Fetch-Site: cross-site"
    private static let exhausted: @Sendable (World) throws -> Void = { world in
        for _ in 0..<30 { _ = try? world.throttle.admit(.login, from: .ipv4(0xCB00_7109)) }
        for _ in 0..<20 { _ = try? world.throttle.admit(.signup, from: .ipv4(0xCB00_7109)) }
        for _ in 0..<10 { _ = try? world.throttle.admit(.setup, from: .ipv4(0xCB00_7109)) }
        for _ in 0..<10 { _ = try? world.throttle.admit(.mail, from: .ipv4(0xCB00_7109)) }
        for _ in 0..<30 { _ = try? world.throttle.admit(.passwordCheck, from: .ipv4(0xCB00_7109)) }
    }
    private static let closed: @Sendable (World) throws -> Void = { world in
        world.store.change { $0.settings.register = false }
    }

    /// Each is at fault in several ways; the first in order is answered.
    static let order: [Scenario] = [
        Scenario(
            "the path before everything",
            """
            DELETE /auth/nothing HTTP/1.1
            Host: localhost:8080
            Content-Type: text/plain
            \(foreign)

            x
            """, .notFound),
        Scenario(
            "the method before the media type",
            """
            DELETE /auth/login HTTP/1.1
            Host: localhost:8080
            Content-Type: text/plain
            \(foreign)

            x
            """, .methodNotAllowed),
        Scenario(
            "the media type before the size",
            """
            POST /auth/login HTTP/1.1
            Host: localhost:8080
            Content-Type: text/plain
            \(foreign)

            \(String(repeating: "x", count: 70_000))
            """, .unsupportedMediaType),
        Scenario(
            "the size before the origin",
            post(
                "/auth/login", String(repeating: "x", count: 70_000), foreign), .contentTooLarge),
        Scenario(
            "the origin before the limit", post("/auth/login", "x", foreign), .forbidden,
            [
                "cross_origin"
            ]
        ) { $0.prepare = exhausted },
        Scenario(
            "the limit of login before its input", post("/auth/login", "x"), .tooManyRequests,
            [
                "Retry-After: 3\n", #""code":"too_many_requests""#,
            ]
        ) { $0.prepare = exhausted },
        Scenario(
            "the limit of signup before its state", post("/auth/signup", "x"), .tooManyRequests,
            [
                "Retry-After: 6\n"
            ]
        ) { scenario in
            scenario.prepare = { world in
                try exhausted(world)
                try closed(world)
            }
        },
        Scenario(
            "the limit of register is that of signup", post("/auth/register?invite=x", "x"),
            .tooManyRequests, ["Retry-After: 6\n"]
        ) { $0.prepare = exhausted },
        Scenario(
            "the limit of setup before its state", post("/auth/setup", "x"), .tooManyRequests,
            [
                "Retry-After: 10\n"
            ]
        ) { $0.prepare = exhausted },
        Scenario(
            "the limit of mails before the input", post("/auth/password/forgot", "x"),
            .tooManyRequests, ["Retry-After: 12\n"]
        ) { $0.prepare = exhausted },
        Scenario(
            "the limit of mails before the caller", post("/auth/email/change", "x"),
            .tooManyRequests, ["Retry-After: 12\n"]
        ) { $0.prepare = exhausted },
        Scenario(
            "the limit of password checks before the caller", post("/auth/password/change", "x"),
            .tooManyRequests, ["Retry-After: 3\n"]
        ) { $0.prepare = exhausted },
        Scenario(
            "the caller before the body of a new password", post("/auth/password/change", "x"),
            .unauthorized),
        Scenario(
            "closed before the body of signup", post("/auth/signup", "x"), .forbidden,
            [
                "registration_closed"
            ]
        ) { $0.prepare = closed },
        Scenario(
            "closed before the body of register", post("/auth/register", "x"), .forbidden,
            [
                "registration_closed"
            ]
        ) { $0.prepare = closed },
        Scenario(
            "a bad invitation before the body", post("/auth/register?invite=x", "x"),
            .badRequest, ["invalid_invite"]),
        Scenario(
            "set up before the code and the body", post("/auth/setup", "x"), .conflict,
            [
                "already_set_up"
            ]),
        Scenario(
            "the code before the body", post("/auth/setup", "x"), .forbidden,
            [
                "setup_code_required"
            ]
        ) { $0.site.people = [] },
        Scenario("the caller before the body", post("/auth/config/update", "x"), .unauthorized),
        Scenario(
            "the role before the body",
            post(
                "/auth/config/update", "x", "Authorization: Bearer {customer.token}"), .forbidden,
            [
                #""code":"forbidden""#
            ]),
        Scenario(
            "the input before the account",
            post(
                "/auth/signup", #"{"email":"customer@example.org","password":"short"}"#),
            .badRequest,
            [
                "invalid_request"
            ], not: ["already registered"]),
        Scenario("without limits nothing is counted", post("/auth/login", "{}"), .badRequest) {
            $0.site.isThrottled = false
            $0.prepare = exhausted
        },
    ]
}
