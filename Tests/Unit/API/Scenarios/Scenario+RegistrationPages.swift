import Auth
import HTTP
import TestSupport

/// The pages that open accounts.
extension Scenario {
    private static let person =
        "username=New+Person&email=new%40example.org&password=correct+horse+battery"

    /// Invitations in every state; that of the code `open` was made by the owner.
    private static let invited: @Sendable (World) throws -> Void = { world in
        let owner = world.account(Person.owner.email)?.id
        world.store.change { memory in
            memory.invites = [
                StoredInvite(code: "open", role: .admin, tier: .team),
                StoredInvite(code: "used", maximumUses: 1),
                StoredInvite(code: "paused", isPaused: true),
                StoredInvite(code: "expired", expiresAt: TestClock.start),
                StoredInvite(code: "elin", email: Email("elin@example.org")),
            ]
            memory.invites[0].invite.createdBy = owner
            memory.invites[1].invite.uses = 1
        }
    }

    static let registrationPages: [Scenario] = registering + inviting + signingUp + waiting

    private static let registering: [Scenario] = [
        Scenario(
            "the page to register", open("/auth/register"), .ok,
            [
                "<h1>Create your account</h1>", "An administrator reviews new accounts",
                #"name="username""#, #"autocomplete="name""#, #"autocomplete="username""#,
                #"autocomplete="new-password""#, #"href="/auth/login""#,
            ], not: [#"name="invite""#, "invited"]),
        Scenario(
            "the page to register without approval", open("/auth/register"), .ok,
            not: ["An administrator reviews"]
        ) { $0.prepare = { $0.store.change { $0.settings.approval = false } } },
        Scenario(
            "the page to register for a program", get("/auth/register"), .methodNotAllowed),
        Scenario(
            "the page to register while it is closed", open("/auth/register"), .forbidden,
            ["<h1>Registration is closed</h1>", #"href="/auth/login""#], not: ["name=\"email"]
        ) { $0.prepare = { $0.store.change { $0.settings.register = false } } },
        Scenario(
            "a posted registration", form("/auth/register", person), .seeOther,
            [
                "Location: /auth/account\n", "Set-Cookie: session_token=",
                "Set-Cookie: session_token_device=",
            ], not: ["correct horse", "new@example.org"]),
        Scenario(
            "a posted registration while it is closed", form("/auth/register", person),
            .forbidden, ["<h1>Registration is closed</h1>"]
        ) { $0.prepare = { $0.store.change { $0.settings.register = false } } },
        Scenario(
            "a registration that is posted twice", form("/auth/register", person), .conflict,
            [
                "<h2>No account was created</h2>",
                ##"<a href="#email">This email already has an account. Sign in instead"##,
                #"value="New Person""#, #"value="new@example.org""#, #"href="/auth/login""#,
            ], not: ["correct horse"]
        ) { $0.before = [form("/auth/register", person)] },
        Scenario(
            "a posted registration with nothing", form("/auth/register", "email="), .badRequest,
            [
                ##"<a href="#username">Fill in “Name”.</a>"##,
                ##"<a href="#email">Fill in “Email”.</a>"##,
                ##"<a href="#password">Fill in “Password”.</a>"##,
            ]),
        Scenario(
            "a posted registration with a personal password",
            form(
                "/auth/register",
                "username=%3Cb%3E&email=new%40example.org&password=new%40example.org"),
            .badRequest,
            [#"id="password-error""#, #"value="&lt;b&gt;""#], not: [#"value="<b>"#]),
        Scenario(
            "a posted registration by another site",
            form("/auth/register", person, "Sec-Fetch-Site: cross-site"), .forbidden,
            ["<h1>The request came from another site</h1>"]),
        Scenario(
            "too many posted registrations", form("/auth/register", person), .tooManyRequests,
            ["<h2>No account was created</h2>", "Too many attempts.", #"value="New Person""#]
        ) {
            $0.before = [String](repeating: form("/auth/register", "email="), count: 20)
        },
        Scenario(
            "a posted registration while the database is broken",
            form("/auth/register", person), .serviceUnavailable,
            ["<h2>No account was created</h2>", #"value="New Person""#]
        ) { $0.prepare = { $0.store.condition = .broken } },
    ]

    private static let inviting: [Scenario] =
        [
            Scenario(
                "the page of an invitation", open("/auth/register?invite=open"), .ok,
                [
                    "<bdi>owner</bdi> invited you.", "as an administrator on the Team plan",
                    #"<time datetime="2023-11-15T22:13:20Z" data-on="on">tomorrow at 22:13 UTC"#,
                    #"<input type="hidden" name="invite" value="open">"#,
                ], not: ["An administrator reviews"]),
            Scenario(
                "the page of an invitation for one email", open("/auth/register?invite=elin"),
                .ok,
                [
                    "You are invited.", #"value="elin@example.org""#,
                    "The invitation is for this email.",
                ]),
            Scenario(
                "the page of an invitation that was used", open("/auth/register?invite=used"),
                .badRequest, ["<h1>This invitation was used</h1>"], not: ["<input"]),
            Scenario(
                "the page of an invitation that is paused",
                open("/auth/register?invite=paused"), .badRequest,
                ["<h1>This invitation is paused</h1>"], not: ["<input"]),
            Scenario(
                "the page of an invitation that has expired",
                open("/auth/register?invite=expired"), .badRequest,
                ["<h1>This invitation has expired</h1>"], not: ["<input"]),
            Scenario(
                "the page of an unknown invitation",
                open("/auth/register?invite=%22%3E%3Cscript%3E"), .badRequest,
                ["<h1>This invitation does not exist</h1>", #"href="/auth/register""#],
                not: ["<input", "<script>"]),
            Scenario(
                "the page of two invitations", open("/auth/register?invite=open&invite=elin"),
                .badRequest, ["<h1>This invitation does not exist</h1>"]),
            Scenario(
                "a posted invitation", form("/auth/register", person + "&invite=open"),
                .seeOther, ["Location: /auth/account\n"]),
            Scenario(
                "a posted invitation for another email",
                form("/auth/register", person + "&invite=elin"), .badRequest,
                [
                    "The invitation is for elin@example.org.", #"id="email-error""#,
                    #"value="new@example.org""#, #"name="invite" value="elin""#,
                ]),
            Scenario(
                "a posted invitation that has expired",
                form("/auth/register", person + "&invite=expired"), .badRequest,
                ["<h1>This invitation has expired</h1>"]),
            Scenario(
                "a posted invitation with a weak password",
                form(
                    "/auth/register",
                    "username=A&email=elin%40example.org&password=x&invite=elin"), .badRequest,
                ["This password has 1 character.", #"name="invite" value="elin""#]),
        ].map { scenario in
            var scenario = scenario
            scenario.prepare = invited
            return scenario
        }

    private static let signingUp: [Scenario] = [
        Scenario(
            "the page to sign up", open("/auth/signup"), .ok,
            [#"name="name""#, "(optional)", #"name="email""#, #"autocomplete="new-password""#]),
        Scenario(
            "the page to sign up while it is closed", open("/auth/signup"), .forbidden,
            ["<h1>Registration is closed</h1>"]
        ) { $0.prepare = { $0.store.change { $0.settings.signup = false } } },
        Scenario(
            "a posted sign-up",
            form("/auth/signup", "email=new%40example.org&password=correct+horse+battery&name="),
            .seeOther, ["Location: /auth/account\n", "Set-Cookie: session_token="]),
        Scenario(
            "a posted sign-up with a taken email",
            form(
                "/auth/signup",
                "email=customer%40example.org&password=correct+horse+battery&name=Ada"),
            .conflict,
            [#"id="email-error""#, #"value="Ada""#, #"value="customer@example.org""#],
            not: ["correct horse"]),
        Scenario(
            "a posted sign-up by another site",
            form("/auth/signup", "email=a%40b.cc", "Origin: https://evil.example"), .forbidden),
    ]

    private static let waiting: [Scenario] = [
        Scenario(
            "the account of a person who waits",
            open("/auth/account", "Cookie: session_token={pending.cookie}"), .ok,
            [
                "<h1>Your account is waiting for approval</h1>",
                #"<span class="badge pending">Waiting for approval</span>"#,
                "Confirm your email first", #"action="/auth/email/verify/resend""#,
                #"href="/auth/account">Check again"#, #"action="/auth/logout""#,
            ]),
        Scenario(
            "the account of a person who waits with a confirmed email",
            open("/auth/account", "Cookie: session_token={pending.cookie}"), .ok,
            ["We will email pending@example.org"], not: ["verify/resend"]
        ) { $0.prepare = { $0.confirm(Person.pending.email) } },
        Scenario(
            "the account of a person who waits, without mails",
            open("/auth/account", "Cookie: session_token={pending.cookie}"), .ok,
            ["This site sends no email."], not: ["verify/resend"]
        ) { $0.site.sendsMail = false },
    ]
}
