import Auth
import HTTP
import TestSupport

extension Scenario {
    /// Closes the attribute, the tag and the page; a quote with an accent on it is still a quote.
    private static let hostile =
        "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%CC%81%20onfocus%3Dx%26'"
    private static let harmless =
        "value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;\u{301} onfocus=x&amp;&#39;\""

    private static let linked: @Sendable (World) throws -> Void = { world in
        try world.addLink("reset-token", .resetPassword, of: Person.customer.email)
        try world.addLink("verify-token", .verifyEmail, of: Person.customer.email)
        try world.addLink(
            "change-token", .verifyEmail, of: Person.member.email, proving: "new@example.org")
        world.unconfirm(Person.owner.email)
        try world.addLink("owner-token", .verifyEmail, of: Person.owner.email)
    }

    private static let cookie = "Cookie: session_token={customer.cookie}"
    private static let resetForm = "token=reset-token&password=another+password"

    static let pages: [Scenario] =
        posted + opened + confirming + changing + resetting + forgetting

    private static let posted: [Scenario] =
        [
            "/auth/password/reset", "/auth/email/verify", "/auth/email/verify/reject",
            "/auth/email/change/cancel",
        ].flatMap { path in
            [
                Scenario(
                    "\(path) posted by another site",
                    form(path, resetForm, "Sec-Fetch-Site: cross-site"), .forbidden,
                    ["<h1>The request came from another site</h1>"]
                ) { $0.prepare = linked },
                Scenario(
                    "\(path) posted by another origin",
                    form(path, resetForm, "Origin: https://evil.example"), .forbidden),
                Scenario(
                    "\(path) posted from nowhere", form(path, resetForm, "Origin: null"),
                    .forbidden),
                Scenario(
                    "\(path) posted without a link",
                    form(path, "token=x&password=another+password"),
                    .badRequest,
                    ["<h1>This link does not work</h1>", "<h2>Nothing was changed</h2>"]),
                Scenario(
                    "\(path) posted without a token", form(path, "password=another+password"),
                    .badRequest, ["<h1>This link does not work</h1>"]),
            ]
        }

