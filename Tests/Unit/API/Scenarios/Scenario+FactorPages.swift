import Auth
import HTTP
import TestSupport

/// Second factors in a browser.
extension Scenario {
    private static let cookie = "Cookie: session_token={customer.cookie}"
    private static let pending = "Cookie: session_token_login=\(SampleChallenge.text)"
    private static let right = "method=totp&code=\(SampleApp.code)"
    private static let wrong = "method=totp&code=\(SampleApp.wrongCode)"
    private static let proof = "proof_method=totp&proof_code=\(SampleApp.code)"
    private static let withApp: @Sendable (World) throws -> Void = {
        try $0.addApp(to: .customer)
    }
    private static let waiting: @Sendable (World) throws -> Void = {
        try $0.addApp(to: .customer)
        try $0.beginSignIn(.secondFactor, of: .customer)
    }

    static let factorPages: [Scenario] =
        secondSteps + enrolments + apps + proofsInPlace + sections + admissions + rescues

    /// A form that leads to a page.
    private static func leads(
        _ name: String, _ request: String, _ contains: [String], not excludes: [String] = [],
        _ edit: (inout Scenario) -> Void = { _ in }
    ) -> Scenario {
        Scenario(name, request, .seeOther, contains, not: excludes) {
            $0.type = nil
            edit(&$0)
        }
    }

