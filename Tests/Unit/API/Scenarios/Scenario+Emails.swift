import Auth
import HTTP
import TestSupport

extension Scenario {
    private static let cookie = "Cookie: session_token={customer.cookie}"

    private static func verify(_ token: String, _ field: String = cookie) -> String {
        post("/auth/email/verify", #"{"token":"\#(token)"}"#, field)
    }

    private static func verify(
        _ token: String, password: String, _ field: String = "X: y"
    ) -> String {
        post("/auth/email/verify", #"{"token":"\#(token)","password":"\#(password)"}"#, field)
    }

    private static func reject(_ token: String) -> String {
        post("/auth/email/verify/reject", #"{"token":"\#(token)"}"#)
    }

    private static func cancel(_ token: String) -> String {
        post("/auth/email/change/cancel", #"{"token":"\#(token)"}"#)
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
        try world.addLink("pending-token", .verifyEmail, of: Person.pending.email)
        try world.addLink("owner-token", .verifyEmail, of: Person.owner.email)
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

    static let emails: [Scenario] = confirming + proving + rejecting + changing + waiting

    private static let confirmationRequired = [
        #""code":"confirmation_required""#, "WWW-Authenticate: Bearer",
    ]

    /// A link proves the mailbox; whose the account is takes more.
    private static let proving: [Scenario] =
        [
            Scenario(
                "a link alone", verify("verify-token", "X: y"), .unauthorized, confirmationRequired),
            Scenario(
                "a link and the session of another",
                verify("verify-token", "Cookie: session_token={owner.cookie}"), .unauthorized,
                confirmationRequired),
            Scenario(
                "a link and an API key",
                verify("verify-token", "Authorization: Bearer {customer.key}"), .unauthorized,
                confirmationRequired),
            Scenario(
                "a link and a JWT",
                verify("verify-token", "Authorization: Bearer {customer.token}"), .ok, success),
            Scenario(
                "a link while the account waits",
                verify("pending-token", "Cookie: session_token={pending.cookie}"), .ok, success),
            Scenario(
                "a link and the password", verify("verify-token", password: Person.password), .ok,
                success),
            Scenario(
                "a link and a wrong password", verify("verify-token", password: "wrong"),
                .unauthorized, [#""code":"invalid_credentials""#]),
            Scenario(
                "a link, a session and a wrong password",
                verify("verify-token", password: "wrong", cookie), .unauthorized,
                [#""code":"invalid_credentials""#]),
            Scenario(
                "a password that is none",
                post("/auth/email/verify", #"{"token":"verify-token","password":1}"#, cookie),
                .badRequest, [#""fields":{"password":"must be a string"}"#]),
            Scenario(
                "the sixth wrong password beside a link",
                verify("verify-token", password: "wrong"), .tooManyRequests, ["Retry-After: 30\n"]
            ) {
                $0.before = [String](
                    repeating: verify("verify-token", password: "wrong"), count: 5)
            },
            Scenario("what was refused used nothing up", verify("verify-token"), .ok, success) {
                $0.before = [
                    verify("verify-token", "X: y"), verify("verify-token", password: "wrong"),
                ]
            },
            Scenario(
                "a link that was used says so", verify("verify-token"), .badRequest,
                [
                    #""error":"The address was already confirmed on 2023-11-14 22:13 UTC""#,
                    #""code":"invalid_link""#,
                ]
            ) { $0.before = [verify("verify-token")] },
        ].map { scenario in
            var scenario = scenario
            scenario.prepare = linked
            return scenario
        }

    /// A reader of an address reports that the account is not theirs.
    private static let rejecting: [Scenario] =
        [
            Scenario("a rejection", reject("verify-token"), .ok, success),
            Scenario(
                "a rejected account is gone", get("/auth/me", cookie), .unauthorized,
                [#""code":"unauthenticated""#]
            ) { $0.before = [get("/auth/me", cookie), reject("verify-token")] },
            Scenario(
                "an owner who is rejected stays",
                get("/auth/me", "Cookie: session_token={owner.cookie}"), .ok
            ) { $0.before = [reject("owner-token")] },
            Scenario(
                "a rejection, again", reject("owner-token"), .badRequest,
                [
                    "already reported as not yours on 2023-11-14 22:13 UTC",
                    #""code":"invalid_link""#,
                ]
            ) { $0.before = [reject("owner-token")] },
            Scenario("a rejected change", reject("change-token"), .badRequest, invalidLink),
            Scenario("a rejection by no link", reject("x"), .badRequest, invalidLink),
            Scenario(
                "a rejection of nothing", post("/auth/email/verify/reject", "{}"), .badRequest,
                [#""fields":{"token":"is required"}"#]),
            Scenario(
                "a rejection by a link that is opened",
                get("/auth/email/verify/reject?token=verify-token"), .methodNotAllowed,
                ["Allow: POST, OPTIONS"]),
            Scenario("a cancelled change", cancel("change-token"), .ok, success),
            Scenario(
                "a cancelled change comes to nothing",
                verify("change-token", "Cookie: session_token={member.cookie}"), .badRequest,
                ["The change of the address was already cancelled on 2023-11-14 22:13 UTC"]
            ) { $0.before = [cancel("change-token")] },
            Scenario(
                "cancelling what is no change", cancel("verify-token"), .badRequest, invalidLink),
            Scenario(
                "cancelling nothing", post("/auth/email/change/cancel", "{}"), .badRequest,
                [#""fields":{"token":"is required"}"#]),
            Scenario(
                "a change to another address by its reader",
                verify("change-token", "X: y"), .unauthorized, confirmationRequired),
        ].map { scenario in
            var scenario = scenario
            scenario.prepare = linked
            return scenario
        }

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
        Scenario("another link unauthenticated", resend("X: y"), .unauthorized),
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
                    verify("change-token", "Cookie: session_token={member.cookie}"),
                ]
            },
            Scenario(
                "a change to an address that is taken by now",
                verify("change-token", "Cookie: session_token={member.cookie}"), .conflict,
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
                "a change by an unauthenticated client",
                change(to: "new@example.org", Person.password, "X: y"),
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
