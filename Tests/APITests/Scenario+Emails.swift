import Auth
import HTTP
import TestSupport

extension Scenario {
    private static let cookie = "Cookie: session_token={customer.cookie}"

    private static func verify(_ token: String) -> String {
        post("/auth/email/verify", #"{"token":"\#(token)"}"#)
    }

    private static func resend(_ field: String = cookie) -> String {
        post("/auth/email/verify/resend", "", field)
    }

    private static func change(
        to email: String = "new@example.org", _ password: String = Person.password,
        _ field: String = cookie
    ) -> String {
        post("/auth/email/change", #"{"email":"\#(email)","password":"\#(password)"}"#, field)
    }

    private static let linked: @Sendable (World) throws -> Void = { world in
        let email = Person.customer.email
        try world.addLink("verify-token", .verifyEmail, of: email)
        try world.addLink("reset-token", .resetPassword, of: email)
        try world.addLink(
            "change-token", .verifyEmail, of: Person.member.email, proving: "new@example.org")
    }

    private static let heldBack: @Sendable (World) throws -> Void = { world in
        world.store.change { $0.settings.requireEmailVerification = true }
    }

    private static let success = ["\n\n" + #"{"success":true}"#]
    private static let invalidLink = [#""code":"invalid_link""#]
    private static let unverified = [
        #""code":"email_unverified""#,
        #""error":"The address of this account has not been confirmed""#,
    ]

    static let emails: [Scenario] = confirming + changing + waiting

    private static let confirming: [Scenario] = [
        Scenario("a link", verify("verify-token"), .ok, success, not: ["Set-Cookie"]) {
            $0.prepare = linked
        },
        Scenario("a confirmed address", get("/auth/me", cookie), .ok, [#""emailVerified":true"#]) {
            $0.prepare = linked
            $0.before = [get("/auth/me", cookie), verify("verify-token")]
        },
        Scenario("a link, again", verify("verify-token"), .badRequest, invalidLink) {
            $0.prepare = linked
            $0.before = [verify("verify-token")]
        },
        Scenario("a link too late", verify("verify-token"), .badRequest, invalidLink) {
            $0.prepare = linked
            $0.before = [get("/health")]
            $0.elapsing = 86_400
        },
        Scenario("a link of another kind", verify("reset-token"), .badRequest, invalidLink) {
            $0.prepare = linked
        },
        Scenario(
            "no link", post("/auth/email/verify", "{}"), .badRequest,
            [#""fields":{"token":"is required"}"#]),
        Scenario("another link", resend(), .accepted, success),
        Scenario(
            "another link while the account waits",
            resend("Cookie: session_token={pending.cookie}"), .accepted),
        Scenario("another link for nobody", resend("X: y"), .unauthorized),
        Scenario("another link for a confirmed address", resend(), .ok, success) {
            $0.prepare = linked
            $0.before = [verify("verify-token")]
        },
        Scenario("the link before is dead", verify("verify-token"), .badRequest, invalidLink) {
            $0.prepare = linked
            $0.before = [resend()]
        },
        Scenario(
            "the fourth link in a minute", resend(), .tooManyRequests, ["Retry-After: 60\n"]
        ) { $0.before = [String](repeating: resend(), count: 3) },
        Scenario(
            "the eleventh mail of a network", resend("X: y"), .tooManyRequests,
            ["Retry-After: 12\n"]
        ) { $0.before = [String](repeating: resend("X: y"), count: 10) },
    ]

    private static let changing: [Scenario] =
        [
            Scenario("a change is asked for", change(), .accepted, success),
            Scenario(
                "until its link is used nothing changes", get("/auth/me", cookie), .ok,
                [#""email":"customer@example.org""#]
            ) { $0.before = [change()] },
            Scenario(
                "a change to an address that has an account", change(to: "owner@example.org"),
                .accepted, success),
            Scenario(
                "a changed address", get("/auth/me", "Cookie: session_token={member.cookie}"), .ok,
                [#""email":"new@example.org""#, #""emailVerified":true"#]
            ) {
                $0.prepare = linked
                $0.before = [
                    get("/auth/me", "Cookie: session_token={member.cookie}"),
                    verify("change-token"),
                ]
            },
            Scenario(
                "a change to an address that is taken by now", verify("change-token"), .conflict,
                [#""code":"email_taken""#]
            ) {
                $0.prepare = linked
                $0.before = [
                    post(
                        "/auth/signup",
                        #"{"email":"new@example.org","password":"\#(Person.password)"}"#)
                ]
            },
            Scenario(
                "a change with a wrong password", change(to: "new@example.org", "wrong"),
                .forbidden, [#""code":"wrong_password""#]),
            Scenario(
                "a change to the present address", change(to: "Customer@example.org"), .badRequest,
                [#""fields":{"email":"is the address of this account already"}"#]),
            Scenario(
                "a change to no address", change(to: "x"), .badRequest,
                [#""fields":{"email":"must be an email address"}"#]),
            Scenario(
                "a change while the account waits",
                change(
                    to: "new@example.org", Person.password,
                    "Cookie: session_token={pending.cookie}"),
                .forbidden, ["pending_approval"]),
            Scenario(
                "a change by nobody", change(to: "new@example.org", Person.password, "X: y"),
                .unauthorized),
        ]

    /// While addresses have to be confirmed.
    private static let waiting: [Scenario] = [
        Scenario(
            "a signup",
            post(
                "/auth/signup", #"{"email":"new@example.org","password":"\#(Person.password)"}"#),
            .accepted, [#"{"user":{"id":""#, "Set-Cookie: session_token="], not: [#""token""#]
        ) { $0.prepare = heldBack },
        Scenario(
            "a registration that needs no approval",
            post(
                "/auth/register",
                #"{"username":"abc","email":"new@example.org","password":"\#(Person.password)"}"#),
            .accepted, [#"{"user":{"id":""#, "Set-Cookie: session_token="], not: [#""token""#]
        ) { scenario in
            scenario.prepare = { world in
                try heldBack(world)
                world.store.change { $0.settings.approval = false }
            }
        },
        Scenario("a login", login("customer"), .forbidden, unverified, not: ["Set-Cookie"]) {
            $0.prepare = heldBack
        },
        Scenario("a wrong password", login("customer", "wrong"), .unauthorized) {
            $0.prepare = heldBack
        },
        Scenario("an administrator's login", login("admin"), .ok) { $0.prepare = heldBack },
        Scenario("a login after the link", login("customer"), .ok) { scenario in
            scenario.prepare = { world in
                try heldBack(world)
                try linked(world)
            }
            scenario.before = [verify("verify-token")]
        },
        Scenario("one's own account", get("/auth/me", cookie), .ok) { $0.prepare = heldBack },
        Scenario("logging out", post("/auth/logout", "", cookie), .ok) { $0.prepare = heldBack },
        Scenario("another link, held back", resend(), .accepted) { $0.prepare = heldBack },
        Scenario("another address, held back", change(), .accepted) { $0.prepare = heldBack },
        Scenario(
            "everything else", send("PATCH", "/auth/me", #"{"name":"Ada"}"#, cookie), .forbidden,
            unverified
        ) { $0.prepare = heldBack },
    ]
}