    private static let secondSteps: [Scenario] = [
        leads(
            "a password leads to the second step",
            form("/auth/login", "email=customer%40example.org&password=correct+horse+battery"),
            ["Location: /auth/login/second\n", "session_token_login=", "; Max-Age=600; HttpOnly"],
            not: ["session_token=", "session_token_device="]
        ) { $0.prepare = withApp },
        Scenario(
            "the second step", open("/auth/login/second", pending), .ok,
            [
                "<h1>Enter your code</h1>", #"autocomplete="one-time-code""#, #"name="trust""#,
                #"name="challenge" value="\#(SampleChallenge.textOfForm)""#,
                "Signing in as customer@example.org.",
            ], not: ["data-passkey", "Use a recovery code", "connect-src", "Set-Cookie"]
        ) { $0.prepare = waiting },
        Scenario(
            "the second step in German",
            open("/auth/login/second", pending, "Accept-Language: de"), .ok,
            [#"<html lang="de">"#], not: ["Enter your code", "Signing in as"]
        ) { $0.prepare = waiting },
        leads(
            "the second step without a cookie", open("/auth/login/second"),
            ["Location: /auth/login?done=expired\n"]
        ) { $0.prepare = waiting },
        leads(
            "the second step after ten minutes", open("/auth/login/second", pending),
            ["Location: /auth/login?done=expired\n"]
        ) {
            $0.prepare = waiting
            $0.elapsing = 600
        },
        leads(
            "the second step of a sign-in that has to add a factor",
            open("/auth/login/second", pending), ["Location: /auth/login/enrol\n"]
        ) { $0.prepare = { try $0.beginSignIn(.enrolment, of: .customer) } },
        leads(
            "the code signs in", form("/auth/login/second", right, pending),
            ["Location: /auth/account\n", "session_token=", "session_token_login=; "],
            not: ["session_token_trust="]
        ) { $0.prepare = waiting },
        leads(
            "the code signs in, and the browser is trusted",
            form("/auth/login/second", right + "&trust=false&trust=true", pending),
            ["session_token=", "session_token_trust="]
        ) { $0.prepare = waiting },
        Scenario(
            "a wrong code", form("/auth/login/second", wrong + "&trust=true", pending),
            .unauthorized,
            [
                "<h1>Enter your code</h1>", "The code is incorrect", #"aria-invalid="true""#,
                #"role="alert""#,
            ], not: [SampleApp.wrongCode]
        ) { $0.prepare = waiting },
        Scenario(
            "no code", form("/auth/login/second", "method=totp", pending), .badRequest,
            ["<h1>Enter your code</h1>", #"aria-invalid="true""#]
        ) { $0.prepare = waiting },
        leads(
            "the last wrong code ends the sign-in", form("/auth/login/second", wrong, pending),
            ["Location: /auth/login?done=expired\n"]
        ) {
            $0.prepare = {
                try $0.addApp(to: .customer)
                try $0.beginSignIn(.secondFactor, of: .customer, failures: 4)
            }
        },
        leads(
            "the challenge of another browser",
            form(
                "/auth/login/second", right + "&challenge=\(SampleChallenge.textOfForm)",
                "Cookie: session_token_login=\(SampleChallenge.textOfForm)"),
            ["Location: /auth/login?done=expired\n"], not: ["session_token="]
        ) { $0.prepare = waiting },
        Scenario(
            "a sign-in that expired", open("/auth/login?done=expired"), .ok,
            ["<h1>Sign in</h1>", #"class="notice info""#]),
        Scenario("the second step for a program", get("/auth/login/second"), .methodNotAllowed),
    ]

    private static let enrolments: [Scenario] = [
        Scenario(
            "a factor that the server requires", open("/auth/login/enrol", pending), .ok,
            [
                "<h1>Protect your account</h1>", #"data-passkey="create""#,
                "Set up an authenticator app", "connect-src 'self'",
                "publickey-credentials-create=(self)",
            ], not: ["/auth/account"]
        ) { $0.prepare = { try $0.beginSignIn(.enrolment, of: .customer) } },
        leads(
            "a factor that nobody requires", open("/auth/login/enrol"),
            ["Location: /auth/login?done=expired\n"]),
        Scenario(
            "an app at a sign-in",
            form("/auth/totp", "challenge=\(SampleChallenge.textOfForm)", pending), .ok,
            [
                "<h1>Set up an authenticator app</h1>", #"<div class="qr">"#, "otpauth://totp/",
                #"name="challenge" value="\#(SampleChallenge.textOfForm)""#,
            ], not: ["Set-Cookie"]
        ) { $0.prepare = { try $0.beginSignIn(.enrolment, of: .customer) } },
        leads(
            "an app at the sign-in of another browser",
            form("/auth/totp", "challenge=\(SampleChallenge.textOfForm)"),
            ["Location: /auth/login?done=expired\n"]
        ) { $0.prepare = { try $0.beginSignIn(.enrolment, of: .customer) } },
    ]

    private static let apps: [Scenario] = [
        Scenario(
            "an app", form("/auth/totp", "", cookie), .ok,
            [
                "<h1>Set up an authenticator app</h1>", #"<div class="qr">"#, #"role="img""#,
                "otpauth://totp/", #"action="/auth/totp/confirm""#,
            ], not: [#"name="challenge""#]),
        Scenario(
            "an app without a fresh proof", form("/auth/totp", "", cookie), .forbidden,
            [
                "<h1>Confirm that it is you</h1>", #"action="/auth/totp""#,
                #"name="proof_password""#,
            ], not: [#"<div class="qr">"#, "otpauth:"]
        ) {
            $0.before = [get("/auth/me", cookie)]
            $0.elapsing = 600
        },
        Scenario(
            "an app with a proof in the form",
            form(
                "/auth/totp", "proof_method=password&proof_password=correct+horse+battery",
                cookie), .ok, [#"<div class="qr">"#]
        ) {
            $0.before = [get("/auth/me", cookie)]
            $0.elapsing = 600
        },
        Scenario(
            "a code of another app", form("/auth/totp/confirm", "code=000000", cookie),
            .unauthorized,
            ["<h1>Set up an authenticator app</h1>", "The code is incorrect"],
            not: ["otpauth:", #"<div class="qr">"#]
        ) { $0.before = [form("/auth/totp", "", cookie)] },
        Scenario(
            "a code after ten minutes", form("/auth/totp/confirm", "code=123456", cookie),
            .unauthorized,
            [
                "This setup has ended", #"role="alert""#, #"action="/auth/totp""#,
                #"href="/auth/account#security""#,
            ], not: [#"name="code""#]),
        Scenario(
            "a code after ten minutes, in German",
            form("/auth/totp/confirm", "code=123456", cookie, "Accept-Language: de"),
            .unauthorized, ["Diese Einrichtung ist beendet"], not: ["This setup has ended"]),
        Scenario(
            "another app", form("/auth/totp", "", cookie), .forbidden,
            ["<h1>Confirm that it is you</h1>", #"name="proof_code""#],
            not: [#"<div class="qr">"#]
        ) { $0.prepare = withApp },
    ]

    private static let proofsInPlace: [Scenario] = [
        Scenario(
            "an app is removed with a proof only", form("/auth/totp/delete", "", cookie),
            .forbidden,
            [
                "<h1>Confirm that it is you</h1>", #"action="/auth/totp/delete""#,
                #"name="proof_method" value="totp""#, #"name="proof_code""#,
                #"href="/auth/account#security""#,
            ], not: [#"name="proof_password""#]
        ) { $0.prepare = withApp },
        Scenario(
            "a passkey without a proof", form("/auth/passkeys", "name=Laptop&credential=", cookie),
            .forbidden,
            [
                "<h1>Confirm that it is you</h1>", #"action="/auth/passkeys""#,
                #"name="name" value="Laptop""#,
            ]
        ) { $0.prepare = withApp },
        Scenario(
            "a passkey after the proof",
            form("/auth/passkeys", "name=Laptop&credential=&\(proof)", cookie), .ok,
            [
                "<h1>Add a passkey</h1>", #"data-passkey="create""#,
                #"name="name" value="Laptop""#,
            ], not: ["proof_code"]
        ) { $0.prepare = withApp },
        leads(
            "an app is removed with a proof in the form",
            form("/auth/totp/delete", proof, cookie), ["Location: /auth/account?done="]
        ) { $0.prepare = withApp },
        Scenario(
            "a wrong proof in the form",
            form(
                "/auth/totp/delete", "proof_method=totp&proof_code=\(SampleApp.wrongCode)",
                cookie), .unauthorized,
            [
                "<h1>Confirm that it is you</h1>", "The code is incorrect",
                #"action="/auth/totp/delete""#,
            ], not: [SampleApp.wrongCode]
        ) { $0.prepare = withApp },
        Scenario(
            "what was typed is kept",
            form("/auth/api-keys", "name=ci&scopes=&scopes=read&expiresIn=30d", cookie),
            .forbidden,
            [
                "<h1>Confirm that it is you</h1>", #"action="/auth/api-keys""#,
                #"name="name" value="ci""#, #"name="scopes" value="read""#,
                #"name="expiresIn" value="30d""#,
            ]
        ) { $0.prepare = withApp },
        Scenario(
            "the form goes on after the proof",
            form(
                "/auth/api-keys", "name=ci&scopes=&scopes=read&expiresIn=30d&\(proof)", cookie),
            .ok, ["luna_", "<bdi>ci</bdi>"]
        ) { $0.prepare = withApp },
        Scenario(
            "secrets are not kept",
            form(
                "/auth/password/change",
                "currentPassword=correct+horse+battery&newPassword=another+secret+text", cookie),
            .forbidden,
            [
                "<h1>Confirm that it is you</h1>", #"action="/auth/reauthenticate""#,
                #"name="return_to" value="/auth/account#password""#,
            ], not: ["another secret text", #"name="newPassword""#]
        ) { $0.prepare = withApp },
        Scenario(
            "the page of a proof", open("/auth/reauthenticate", cookie), .ok,
            ["<h1>Confirm that it is you</h1>", #"name="proof_code""#]
        ) { $0.prepare = withApp },
        leads(
            "a proof leads back",
            form("/auth/reauthenticate", "\(proof)&return_to=%2Fauth%2Faccount", cookie),
            ["Location: /auth/account\n"]
        ) { $0.prepare = withApp },
    ]

    /// The response of a passkey, as a form sends it.
    private static let unknownPasskey =
        assertion(clientData).trimmingPrefix(#""credential":"#).replacing("\"", with: "%22")

    private static let sections: [Scenario] = [
        Scenario(
            "sign-in with a passkey, on the page that is kept in memory", open("/auth/login"), .ok,
            [#"data-passkey="get""#, "connect-src 'self'"]),
        Scenario(
            "an account without a second factor", open("/auth/account", cookie), .ok,
            [
                "Only your password protects this account", #"action="/auth/totp""#,
                #"data-passkey="create""#, "connect-src 'self'",
                #"data-proof="/auth/reauthenticate?return_to=%2Fauth%2Faccount%23security""#,
                #"data-passkey-signal="signalAllAcceptedCredentials""#,
                "&quot;rpId&quot;:&quot;localhost&quot;",
                "&quot;allAcceptedCredentialIds&quot;:[]",
            ], not: ["/auth/totp/delete", "/auth/recovery-codes", "/auth/password/delete"]),
        Scenario(
            "an account with an app", open("/auth/account", cookie), .ok,
            [
                #"action="/auth/totp/delete""#, #"action="/auth/recovery-codes""#,
                "No recovery codes are left", "Running low",
            ], not: ["Only your password protects this account"]
        ) { $0.prepare = withApp },
        Scenario(
            "an account at an address that is no name", open("/auth/account", cookie), .ok,
            ["Passkeys are not available: the address of this site is a number"],
            not: ["data-passkey", "connect-src"]
        ) { $0.site.website = "http://127.0.0.1:8080" },
        Scenario(
            "a passkey that no account has",
            form("/auth/passkeys/login", "credential=\(unknownPasskey)"), .unauthorized,
            [
                "<h1>Sign in</h1>", #"data-passkey-signal="signalUnknownCredential""#,
                "&quot;credentialId&quot;:&quot;AQI&quot;",
            ], not: ["Set-Cookie"]
        ) { $0.prepare = { $0.addChallenge(.passkeySignIn) } },
        Scenario(
            "an account with an app in German",
            open("/auth/account", cookie, "Accept-Language: de"), .ok,
            ["Keine Wiederherstellungscodes mehr übrig", "Wird knapp", "Anmeldewege"],
            not: ["Running low", "Sign-in methods", "New codes replace them"]
        ) { $0.prepare = withApp },
        Scenario(
            "the setting that switches off sign-in",
            open("/auth/admin/settings", "Cookie: session_token={owner.cookie}"), .ok,
            ["With a password or a passkey. When off, only the owner and administrators can"]),
        Scenario(
            "the offer of a passkey", open("/auth/passkeys/offer", cookie), .ok,
            ["<h1>Sign in faster next time</h1>", #"data-passkey="create""#, "Not now"]),
    ]

    private static let owner = "Cookie: session_token={owner.cookie}"

    private static let invitation = "role=member&tier=free&maxUses=1&expiresIn=7d"
    private static let ownerWithApp: @Sendable (World) throws -> Void = {
        try $0.addApp(to: .owner)
    }

    /// What lets people in, of an owner whose session has not proven the second factor.
    private static let admissions: [Scenario] =
        [
            ("/auth/invites", invitation, "/auth/invites\""),
            ("/auth/users/{pending.id}/approve", "", "/auth/users/"),
            ("/auth/users/{pending.id}/decline", "", "/auth/users/"),
            ("/auth/users/{customer.id}/unlock", "", "/auth/users/"),
        ].map { path, body, action in
            Scenario(
                "\(path) asks for a proof", form(path, body, owner), .forbidden,
                [
                    "<h1>Confirm that it is you</h1>", "action=\"\(action)",
                    "Then your change is made",
                ]
            ) { $0.prepare = ownerWithApp }
        } + [
            Scenario(
                "an invitation after the proof",
                form("/auth/invites", "\(invitation)&\(proof)", owner), .ok,
                [#"id="created""#]
            ) { $0.prepare = ownerWithApp },
            leads(
                "an approval after the proof",
                form("/auth/users/{pending.id}/approve", proof, owner),
                ["Location: /auth/admin/users/", "done=approved"]
            ) { $0.prepare = ownerWithApp },
            Scenario(
                "a password is no proof where none is checked",
                form(
                    "/auth/invites",
                    "\(invitation)&proof_method=password&proof_password=correct+horse+battery",
                    owner), .forbidden, ["<h1>Confirm that it is you</h1>"]
            ) { $0.prepare = ownerWithApp },
        ]

    private static let rescues: [Scenario] = [
        Scenario(
            "the factors of an account",
            open("/auth/admin/users/{customer.id}", "Cookie: session_token={owner.cookie}"), .ok,
            ["Sign-in methods", "Reset second factors", "/factors/delete"]
        ) { $0.prepare = withApp },
        leads(
            "an administrator resets the factors",
            form(
                "/auth/users/{customer.id}/factors/delete", "",
                "Cookie: session_token={owner.cookie}"),
            ["Location: /auth/admin/users/", "?done=factors\n"]
        ) { $0.prepare = withApp },
    ]
}
