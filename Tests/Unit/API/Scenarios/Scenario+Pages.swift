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

    static let pages: [Scenario] = posted + resetting + confirming

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
                    ["<h1>This link does not work</h1>"]),
            ]
        }

    /// The page of a link to confirm an address.
    private static let confirming: [Scenario] =
        [
            Scenario(
                "a page to confirm", open("/auth/email/verify?token=verify-token"), .ok,
                [
                    "customer@example.org was opened less than a minute ago (2023-11-14 22:13 UTC)",
                    "<form method=\"post\" action=\"/auth/email/verify\">\n"
                        + "<input type=\"hidden\" name=\"token\" value=\"verify-token\">",
                    "name=\"password\" type=\"password\" autocomplete=\"current-password\"",
                    "<form method=\"post\" action=\"/auth/password/reset\">",
                    "autocomplete=\"new-password\"",
                    "<form method=\"post\" action=\"/auth/email/verify/reject\">",
                    "<button>This was not me</button>",
                ], not: ["visit", "cancel"]),
            Scenario(
                "a page to confirm, days later", open("/auth/email/verify?token=verify-token"), .ok,
                ["was opened 2 days ago (2023-11-14 22:13 UTC)"]
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
                ["<button>Confirm</button>", "autocomplete=\"new-password\""],
                not: ["current-password"]),
            Scenario(
                "a page to confirm for who is signed in to another account",
                open(
                    "/auth/email/verify?token=verify-token", "Cookie: session_token={owner.cookie}"),
                .ok, ["current-password"]),
            Scenario(
                "a page of an owner with an unconfirmed address",
                open("/auth/email/verify?token=owner-token"), .ok,
                ["current-password", "This was not me"], not: ["new-password", "/auth/password"]),
            Scenario(
                "a page of a change", open("/auth/email/verify?token=change-token"), .ok,
                [
                    "new@example.org is to become the address of an account that was opened",
                    "current-password",
                    "<form method=\"post\" action=\"/auth/email/change/cancel\">",
                    "<button>Cancel the change</button>",
                ],
                not: ["member", "new-password", "This was not me"]),
            Scenario(
                "a page to confirm for HEAD",
                "HEAD /auth/email/verify?token=verify-token HTTP/1.1\nHost: a\n\(acceptOfBrowsers)\n\n",
                .ok),
            Scenario(
                "a page for a hostile token", open("/auth/email/verify?token=\(hostile)"),
                .badRequest, ["It was used before or has expired."], not: ["<script", "onfocus"]),
            Scenario(
                "a page without a token", open("/auth/email/verify"), .badRequest, ["<!doctype"]),
            Scenario(
                "a page that was opened used nothing up",
                form("/auth/email/verify", "token=verify-token", cookie), .ok,
                ["<h1>Your email address is confirmed</h1>"]
            ) {
                $0.before = [String](
                    repeating: open("/auth/email/verify?token=verify-token", cookie), count: 3)
            },
            Scenario(
                "a page of a link that was used", open("/auth/email/verify?token=verify-token"),
                .badRequest, ["<h1>The email was already confirmed</h1>"],
                not: ["<form"]
            ) { $0.before = [form("/auth/email/verify", "token=verify-token", cookie)] },
            Scenario(
                "a posted link and the password",
                form("/auth/email/verify", "token=verify-token&password=correct+horse+battery"),
                .ok,
                ["<h1>Your email address is confirmed</h1>"]),
            Scenario(
                "a posted link alone", form("/auth/email/verify", "token=verify-token"),
                .unauthorized,
                ["<h1>Confirm that the account is yours</h1>"]),
            Scenario(
                "a posted link and a wrong password",
                form("/auth/email/verify", "token=verify-token&password=wrong"), .unauthorized,
                ["<h1>The email or password is incorrect</h1>"]),
            Scenario(
                "a new password by the page to confirm",
                form("/auth/password/reset", "token=verify-token&password=another+password"), .ok,
                ["<h1>Your password is set</h1>"]),
            Scenario(
                "a posted rejection", form("/auth/email/verify/reject", "token=verify-token"), .ok,
                ["<h1>Thank you</h1>"]),
            Scenario(
                "a posted cancellation", form("/auth/email/change/cancel", "token=change-token"),
                .ok, ["<h1>The change is cancelled</h1>"]),
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
        ].map { scenario in
            var scenario = scenario
            scenario.prepare = linked
            return scenario
        }

    private static let resetting: [Scenario] =
        [
            Scenario(
                "a page with a token", open("/auth/password/reset?token=a-Token_1"), .ok,
                [
                    "<form method=\"post\" action=\"/auth/password/reset\">",
                    "<input type=\"hidden\" name=\"token\" value=\"a-Token_1\">",
                ]
            ) { $0.prepare = { $0.store.condition = .broken } },
            Scenario(
                "a page with a hostile token", open("/auth/password/reset?token=\(hostile)"), .ok,
                [harmless], not: ["\"\u{301}", "<script"]),
            Scenario(
                "a page with no token", open("/auth/password/reset"), .ok, ["value=\"\""]),
            Scenario(
                "a page for HEAD",
                "HEAD /auth/password/reset?token=x HTTP/1.1\nHost: a\n\(acceptOfBrowsers)\n\n",
                .ok),
        ]
        + [
            Scenario(
                "a posted password", form("/auth/password/reset", resetForm), .ok,
                ["<h1>Your password is set</h1>"], not: ["another password", "reset-token"]
            ) { $0.prepare = linked },
            Scenario(
                "a posted password is the password", login("customer", "another password"), .ok
            ) {
                $0.prepare = linked
                $0.before = [form("/auth/password/reset", resetForm)]
            },
            Scenario(
                "a posted password by the origin alone",
                form("/auth/password/reset", resetForm, "Origin: http://localhost:8080"), .ok
            ) { $0.prepare = linked },
            Scenario(
                "a posted password that is too short",
                form("/auth/password/reset", "token=reset-token&password=x"), .badRequest,
                ["<h1>Some entries need attention</h1>"]
            ) { $0.prepare = linked },
            Scenario(
                "too many posts", form("/auth/password/reset", "token=x&password=y"),
                .tooManyRequests, ["Retry-After: ", "<h1>Too many attempts</h1>"]
            ) {
                $0.before = [String](
                    repeating: form("/auth/password/reset", "token=x&password=y"), count: 10)
            },
            Scenario(
                "an endpoint that takes no forms",
                "POST /auth/login HTTP/1.1\nHost: a\n"
                    + "Content-Type: application/x-www-form-urlencoded\n\nemail=x&password=y",
                .unsupportedMediaType, [#""code":"unsupported_media_type""#]),
        ]
}
