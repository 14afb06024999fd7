import Auth
import HTTP
import TestSupport

extension Scenario {
    private static let path = "/auth/account"

    private static func cookie(_ person: String) -> String {
        "Cookie: session_token={\(person).cookie}"
    }

    private static func account(_ query: String = "", of person: String = "customer") -> String {
        open(path + query, cookie(person))
    }

    private static func submit(
        _ path: String, _ body: String, as person: String = "customer"
    ) -> String {
        form(path, body, cookie(person), "Sec-Fetch-Site: same-origin")
    }

    /// A form that leads back to a section of the page.
    private static func done(
        _ name: String, _ request: String, _ location: String,
        _ edit: (inout Scenario) -> Void = { _ in }
    ) -> Scenario {
        Scenario(name, request, .seeOther, ["Location: \(location)\n"]) {
            $0.type = nil
            edit(&$0)
        }
    }

    /// A form that is shown again.
    private static func failed(
        _ name: String, _ request: String, _ status: Status, _ contains: [String],
        not excludes: [String] = [], _ edit: (inout Scenario) -> Void = { _ in }
    ) -> Scenario {
        Scenario(
            name, request, status,
            ["<h1>Your account</h1>", #"id="summary""#, #"tabindex="-1" autofocus"#] + contains,
            not: excludes, edit)
    }

    static let accountPage: [Scenario] = shown + waiting + changed + refused

    private static let shown: [Scenario] = [
        Scenario(
            "the account", account(), .ok,
            [
                "<title>Your account · ", #"action="/auth/me/update""#, #"value="customer""#,
                #"<option value="" selected>"#, "customer@example.org", #"href="/auth/me/export""#,
                #"action="/auth/password/change""#, #"action="/auth/email/change""#,
                #"action="/auth/api-keys""#, #"action="/auth/me/delete""#,
                #"Sessions <span class="count">1</span>"#,
                #"API keys <span class="count">0</span>"#,
                "<dd>Customer</dd>", "<dd>Free</dd>", "This device</span>",
            ],
            not: [
                "Administration", #"id="summary""#, "/auth/sessions/end", #"value="admin""#,
                "luna_",
            ]),
        Scenario(
            "the account of an owner", account(of: "owner"), .ok,
            ["Administration", #"value="admin""#, "the owner&#39;s account cannot be deleted"],
            not: ["/auth/me/delete"]),
        Scenario(
            "an account without mails", account(), .ok, ["This server sends no email"],
            not: ["/auth/email/change", "/auth/email/verify/resend"]
        ) { $0.site.sendsMail = false },
        Scenario(
            "a confirmed address", account(), .ok, ["Confirmed</span>"],
            not: ["/auth/email/verify/resend"]
        ) { $0.prepare = { $0.confirm(Person.customer.email) } },
        Scenario(
            "an unconfirmed address", account(), .ok,
            ["Not confirmed", #"action="/auth/email/verify/resend""#]
        ) { $0.prepare = { $0.unconfirm(Person.customer.email) } },
        Scenario(
            "a name with markup", account(), .ok, [#"value="&lt;b&gt;&quot;x""#], not: ["<b>\"x"]
        ) { $0.prepare = { $0.change(Person.customer.email) { $0.name = "<b>\"x" } } },
        Scenario(
            "an API key", account(), .ok,
            [
                "<bdi>Sample</bdi>", #"API keys <span class="count">1</span>"#, "reads and writes",
                "never used", #"/revoke"><button class="button quiet danger">Revoke"#,
                "Ends in 7 days",
            ]
        ) {
            $0.prepare = {
                try $0.makeKey(of: Person.customer.email, lifetime: 7 * 86_400)
            }
        },
        Scenario(
            "another session", account(), .ok,
            [
                #"Sessions <span class="count">2</span>"#,
                #"/end"><button class="button quiet">End"#,
                #"action="/auth/sessions/end""#,
            ]
        ) { $0.prepare = { _ = try $0.signIn(Person.customer.email) } },
        Scenario(
            "many sessions", account(), .ok,
            ["1 to 10 of 13", #"href="/auth/account?sessions=2#sessions""#]
        ) {
            $0.prepare = { world in
                for _ in 0..<12 { _ = try world.signIn(Person.customer.email) }
            }
        },
        Scenario(
            "the last of many sessions", account("?sessions=2"), .ok,
            ["11 to 13 of 13", #"href="/auth/account?sessions=1#sessions""#],
            not: ["This device</span>", "sessions=3"]
        ) {
            $0.prepare = { world in
                for _ in 0..<12 { _ = try world.signIn(Person.customer.email) }
            }
        },
        Scenario("what was done", account("?done=password"), .ok, ["Your password was changed"]),
        Scenario(
            "what was not done", account("?done=%3Cb%3E"), .ok, not: [#"id="summary""#, "<b>"]),
        Scenario(
            "the account unauthenticated", open(path + "?done=link"), .seeOther,
            ["Location: /auth/login?return_to=%2Fauth%2Faccount%3Fdone%3Dlink\n"]
        ) { $0.type = nil },
        Scenario(
            "the account of a disabled account", account(of: "disabled"), .seeOther,
            ["Location: /auth/login?"]
        ) { $0.type = nil },
        Scenario("the account for a program", get(path, cookie("customer")), .notFound),
    ]

    private static let waiting: [Scenario] = [
        Scenario(
            "the page of an account that waits", account(of: "pending"), .ok,
            ["<h1>Your account is waiting for approval</h1>", #"action="/auth/logout""#],
            not: ["/auth/me/update", "/auth/api-keys"]),
        Scenario(
            "a form of an account that waits", submit("/auth/me/update", "name=Ada", as: "pending"),
            .forbidden, ["<h1>Your account is waiting for approval</h1>"]),
        Scenario(
            "an account whose address has to be confirmed", account(of: "customer"), .ok,
            [
                "<h1>Your email is not confirmed</h1>", #"action="/auth/email/verify/resend""#,
                #"action="/auth/email/change""#,
            ], not: ["/auth/me/update", "/auth/api-keys"]
        ) { $0.prepare = mustConfirm },
        done(
            "the link for an address that has to be confirmed",
            submit("/auth/email/verify/resend", ""), "/auth/account?done=link#summary"
        ) { $0.prepare = mustConfirm },
        Scenario(
            "a link that was sent", account("?done=link"), .ok, ["We sent you a link."]
        ) { $0.prepare = mustConfirm },
    ]

    private static let mustConfirm: @Sendable (World) throws -> Void = { world in
        world.unconfirm(Person.customer.email)
        world.store.change { $0.settings.requireEmailVerification = true }
    }

    private static let keyID = "22222222-2222-4222-8222-222222222222"
    private static let keyForm = "form_id=\(keyID)&name=ci&scopes=&scopes=read&expiresIn="

    private static let changed: [Scenario] = [
        done(
            "a name", submit("/auth/me/update", "name=Ada&language=de"),
            "/auth/account?done=profile#summary"),
        Scenario(
            "a name and a language are shown", account(), .ok,
            [#"value="Ada""#, #"<option value="de""#]
        ) { $0.before = [submit("/auth/me/update", "name=Ada&language=de")] },
        done(
            "another password",
            submit(
                "/auth/password/change",
                "currentPassword=correct+horse+battery&newPassword=another+password"
                    + "&revokeApiKeys=false&revokeApiKeys=true"),
            "/auth/account?done=password#summary"),
        done(
            "another address",
            submit(
                "/auth/email/change", "email=new@example.org&password=correct+horse+battery"),
            "/auth/account?done=email#summary"),
        done(
            "a link to confirm", submit("/auth/email/verify/resend", ""),
            "/auth/account?done=link#summary"
        ) { $0.prepare = { $0.unconfirm(Person.customer.email) } },
        done(
            "an address that is confirmed", submit("/auth/email/verify/resend", ""),
            "/auth/account?done=confirmed#summary"
        ) { $0.prepare = { $0.confirm(Person.customer.email) } },
        done(
            "the end of other sessions", submit("/auth/sessions/end", ""),
            "/auth/account?done=sessions#summary"),
        done(
            "the end of a session, twice",
            submit("/auth/sessions/11111111-1111-4111-8111-111111111111/end", ""),
            "/auth/account?done=session#summary"),
        done(
            "the end of this session",
            submit("/auth/sessions/{customer.session}/end", ""),
            "/auth/account?done=session#summary"),
        Scenario("after the end of this session", account(), .seeOther, ["/auth/login"]) {
            $0.type = nil
            $0.before = [submit("/auth/sessions/{customer.session}/end", "")]
        },
        Scenario(
            "a key", submit("/auth/api-keys", "name=ci&scopes=&scopes=read&expiresIn=90d"), .ok,
            [
                "<h1>Your new API key</h1>", #"<code id="secret">luna_"#, "<bdi>ci</bdi>",
                "curl http://localhost:8080/auth/me", "Read your account",
                #"<time datetime="2024-02-12">12 February 2024</time>"#, "/revoke",
            ], not: ["Change your account"]),
        Scenario(
            "a key whose form was sent twice", submit("/auth/api-keys", keyForm), .ok,
            [
                "<h1>This API key was already created</h1>", "<bdi>ci</bdi>", "/revoke",
                #"API keys <span class="count">1</span>"#,
            ], not: [#"id="secret""#]
        ) { $0.before = [submit("/auth/api-keys", keyForm)] },
        Scenario(
            "a key whose form was sent again after its end", submit("/auth/api-keys", keyForm), .ok,
            ["It has expired or was revoked since.", #"API keys <span class="count">0</span>"#],
            not: ["/revoke", #"id="secret""#]
        ) {
            $0.before = [
                submit("/auth/api-keys", keyForm),
                submit("/auth/api-keys/\(keyID)/revoke", ""),
            ]
        },
        done(
            "the end of a key, twice",
            submit("/auth/api-keys/11111111-1111-4111-8111-111111111111/revoke", ""),
            "/auth/account?done=key#summary"),
        done(
            "the end of an account",
            submit("/auth/me/delete", "password=correct+horse+battery"),
            "/auth/login?done=deleted"),
        Scenario("after its end", account(), .seeOther, ["/auth/login"]) {
            $0.type = nil
            $0.before = [submit("/auth/me/delete", "password=correct+horse+battery")]
        },
    ]

    private static let refused: [Scenario] = [
        failed(
            "a name that is none", submit("/auth/me/update", "name=%E2%80%AEabc&language=de"),
            .badRequest,
            [
                "Your profile was not saved", ##"<a href="#name">"##, "value=\"\u{202E}abc\"",
                #"aria-invalid="true""#, #"<option value="de" lang="de" selected>"#,
            ]),
        failed(
            "a wrong current password",
            submit("/auth/password/change", "currentPassword=wrong&newPassword=another+password"),
            .forbidden,
            ["Your password was not changed", ##"<a href="#currentPassword">"##],
            not: ["another password", "wrong\""]),
        failed(
            "a new password that is too short",
            submit("/auth/password/change", "currentPassword=wrong&newPassword=x"), .badRequest,
            [##"<a href="#newPassword">"##, "This password has 1 character. Use at least 8."]),
        failed(
            "another address with a wrong password",
            submit("/auth/email/change", "email=new@example.org&password=wrong"), .forbidden,
            [
                "Your email was not changed", ##"<a href="#email-password">"##,
                #"value="new@example.org""#, #"<details class="fold" open>"#,
            ]),
        failed(
            "a key without a name", submit("/auth/api-keys", "name=&scopes=&scopes=write"),
            .badRequest, [##"<a href="#key-name">"##, #"<details class="fold" open>"#],
            not: [#"id="key-password""#]),
        failed(
            "a key without access", submit("/auth/api-keys", "name=ci&scopes="), .badRequest,
            [##"<a href="#key-scopes">"##]),
        failed(
            "a key when the password was given long ago",
            submit("/auth/api-keys", "name=ci&scopes=&scopes=read&expiresIn=1y"), .forbidden,
            [
                "Confirm that it is you", "Your last proof is more than ten minutes old.",
                #"id="key-password""#, #"value="ci""#,
                #"value="1y" selected"#,
            ], not: ["luna_"]
        ) {
            $0.before = [account()]
            $0.elapsing = 601
        },
        failed(
            "a key with a wrong password",
            submit("/auth/api-keys", "name=ci&scopes=&scopes=read&password=wrong"), .forbidden,
            ["The API key was not created", ##"<a href="#key-password">"##, #"id="key-password""#]),
        failed(
            "the end of an account with a wrong password",
            submit("/auth/me/delete", "password=wrong"), .forbidden,
            ["Your account was not deleted", ##"<a href="#delete-password">"##]),
        failed(
            "the sixteenth wrong password", submit("/auth/me/delete", "password=wrong"),
            .tooManyRequests, ["Your account was not deleted", "Retry-After: "]
        ) {
            $0.before = [String](
                repeating: submit("/auth/me/delete", "password=wrong"), count: 15)
        },
        failed(
            "the end of the owner",
            submit("/auth/me/delete", "password=correct+horse+battery", as: "owner"), .forbidden,
            ["The owner&#39;s account is protected"]),
        Scenario(
            "a form of another site",
            form(
                "/auth/me/update", "name=Ada", cookie("customer"), "Sec-Fetch-Site: cross-site"),
            .forbidden, ["The request came from another site"], not: ["customer@example.org"]),
        Scenario(
            "a form without a session", form("/auth/me/update", "name=Ada"), .seeOther,
            ["Location: /auth/login?return_to=%2Fauth%2Faccount\n"]
        ) { $0.type = nil },
        Scenario(
            "a form with an API key",
            form(
                "/auth/me/delete", "password=x", "Authorization: Bearer {customer.key}",
                "Sec-Fetch-Site: same-origin"), .forbidden,
            ["An API key cannot do this"], not: ["customer@example.org"]),
        Scenario(
            "a form while the database is broken", submit("/auth/me/update", "name=Ada"),
            .serviceUnavailable, ["<!doctype html>"]
        ) {
            $0.around = { world, send in
                world.store.condition = .broken
                try send()
            }
        },
    ]
}
