import Auth
import HTTP
import TestSupport

extension Scenario {
    private static let cookie = "Cookie: session_token={customer.cookie}"

    private static func change(
        _ current: String = Person.password, to new: String = "another password",
        _ field: String = cookie
    ) -> String {
        post(
            "/auth/password/change",
            #"{"currentPassword":"\#(current)","newPassword":"\#(new)"}"#, field)
    }

    private static func forgot(_ email: String = "customer@example.org") -> String {
        post("/auth/password/forgot", #"{"email":"\#(email)"}"#)
    }

    private static func reset(
        _ token: String = "reset-token", to password: String = "another password"
    ) -> String {
        post("/auth/password/reset", #"{"token":"\#(token)","password":"\#(password)"}"#)
    }

    private static let linked: @Sendable (World) throws -> Void = { world in
        try world.addLink("reset-token", .resetPassword, of: Person.customer.email)
        try world.addLink("verify-token", .verifyEmail, of: Person.customer.email)
    }

    private static let success = ["\n\n" + #"{"success":true}"#]
    private static let invalidLink = [#""code":"invalid_link""#]

    static let passwords: [Scenario] =
        [
            Scenario(
                "a change keeps the device known", change(), .ok,
                success + ["Set-Cookie: session_token_device="],
                not: ["Set-Cookie: session_token="]),
            Scenario(
                "the present session stays after a change", get("/auth/me", cookie), .ok
            ) { $0.before = [change()] },
            Scenario(
                "a wrong password", change("wrong"), .forbidden, [#""code":"wrong_password""#]),
            Scenario(
                "the sixteenth wrong password", change("wrong"), .tooManyRequests,
                ["Retry-After: 30\n"]
            ) { $0.before = [String](repeating: change("wrong"), count: 15) },
            Scenario(
                "a password that is too short", change(to: "short"), .badRequest,
                [#""fields":{"newPassword":"must have at least 8 characters"}"#]),
            Scenario(
                "a change without passwords", post("/auth/password/change", "{}", cookie),
                .badRequest,
                [#""currentPassword":"is required""#, #""newPassword":"is required""#]),
            Scenario(
                "a change by an unauthenticated client", change(Person.password, "X: y"),
                .unauthorized),
            Scenario(
                "a change while the account waits",
                change(Person.password, "Cookie: session_token={pending.cookie}"), .forbidden,
                ["pending_approval"]),
            Scenario(
                "a change while the gate is full", change(), .serviceUnavailable,
                [#""code":"overloaded""#]
            ) { $0.prepare = { $0.gate.isFull = true } },
        ]
        + [
            "customer@example.org", "nobody@example.org", "disabled@example.org",
            "pending@example.org", "x", "",
        ].flatMap { email in
            [
                Scenario(
                    "forgotten by \(email)", forgot(email), .accepted, success, not: ["Set-Cookie"]),
                Scenario(
                    "forgotten by \(email) without a transport", forgot(email),
                    .serviceUnavailable, [#""code":"mail_not_configured""#], not: ["Retry-After"]
                ) { $0.site.sendsMail = false },
            ]
        }
        + [
            forgot("x").replacing(#"{"email":"x"}"#, with: "{}"),
            post("/auth/email/change", "{}"),
            post("/auth/email/change", "{}", "Cookie: session_token={customer.cookie}"),
            post("/auth/email/change", "{}", "Cookie: session_token={pending.cookie}"),
            post("/auth/email/verify/resend", ""),
            post("/auth/email/verify/resend", "", "Cookie: session_token={owner.cookie}"),
            post("/auth/email/verify/resend", "", "Authorization: Bearer {customer.key}"),
        ].map { request in
            Scenario(
                "without a transport: \(request)", request, .serviceUnavailable,
                [#""code":"mail_not_configured""#], not: ["Retry-After"]
            ) {
                $0.site.sendsMail = false
                $0.reason = .mailNotConfigured
            }
        }
        + [
            Scenario(
                "forgotten without an address", post("/auth/password/forgot", "{}"),
                .badRequest, [#""fields":{"email":"is required"}"#]),
            Scenario(
                "forgotten by a number", post("/auth/password/forgot", #"{"email":7}"#),
                .badRequest, [#""fields":{"email":"must be a string"}"#]),
            Scenario(
                "the fourth mail to an address is not told apart", forgot(), .accepted, success
            ) { $0.before = [String](repeating: forgot(), count: 3) },
            Scenario(
                "the eleventh mail of a network", forgot("else@example.org"), .tooManyRequests,
                ["Retry-After: 12\n"]
            ) { $0.before = [String](repeating: forgot(), count: 10) },
            Scenario(
                "a fault is no answer about the address", forgot(), .serviceUnavailable,
                [#""code":"unavailable""#]
            ) { $0.prepare = { $0.store.condition = .broken } },
            Scenario(
                "a reset makes the device known", reset(), .ok,
                success + ["Set-Cookie: session_token_device="],
                not: ["Set-Cookie: session_token="]
            ) { $0.prepare = linked },
            Scenario("a reset, again", reset(), .badRequest, invalidLink) {
                $0.prepare = linked
                $0.before = [reset()]
            },
            Scenario("a reset too late", reset(), .badRequest, invalidLink) {
                $0.prepare = linked
                $0.before = [get("/health")]
                $0.elapsing = 1_800
            },
            Scenario("a reset signs everybody out", get("/auth/me", cookie), .unauthorized) {
                $0.prepare = linked
                $0.before = [get("/auth/me", cookie), reset()]
            },
            Scenario(
                "a reset confirms the address", login("customer", "another password"), .ok,
                [#""emailVerified":true"#]
            ) {
                $0.prepare = linked
                $0.before = [reset()]
            },
            Scenario(
                "a link to confirm the present address", reset("verify-token"), .ok, success
            ) { $0.prepare = linked },
            Scenario(
                "a link to another address", reset("change-token"), .badRequest, invalidLink
            ) {
                $0.prepare = { world in
                    try world.addLink(
                        "change-token", .verifyEmail, of: Person.customer.email,
                        proving: "new@example.org")
                }
            },
            Scenario("a link to decide", reset("decide-token"), .badRequest, invalidLink) {
                $0.prepare = {
                    try $0.addLink("decide-token", .decide, of: Person.pending.email)
                }
            },
            Scenario("no link", reset("x"), .badRequest, invalidLink),
            Scenario(
                "a reset to a common password", reset(to: "password1"), .badRequest,
                [#""fields":{"password":"is one of the most common passwords"}"#]
            ) { $0.prepare = linked },
            Scenario("the link is good after that", reset(), .ok) {
                $0.prepare = linked
                $0.before = [reset(to: "password1")]
            },
            Scenario(
                "a reset of nothing", post("/auth/password/reset", "{}"), .badRequest,
                [#""fields":{"token":"is required","password":"is required"}"#]),
            Scenario(
                "the eleventh reset of a network", reset("x"), .tooManyRequests,
                ["Retry-After: 12\n"]
            ) { $0.before = [String](repeating: reset("x"), count: 10) },
        ]
}
