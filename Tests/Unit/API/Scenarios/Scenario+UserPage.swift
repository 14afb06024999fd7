import Auth
import Crypto
import HTTP
import TestSupport

extension Scenario {
    private static func page(
        of target: Person = .member, _ query: String = "", as person: Person = .owner
    ) -> String {
        open(
            "/auth/admin/users/{\(target).id}\(query)", "Cookie: session_token={\(person).cookie}")
    }

    private static func submit(
        _ verb: String, _ body: String = "", to target: Person = .member,
        as person: Person = .owner
    ) -> String {
        form(
            "/auth/users/{\(target).id}/\(verb)", body, "Cookie: session_token={\(person).cookie}",
            "Sec-Fetch-Site: same-origin")
    }

    /// A form that leads back to the page.
    private static func done(
        _ verb: String, _ body: String, _ word: String, to target: Person = .member,
        as person: Person = .owner, before: [String] = []
    ) -> Scenario {
        Scenario(
            "\(verb) with \(body) by \(person)", submit(verb, body, to: target, as: person),
            .seeOther, ["Location: /auth/admin/users/", "?done=\(word)\n"]
        ) {
            $0.type = nil
            $0.before = before
        }
    }

    /// A form that is shown again.
    private static func failed(
        _ name: String, _ request: String, _ status: Status, _ contains: [String],
        not excludes: [String] = [], _ edit: (inout Scenario) -> Void = { _ in }
    ) -> Scenario {
        Scenario(
            name, request, status, [#"id="summary""#, #"tabindex="-1" autofocus"#] + contains,
            not: excludes, edit)
    }

    static let userPage: [Scenario] = shown + changed + refused

    private static let shown: [Scenario] = [
        Scenario(
            "the page of a member", page(), .ok,
            [
                "<h1><bdi>member</bdi></h1>", "member@example.org", #"/reset">"#,
                #"name="status" value="disabled""#, #"name="emailVerified" value="true""#,
                #"<option value="admin">"#, #"<option value="member" selected>"#, #"/delete">"#,
                "Type member@example.org to confirm", "No API keys.",
                "No invitations.", #"href="/auth/admin/users""#,
            ], not: [#"name="password""#, "newPassword", "/unlock", "/approve", #"id="summary""#]),
        Scenario(
            "the page of a member for an administrator", page(as: .admin), .ok,
            [#"<option value="member" selected>"#], not: [#"<option value="admin">"#]),
        Scenario(
            "the page of the owner for an administrator", page(of: .owner, as: .admin), .ok,
            ["Only the owner of this site changes"],
            not: [
                #"/update">"#, #"/reset">"#, #"/delete">"#, "/sessions/end", "/api-keys/revoke",
            ]),
        Scenario(
            "the page of one's own account", page(of: .admin, as: .admin), .ok,
            ["This device", "The role of this account cannot be changed here."],
            not: [#"/delete">"#, #"name="status""#]),
        Scenario(
            "the page of an account that waits", page(of: .pending), .ok,
            [#"/approve">"#, #"/decline">"#, #"name="from" value="user""#],
            not: [#"name="status""#]),
        Scenario(
            "the page of a disabled account", page(of: .disabled), .ok,
            [#"name="status" value="active""#], not: [#"/reset">"#]),
        Scenario(
            "what belongs to an account", page(), .ok,
            [
                "<bdi>Sample</bdi>", "reads and writes", #"<input type="hidden" name="key""#,
                #"<input type="hidden" name="session""#, "End all",
            ], not: ["Revoke all"]
        ) {
            $0.prepare = { world in
                _ = try world.signIn(Person.member.email)
                try world.makeKey(of: Person.member.email)
            }
        },
        Scenario(
            "a server without mails", page(), .ok, not: [#"/reset">"#]
        ) { $0.site.sendsMail = false },
        Scenario(
            "a name with markup", page(), .ok, ["<h1><bdi>&lt;b&gt;x</bdi></h1>"], not: ["<b>x"]
        ) { $0.prepare = { $0.change(Person.member.email) { $0.name = "<b>x" } } },
        Scenario(
            "an account that is limited", page(), .ok,
            ["Sign-in is temporarily limited", #"/unlock">"#]
        ) {
            $0.before = [String](repeating: login("member", "wrong password"), count: 12)
        },
        Scenario(
            "what was done to an account", page(of: .member, "?done=reset"), .ok,
            ["A link that sets a new password is on its way"]),
        Scenario(
            "what was not done to an account", page(of: .member, "?done=%3Cb%3E"), .ok,
            not: [#"id="summary""#]),
        Scenario(
            "the page of no account",
            open(
                "/auth/admin/users/\(UUID.random())", "Cookie: session_token={owner.cookie}"),
            .notFound, ["<h1>This page does not exist</h1>"]),
        Scenario("the page for a member", page(as: .member), .forbidden, not: ["/update"]),
        Scenario(
            "the page for a program",
            get("/auth/admin/users/{member.id}", "Cookie: session_token={owner.cookie}"),
            .notFound),
    ]

    private static let changed: [Scenario] = [
        done("update", "role=admin&tier=team", "rights"),
        done("update", "tier=pro", "rights", as: .admin),
        done("update", "name=Ada", "name"),
        done("update", "status=disabled", "disabled"),
        done("update", "status=active", "enabled", to: .disabled),
        done("update", "emailVerified=true", "confirmed"),
        done("reset", "", "reset"),
        done("unlock", "", "unlocked"),
        done("sessions/end", "session={member.session}", "session"),
        done(
            "sessions/end", "session={member.session}", "session",
            before: [submit("sessions/end", "session={member.session}")]),
        done("sessions/end", "", "sessions"),
        done("api-keys/revoke", "key=\(UUID.random())", "key"),
        done("api-keys/revoke", "", "keys"),
        Scenario(
            "an account is deleted", submit("delete", "confirm=Member%40example.org"), .seeOther,
            ["Location: /auth/admin/users?done=deleted\n"]
        ) { $0.type = nil },
        Scenario(
            "a session that an administrator ended",
            get("/auth/me", "Cookie: session_token={member.cookie}"), .unauthorized
        ) {
            $0.before = [
                get("/auth/me", "Cookie: session_token={member.cookie}"), submit("sessions/end"),
            ]
        },
        Scenario(
            "the list after a deletion",
            open("/auth/admin/users?done=deleted", "Cookie: session_token={owner.cookie}"), .ok,
            ["The account was deleted with everything"]),
    ]

    private static let refused: [Scenario] = [
        failed(
            "a deletion with another address",
            submit("delete", "confirm=other%40example.org"), .badRequest,
            [
                "The account was not deleted", "This is not the email of the account.",
                ##"href="#confirm""##, #"value="other@example.org""#,
            ]),
        failed(
            "a deletion without an address", submit("delete"), .badRequest,
            [##"href="#confirm""##]),
        failed(
            "an empty name", submit("update", "name=+"), .badRequest,
            ["The name was not changed", ##"href="#name""##, "<details class=\"fold\" open>"]),
        failed(
            "a role that there is not", submit("update", "role=queen&tier=free"), .badRequest,
            ["Role and plan were not saved"]),
        failed(
            "an administrator made by an administrator",
            submit("update", "role=admin", as: .admin), .forbidden,
            ["Role and plan were not saved", "Only the owner of this site changes"]),
        failed(
            "the owner disabled by an administrator",
            submit("update", "status=disabled", to: .owner, as: .admin), .forbidden,
            ["Only the owner of this site changes"]),
        failed(
            "the sessions of the owner ended by an administrator",
            submit("sessions/end", "", to: .owner, as: .admin), .forbidden,
            ["No session was ended"]),
        failed(
            "the owner deleted", submit("delete", "confirm=owner%40example.org", to: .owner),
            .forbidden, ["The account was not deleted"]),
        failed(
            "a link for a disabled account", submit("reset", "", to: .disabled), .forbidden,
            ["No link was sent"]),
        failed(
            "an account that does not wait is approved", submit("approve", "", to: .disabled),
            .conflict, ["The account was neither approved nor declined"]),
        Scenario(
            "a session that is none", submit("sessions/end", "session=all"), .notFound,
            ["<!doctype html>"]),
        Scenario(
            "a form for no account",
            form(
                "/auth/users/\(UUID.random())/update", "name=Ada",
                "Cookie: session_token={owner.cookie}", "Sec-Fetch-Site: same-origin"),
            .notFound, ["<!doctype html>"]),
        Scenario(
            "a form of a member", submit("update", "name=Ada", to: .customer, as: .member),
            .forbidden, ["<!doctype html>"], not: ["customer@example.org"]),
        Scenario(
            "a form of another site",
            form(
                "/auth/users/{member.id}/delete", "confirm=member%40example.org",
                "Cookie: session_token={owner.cookie}", "Sec-Fetch-Site: cross-site"),
            .forbidden, ["<h1>The request came from another site</h1>"]),
        Scenario(
            "a form unauthenticated",
            form("/auth/users/{member.id}/update", "name=Ada", "Sec-Fetch-Site: same-origin"),
            .seeOther, ["Location: /auth/login?return_to="]
        ) { $0.type = nil },
        Scenario(
            "a form of a program",
            bareForm(
                "/auth/users/{member.id}/update", "name=Ada",
                "Cookie: session_token={owner.cookie}", "Origin: http://localhost:8080"),
            .notFound),
    ]
}