    /// The pages of links that do not work, and those after a link was used.
    private static let opened: [Scenario] =
        [
            Scenario(
                "a page of a link that was used", open("/auth/email/verify?token=verify-token"),
                .badRequest,
                [
                    "<h1>The email was already confirmed</h1>",
                    #"<time datetime="2023-11-14T22:13:20Z" data-on="on">today at 22:13 UTC</time>"#,
                    #"href="/auth/account""#,
                ], not: ["<form"]
            ) { $0.before = [form("/auth/email/verify", "token=verify-token", cookie)] },
            Scenario(
                "a page of a link that set a password",
                open("/auth/password/reset?token=reset-token"), .badRequest,
                [
                    "<h1>This link has already set a password</h1>", "<time ",
                    #"href="/auth/login""#,
                ], not: ["<form"]
            ) { $0.before = [form("/auth/password/reset", resetForm)] },
            Scenario(
                "a form that is posted twice", form("/auth/password/reset", resetForm),
                .badRequest, ["<h1>This link has already set a password</h1>", "<time "]
            ) { $0.before = [form("/auth/password/reset", resetForm)] },
            Scenario(
                "a page of an expired link to set a password",
                open("/auth/password/reset?token=reset-token"), .badRequest,
                [
                    "<h1>This link has expired</h1>", "expire after 30 minutes",
                    "The link expired <time datetime=\"2023-11-14T22:43:20Z\"",
                    #"href="/auth/password/forgot">Request a new link"#,
                ], not: ["<form", "customer"]
            ) { $0.elapsing = 1_800 },
            Scenario(
                "a page of an expired link to confirm",
                open("/auth/email/verify?token=verify-token"), .badRequest,
                ["<h1>This link has expired</h1>", "expire after 24 hours", "yesterday"],
                not: ["<form", "customer"]
            ) { $0.elapsing = 86_400 + 86_400 },
            Scenario(
                "a posted link that has expired", form("/auth/password/reset", resetForm),
                .badRequest, ["<h1>This link has expired</h1>"]
            ) { $0.elapsing = 1_800 },
            Scenario(
                "the page after a password was set",
                open("/auth/password/reset?done=password"), .ok,
                ["<h1>Your password was changed</h1>", #"href="/auth/login""#]),
            Scenario(
                "the page after an email was confirmed",
                open("/auth/email/verify?done=confirmed"), .ok,
                ["<h1>Your email is confirmed</h1>", #"href="/auth/account""#]),
            Scenario(
                "the page after an account was rejected",
                open("/auth/email/verify?done=rejected"), .ok,
                ["<h1>Thank you for telling us</h1>"]),
            Scenario(
                "the page after a change was cancelled",
                open("/auth/email/verify?done=cancelled"), .ok,
                ["<h1>The change was cancelled</h1>"]),
            Scenario(
                "a page after nothing", open("/auth/email/verify?done=x"), .badRequest,
                ["<h1>This link does not work</h1>"]),
        ].map(linking)

    /// The page of a link to confirm an address.
    private static let confirming: [Scenario] =
        [
            Scenario(
                "a page to confirm", open("/auth/email/verify?token=verify-token"), .ok,
                [
                    "<h1>Is this your account?</h1>", "<b>customer@example.org</b>",
                    #"<time datetime="2023-11-14T22:13:20Z">today at 22:13 UTC</time>"#,
                    #"method="post" action="/auth/email/verify">"#
                        + #"<input type="hidden" name="token" value="verify-token">"#,
                    #"autocomplete="current-password""#,
                    #"href="/auth/password/reset?token=verify-token""#,
                    #"method="post" action="/auth/email/verify/reject">"#,
                    "This was not me</button>",
                ], not: ["visit", "cancel"]),
            Scenario(
                "a page to confirm, days later", open("/auth/email/verify?token=verify-token"),
                .ok, ["14 November 2023, 22:13 UTC</time>"]
            ) {
                $0.elapsing = 180_000
                $0.around = { world, send in
                    try linked(world)
                    try send()
                }
            },
            Scenario(
                "a page to confirm for who is signed in",
                open("/auth/email/verify?token=verify-token", cookie), .ok,
                ["<h1>Confirm your email</h1>", "Confirm email</button>"],
                not: ["current-password"]),
            Scenario(
                "a page to confirm for who is signed in to another account",
                open(
                    "/auth/email/verify?token=verify-token", "Cookie: session_token={owner.cookie}"),
                .ok, ["current-password"]),
            Scenario(
                "a page of an owner with an unconfirmed address",
                open("/auth/email/verify?token=owner-token"), .ok,
                ["current-password", "This was not me"], not: ["/auth/password"]),
            Scenario(
                "a page to confirm for HEAD",
                "HEAD /auth/email/verify?token=verify-token HTTP/1.1\nHost: a\n"
                    + "\(acceptOfBrowsers)\n\n", .ok),
            Scenario(
                "a page for a hostile token", open("/auth/email/verify?token=\(hostile)"),
                .badRequest, ["<h1>This link does not work</h1>"], not: ["alert", "onfocus"]),
            Scenario("a page without a token", open("/auth/email/verify"), .badRequest),
            Scenario(
                "a page that was opened used nothing up",
                form("/auth/email/verify", "token=verify-token", cookie), .seeOther,
                ["Location: /auth/email/verify?done=confirmed\n"]
            ) {
                $0.before = [String](
                    repeating: open("/auth/email/verify?token=verify-token", cookie), count: 3)
            },
            Scenario(
                "a posted link and the password",
                form("/auth/email/verify", "token=verify-token&password=correct+horse+battery"),
                .seeOther, ["Location: /auth/email/verify?done=confirmed\n"]),
            Scenario(
                "a posted link alone", form("/auth/email/verify", "token=verify-token"),
                .unauthorized,
                [
                    ##"<a href="#password">Confirm that the account is yours."##,
                    #"aria-invalid="true""#, "<h2>The email was not confirmed</h2>",
                    #"name="token" value="verify-token""#, "customer@example.org",
                ]),
            Scenario(
                "a posted link and a wrong password",
                form("/auth/email/verify", "token=verify-token&password=not+the+one"),
                .unauthorized,
                [
                    #"id="password-error""#, ##"<a href="#password">The password is incorrect."##,
                    #"name="token" value="verify-token""#,
                ], not: ["not the one"]),
            Scenario(
                "too many wrong passwords",
                form("/auth/email/verify", "token=verify-token&password=wrong"),
                .tooManyRequests, ["<h2>The email was not confirmed</h2>", "You can try again in"]
            ) {
                $0.before = [String](
                    repeating: form("/auth/email/verify", "token=verify-token&password=wrong"),
                    count: 5)
            },
            Scenario(
                "a new password by the page to confirm",
                form("/auth/password/reset", "token=verify-token&password=another+password"),
                .seeOther, ["Location: /auth/password/reset?done=password\n"]),
            Scenario(
                "a posted rejection", form("/auth/email/verify/reject", "token=verify-token"),
                .seeOther, ["Location: /auth/email/verify?done=rejected\n"]),
            Scenario(
                "a form of a program",
                bareForm(
                    "/auth/email/verify", "token=verify-token", cookie,
                    "Origin: http://localhost:8080"),
                .ok, ["\n\n" + #"{"success":true}"#]),
            Scenario(
                "a form from nowhere that counts on a cookie",
                bareForm("/auth/email/verify", "token=verify-token", cookie), .forbidden,
                [#""code":"cross_origin""#]),
            Scenario(
                "a form from nowhere with an empty password",
                bareForm("/auth/email/verify", "token=verify-token&password=", cookie), .forbidden,
                [#""code":"cross_origin""#]),
            Scenario(
                "a form from nowhere with its own proof",
                bareForm(
                    "/auth/email/verify", "token=verify-token&password=correct+horse+battery"), .ok,
                [#"{"success":true}"#]),
            Scenario(
                "a form from nowhere that rejects",
                bareForm("/auth/email/verify/reject", "token=verify-token"), .ok,
                [#"{"success":true}"#]),
            Scenario(
                "a form from nowhere that cancels",
                bareForm("/auth/email/change/cancel", "token=change-token"), .ok,
                [#"{"success":true}"#]),
            Scenario(
                "a form from nowhere that sets a password",
                bareForm("/auth/password/reset", "token=verify-token&password=another+password"),
                .ok, [#"{"success":true}"#], not: ["Set-Cookie"]),
            Scenario(
                "a form from nowhere without its token",
                bareForm("/auth/password/reset", "token=&password=another+password"), .forbidden,
                [#""code":"cross_origin""#]),
            Scenario(
                "a program that takes pages, too",
                post("/auth/email/verify", #"{"token":"x"}"#, "Accept: text/html"), .badRequest,
                [#""code":"invalid_link""#]),
        ].map(linking)

    /// The page of a link to another address.
    private static let changing: [Scenario] =
        [
            Scenario(
                "a page of a change", open("/auth/email/verify?token=change-token"), .ok,
                [
                    "<h1>Confirm your new email</h1>", "<b>new@example.org</b>",
                    "current-password", #"method="post" action="/auth/email/change/cancel">"#,
                    "Cancel the change</button>",
                ],
                not: ["member", "/auth/password", "This was not me"]),
            Scenario(
                "a posted cancellation", form("/auth/email/change/cancel", "token=change-token"),
                .seeOther, ["Location: /auth/email/verify?done=cancelled\n"]),
            Scenario(
                "a posted cancellation of nothing",
                form("/auth/email/change/cancel", "token=verify-token"), .badRequest,
                ["<h1>This link does not work</h1>"]),
        ].map(linking)

    /// The page of a link to set a password.
    private static let resetting: [Scenario] =
        [
            Scenario(
                "a page with a token", open("/auth/password/reset?token=reset-token"), .ok,
                [
                    "<h1>Choose a new password</h1>", "For customer@example.org",
                    #"method="post" action="/auth/password/reset">"#
                        + #"<input type="hidden" name="token" value="reset-token">"#,
                    #"autocomplete="new-password""#, #"minlength="8""#,
                    #"autocomplete="username""#,
                ]),
            Scenario(
                "a page with a hostile token", open("/auth/password/reset?token=\(hostile)"),
                .badRequest, ["<h1>This link does not work</h1>"], not: ["alert", "onfocus"]),
            Scenario(
                "a page with no token", open("/auth/password/reset"), .badRequest,
                ["<h1>This link does not work</h1>"]),
            Scenario(
                "a page of a change of address", open("/auth/password/reset?token=change-token"),
                .badRequest, not: ["new@example.org"]),
            Scenario(
                "a page for HEAD",
                "HEAD /auth/password/reset?token=reset-token HTTP/1.1\nHost: a\n"
                    + "\(acceptOfBrowsers)\n\n", .ok),
            Scenario(
                "a posted password", form("/auth/password/reset", resetForm), .seeOther,
                ["Location: /auth/password/reset?done=password\n"],
                not: ["another password", "reset-token"]),
            Scenario(
                "a posted password is the password", login("customer", "another password"), .ok
            ) { $0.before = [form("/auth/password/reset", resetForm)] },
            Scenario(
                "a posted password by the origin alone",
                form("/auth/password/reset", resetForm, "Origin: http://localhost:8080"),
                .seeOther),
            Scenario(
                "a posted password that is too short",
                form("/auth/password/reset", "token=reset-token&password=tiny"), .badRequest,
                [
                    "<h2>The password was not changed</h2>",
                    ##"<a href="#password">This password has 4 characters. Use at least 8.</a>"##,
                    #"id="password-error""#, "For customer@example.org",
                    #"name="token" value="reset-token""#,
                ], not: ["tiny"]),
            Scenario(
                "no posted password", form("/auth/password/reset", "token=reset-token&password="),
                .badRequest, ["Fill in “New password”."]),
            Scenario(
                "a posted password with a hostile token",
                form("/auth/password/reset", "token=\(hostile)&password=another+password"),
                .badRequest, ["<h1>This link does not work</h1>"], not: ["alert", "onfocus"]),
            Scenario(
                "too many posts", form("/auth/password/reset", "token=\(hostile)&password=y"),
                .tooManyRequests,
                [
                    "Retry-After: ", "<h2>The password was not changed</h2>",
                    "Too many attempts.", harmless,
                ], not: ["\"\u{301}", "<script>"]
            ) {
                $0.before = [String](
                    repeating: form("/auth/password/reset", "token=x&password=y"), count: 10)
            },
        ].map(linking)

    /// The page to request a link that sets a password.
    private static let forgetting: [Scenario] =
        [
            Scenario(
                "a page to request a link", open("/auth/password/forgot"), .ok,
                [
                    "<h1>Reset your password</h1>", #"name="email""#, #"autocomplete="username""#,
                    #"href="/auth/login""#,
                ]
            ) { $0.prepare = { $0.store.condition = .broken } },
            Scenario(
                "a page to request a link of a server without mail",
                open("/auth/password/forgot"), .ok, ["<h1>This server sends no email</h1>"],
                not: ["<form"]
            ) { $0.site.sendsMail = false },
            Scenario(
                "a posted request of a server without mail",
                form("/auth/password/forgot", "email=customer%40example.org"),
                .serviceUnavailable, ["<h1>This server sends no email</h1>"], not: ["<form"]
            ) { $0.site.sendsMail = false },
            Scenario(
                "a posted request without an email", form("/auth/password/forgot", "email="),
                .badRequest,
                [
                    "<h2>No link was sent</h2>", ##"<a href="#email">Fill in “Email”.</a>"##,
                    #"aria-invalid="true""#,
                ]),
            Scenario(
                "a posted request by another site",
                form("/auth/password/forgot", "email=a%40b.cc", "Sec-Fetch-Site: cross-site"),
                .forbidden),
            Scenario(
                "too many requests of links", form("/auth/password/forgot", "email=%22%3E%3Cb"),
                .tooManyRequests, [#"value="&quot;&gt;&lt;b""#, "Too many attempts."]
            ) {
                $0.before = [String](
                    repeating: form("/auth/password/forgot", "email=x"), count: 10)
            },
            Scenario(
                "the page after a request", open("/auth/password/forgot?done=sent"), .ok,
                ["<h1>Check your email</h1>", "If an account has this email"]),
        ]
        + ["customer@example.org", "nobody@example.org", "x"].map { email in
            Scenario(
                "a posted request for \(email)",
                form("/auth/password/forgot", "email=\(email)"), .seeOther,
                ["Location: /auth/password/forgot?done=sent\n"], not: [email])
        }

    private static func linking(_ scenario: Scenario) -> Scenario {
        var scenario = scenario
        scenario.prepare = linked
        return scenario
    }
}
