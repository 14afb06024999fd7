import API
import Auth
import HTTP
import TestSupport
import Web

/// Signing in and out in a browser.
extension Scenario {
    static let signInPages: [Scenario] =
        shownLogin + postedLogin + failedLogin + signedInAlready + returning

    private static let cookie = "Cookie: session_token={customer.cookie}"
    private static let right = "email=customer%40example.org&password=correct+horse+battery"
    private static let wrong = "email=customer%40example.org&password=wrong"
    private static let app = "https://app.example.org"
    private static let toApp = "return_to=https%3A%2F%2Fapp.example.org%2Fa%3Fb%3Dc"

    static let withApplications: @Sendable (inout Scenario) -> Void = {
        $0.site.returnOrigins = [app, "https://*.apps.example.org"]
    }

    private static func settings(
        _ change: @escaping @Sendable (inout Settings) -> Void
    ) -> @Sendable (inout Scenario) -> Void {
        { $0.prepare = { world in world.store.change { change(&$0.settings) } } }
    }

    private static let shownLogin: [Scenario] = [
        Scenario(
            "the sign-in page", open("/auth/login"), .ok,
            [
                "<h1>Sign in</h1>", #"<form class="stack" method="post" action="/auth/login">"#,
                #"name="email""#, #"autocomplete="username webauthn""#, #"name="password""#,
                #"autocomplete="current-password""#, "/auth/password/forgot", "/auth/signup",
                "/auth/register", "Vary: Accept\n",
            ], not: ["return_to", "Set-Cookie", "role=\"alert\""]),
        Scenario(
            "the sign-in page for HEAD",
            "HEAD /auth/login HTTP/1.1\nHost: a\n\(acceptOfBrowsers)\n\n", .ok),
        Scenario("the sign-in page for a program", get("/auth/login"), .methodNotAllowed),
        Scenario(
            "the sign-in page of a cookie that is none",
            open("/auth/login", "Cookie: session_token=x"), .ok, ["<h1>Sign in</h1>"]),
        Scenario(
            "the sign-in page without an owner", open("/auth/login"), .seeOther,
            ["Location: /auth/setup\n"]
        ) {
            $0.site.people = []
        },
        Scenario("the sign-in page without mail", open("/auth/login"), .ok, not: ["forgot"]) {
            $0.site.sendsMail = false
        },
        Scenario(
            "the sign-in page without sign-up", open("/auth/login"), .ok,
            [#"<a href="/auth/register">Create an account</a>"#], not: ["signup"],
            settings { $0.signup = false }),
        Scenario(
            "the sign-in page without registration", open("/auth/login"), .ok,
            not: ["signup", "register"], settings { $0.register = false }),
        Scenario(
            "the sign-in page while sign-in is off", open("/auth/login"), .ok,
            ["Only the owner and administrators can sign in."], not: ["signup", "register"],
            settings { $0.nativeSignin = false }),
        Scenario(
            "the sign-in page after a change of the settings", open("/auth/login"), .ok,
            not: ["signup"]
        ) {
            $0.before = [open("/auth/login")]
            $0.around = { world, send in
                world.store.change { $0.settings.signup = false }
                try send()
            }
        },
        Scenario(
            "after signing out", open("/auth/login?done=logout"), .ok,
            ["You are signed out."]),
        Scenario(
            "after a new password", open("/auth/login?done=password"), .ok,
            ["Your password was set."]),
        Scenario(
            "after something else", open("/auth/login?done=%3Cb%3Eevil"), .ok,
            not: ["evil", "notice"]),
        Scenario(
            "a session that cannot be read", open("/auth/login", cookie),
            .serviceUnavailable, not: ["Set-Cookie"]
        ) { $0.prepare = { $0.store.condition = .broken } },
        Scenario("the sign-in page while the database is locked", open("/auth/login"), .ok) {
            $0.prepare = { $0.store.condition = .broken }
        },
    ]

    private static let postedLogin: [Scenario] = [
        Scenario(
            "signing in", form("/auth/login", right), .seeOther,
            ["Location: /auth/account\n", "Set-Cookie: session_token=", "session_token_device="]
        ),
        Scenario(
            "signing in twice", form("/auth/login", right), .seeOther,
            ["Location: /auth/account\n"]
        ) {
            $0.before = [form("/auth/login", right)]
        },
        Scenario(
            "signing in by a form of a program",
            form("/auth/login", right).replacing(acceptOfBrowsers, with: "Accept: */*"), .ok,
            [#"{"token":"ey"#]),
        Scenario(
            "signing in from another site",
            form("/auth/login", right, "Sec-Fetch-Site: cross-site"), .forbidden,
            not: ["Set-Cookie", "customer@"]),
        Scenario(
            "the owner without passwords",
            form("/auth/login", "email=owner%40example.org&password=correct+horse+battery"),
            .seeOther
        ) {
            $0.prepare = { world in world.store.change { $0.settings.nativeSignin = false } }
        },
    ]

    private static let summary = #"id="summary" role="alert" tabindex="-1" autofocus"#
    private static let kept = #"value="customer@example.org""#

    private static func failure(
        _ name: String, _ body: String, _ status: Status, _ parts: [String],
        not others: [String] = [], _ edit: (inout Scenario) -> Void = { _ in }
    ) -> Scenario {
        Scenario(
            name, form("/auth/login", body), status, parts,
            not: others + ["Set-Cookie", #"value="wrong""#, "correct horse"], edit)
    }

    private static let failedLogin: [Scenario] = [
        failure(
            "a wrong password", wrong, .unauthorized,
            [
                summary, kept, "<b>The email or password is incorrect.</b>",
                #"aria-invalid="true" aria-describedby="summary""#,
            ]),
        failure(
            "an unknown address", "email=nobody%40example.org&password=wrong", .unauthorized,
            [
                "<b>The email or password is incorrect.</b>", #"value="nobody@example.org""#,
                #"aria-invalid="true" aria-describedby="summary""#,
            ]),
        failure(
            "nothing typed", "email=&password=", .badRequest,
            [summary, ##"<a href="#email">Fill in “Email”.</a>"##, #"id="password-error""#]),
        failure(
            "no password", "email=customer%40example.org&password=", .badRequest,
            [kept, #"id="password-error""#], not: [#"id="email-error""#]),
        failure(
            "markup as an address",
            "email=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&password=wrong", .unauthorized,
            [#"value="&quot;&gt;&lt;script&gt;"#], not: ["<script>alert"]),
        failure(
            "too many failures", wrong, .tooManyRequests,
            [summary, kept, "Too many attempts.", "in 30 seconds", "<time datetime="]
        ) { $0.before = [String](repeating: form("/auth/login", wrong), count: 5) },
        failure(
            "an account that waits",
            "email=pending%40example.org&password=correct+horse+battery", .forbidden,
            [
                "<h1>Your account is waiting for approval</h1>", "pending@example.org",
                "We will email", #"<a class="button" href="/auth/login">"#,
            ]),
        failure(
            "an account that waits, without mail",
            "email=pending%40example.org&password=correct+horse+battery", .forbidden,
            ["This site sends no email."], not: ["We will email"]
        ) { $0.site.sendsMail = false },
        failure(
            "a disabled account",
            "email=disabled%40example.org&password=correct+horse+battery", .forbidden,
            [summary, "<b>This account is disabled.</b>", #"value="disabled@example.org""#]),
        failure(
            "without passwords", right, .forbidden,
            [summary, kept, "This account cannot sign in."],
            settings { $0.nativeSignin = false }),
        failure(
            "an unconfirmed address", right, .forbidden,
            [
                "<h1>Confirm your email</h1>", summary, "that we emailed to customer@example.org",
                #"<input type="hidden" name="resend" value="true">"#, "Send another link",
            ]
        ) { $0.prepare = unconfirmed },
        failure(
            "another link to an unconfirmed address", "\(right)&resend=true", .forbidden,
            ["Another link to customer@example.org is on its way."]
        ) { $0.prepare = unconfirmed },
        failure(
            "an unconfirmed address without mail", right, .forbidden,
            [summary, kept, "Ask an administrator"]
        ) {
            $0.site.sendsMail = false
            $0.prepare = unconfirmed
        },
        failure(
            "a database that is locked", right, .serviceUnavailable,
            [summary, kept, "<b>The server is busy.</b>"]
        ) { $0.prepare = { $0.store.condition = .broken } },
    ]

    private static let unconfirmed: @Sendable (World) throws -> Void = { world in
        world.unconfirm(Person.customer.email)
        world.store.change { $0.settings.requireEmailVerification = true }
    }

    private static let signedInAlready: [Scenario] = [
        Scenario(
            "who is signed in", open("/auth/login", cookie), .ok,
            [
                "<h1>You are signed in</h1>", "customer@example.org",
                #"<a class="button primary block" href="/auth/account">"#,
                #"<form method="post" action="/auth/logout">"#,
            ], not: ["type=\"password\""]),
        Scenario(
            "who is signed in and came from an application",
            open("/auth/login?\(toApp)", cookie), .ok,
            [
                #"<a class="button primary block" href="https://app.example.org/a?b=c">"#,
                "Continue to app.example.org",
                #"<input type="hidden" name="return_to" value="https://app.example.org/a?b=c">"#,
            ], withApplications),
    ]

    private static let returning: [Scenario] =
        [
            Scenario(
                "a page that leads to an application", open("/auth/login?\(toApp)"), .ok,
                [
                    "Continue to app.example.org",
                    #"name="return_to" value="https://app.example.org/a?b=c""#,
                    "form-action 'self' https://app.example.org;",
                ], withApplications),
            Scenario(
                "signing in to an application", form("/auth/login", "\(right)&\(toApp)"),
                .seeOther, ["Location: https://app.example.org/a?b=c\n"]
            ) {
                withApplications(&$0)
            },
            failure(
                "a wrong password on the way to an application", "\(wrong)&\(toApp)",
                .unauthorized,
                [
                    "Continue to app.example.org",
                    #"name="return_to" value="https://app.example.org/a?b=c""#,
                    "form-action 'self' https://app.example.org;",
                ], withApplications),
            Scenario(
                "signing in to a page of this server",
                form("/auth/login", "\(right)&return_to=%2Fauth%2Fadmin%2Fusers%3Fq%3Dx"),
                .seeOther, ["Location: /auth/admin/users?q=x\n"]
            ),
        ]
        + [
            "https%3A%2F%2Fevil.example%2F", "%2F%2Fevil.example", "%2F%5Cevil.example",
            "http%3A%2F%2Fapp.example.org%2F", "https%3A%2F%2Fapp.example.org%40evil.example%2F",
            "https%3A%2F%2Fapp.example.org.evil.example", "javascript%3Aalert(1)",
            "https%3Aapp.example.org", "%2F%0D%0AX%3A+y", "https%3A%2F%2Fapps.example.org%2F",
        ].flatMap { address in
            [
                Scenario(
                    "no way to \(address)", open("/auth/login?return_to=\(address)"), .ok,
                    not: ["return_to", "evil", "Continue to"], withApplications),
                Scenario(
                    "not back to \(address)",
                    form("/auth/login", "\(right)&return_to=\(address)"), .seeOther,
                    ["Location: /auth/account\n"]
                ) {
                    withApplications(&$0)
                },
            ]
        }
}
