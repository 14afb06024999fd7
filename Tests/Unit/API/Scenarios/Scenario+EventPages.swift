import Crypto
import HTTP
import TestSupport

@testable import Auth

extension Scenario {
    private static let activity = "/auth/account/activity"
    private static let audit = "/auth/admin/audit"

    private static func page(
        _ path: String, as person: Person, _ fields: String...
    ) -> String {
        let cookie = "Cookie: session_token={\(person).cookie}"
        return fields.first.map { open(path, cookie, $0) } ?? open(path, cookie)
    }

    private static func disown(_ session: String, as person: Person = .customer) -> String {
        form(
            "/auth/sessions/\(session)/disown", "", "Cookie: session_token={\(person).cookie}",
            "Sec-Fetch-Site: same-origin")
    }

    /// A page that has the events of `withEvents`.
    private static func shown(
        _ name: String, _ request: String, _ contains: [String], not excludes: [String] = []
    ) -> Scenario {
        Scenario(name, request, .ok, contains, not: excludes) { $0.prepare = withEvents }
    }

    /// What is recorded of an account that is created and trusted, and of a setting.
    private static let withDetails: @Sendable (World) throws -> Void = { world in
        guard let customer = world.account(Person.customer.email)?.id else { return }
        world.store.cause = Cause(actor: .server, recorder: world.recorder)
        try world.store.write { transaction throws(AuthError) in
            try transaction.record(
                .userCreated, of: customer,
                [
                    EventChange(.email, to: Person.customer.email), EventChange(.role, to: "user"),
                    EventChange(.tier, to: "free"), EventChange(.status, to: "active"),
                ])
            try transaction.record(
                .trustGiven, of: customer, [EventChange(.expires, to: TestClock.start.rfc3339)])
            try transaction.record(
                .settingsChanged, of: nil, [EventChange(.register, from: "false", to: "true")])
        }
    }

    static let eventPages: [Scenario] = ownEvents + disowned + allEvents

    private static let ownEvents: [Scenario] = [
        shown(
            "the activity of an account", page(activity, as: .customer),
            [
                "<h1>Activity</h1>", "<p>Session ended</p>", "192.0.2.1",
                "Name changed", "by an administrator", "on another account", "<p>Sign-in failed",
                "192.0.2.4", "by the operator of this server", #"aria-current="page""#,
            ],
            not: ["192.0.2.2", "Server set up", "root", "owner@example.org"]),
        shown(
            "the latest events on the account page", page("/auth/account", as: .customer),
            [#"<section class="panel" id="activity""#, #"href="/auth/account/activity""#]),
        Scenario(
            "an activity in German", page(activity, as: .customer, "Accept-Language: de"), .ok,
            ["<h1>Aktivität</h1>", "<p>Sitzung beendet</p>", "durch einen Administrator"]
        ) { $0.prepare = withEvents },
        Scenario(
            "an activity with a cursor that is none", page("\(activity)?cursor=x", as: .customer),
            .badRequest),
        Scenario(
            "the activity for a program", get(activity, "Cookie: session_token={customer.cookie}"),
            .notFound),
        Scenario(
            "the activity unauthenticated", open(activity), .seeOther, ["/auth/login?return_to="]
        ) {
            $0.type = nil
        },
    ]

    private static let disowned: [Scenario] = [
        Scenario(
            "a sign-in that may be disowned", page(activity, as: .customer), .ok,
            [#"/disown"><button class="button">This was not me<span class="unseen">"#]
        ) {
            $0.before = [login("customer")]
        },
        Scenario(
            "a sign-in that was not me", disown("11111111-1111-4111-8111-111111111111"), .seeOther,
            ["Location: /auth/account?done=disowned#summary\n"]
        ) {
            $0.type = nil
        },
        Scenario(
            "what follows it", page("/auth/account?done=disowned", as: .customer), .ok,
            [
                "Set a new password now", #"href="/auth/password/forgot""#,
                #"action="/auth/password/change""#,
            ]),
        Scenario(
            "what follows it without mail", page("/auth/account?done=disowned", as: .customer), .ok,
            ["Set a new password now"], not: [#"href="/auth/password/forgot""#]
        ) { $0.site.sendsMail = false },
        Scenario(
            "the session of another person", disown("{owner.session}"), .seeOther,
            ["done=disowned"]
        ) { $0.type = nil },
        Scenario(
            "the session of another person goes on",
            get("/auth/me", "Cookie: session_token={owner.cookie}"),
            .ok
        ) { $0.before = [disown("{owner.session}")] },
        Scenario(
            "one's own session", disown("{customer.session}"), .seeOther,
            ["Set-Cookie: session_token=;"]
        ) { $0.type = nil },
        Scenario(
            "after one's own session", page(activity, as: .customer), .seeOther, ["/auth/login"]
        ) {
            $0.type = nil
            $0.before = [disown("{customer.session}")]
        },
        Scenario(
            "a sign-in that another site disowns",
            form(
                "/auth/sessions/{customer.session}/disown", "",
                "Cookie: session_token={customer.cookie}", "Sec-Fetch-Site: cross-site"),
            .forbidden, ["The request came from another site"]),
    ]

    private static let allEvents: [Scenario] = [
        shown(
            "all events", page(audit, as: .admin),
            [
                "<h1>Audit</h1>", "Server set up", "This server", "Command line (root)",
                "Not signed in", "value: <bdi>of the server</bdi>", "192.0.2.2",
                #""><bdi>customer</bdi></a>"#,
                "Not linked yet", "None yet", #"name="since""#,
            ]),
        shown(
            "events of a kind", page("\(audit)?kind=setup.completed", as: .owner),
            ["of the server", #"<option value="setup.completed" selected>"#],
            not: ["192.0.2.1"]),
        shown(
            "events of an account by its id", page("\(audit)?account={customer.id}", as: .owner),
            ["192.0.2.1", "192.0.2.2", "192.0.2.3"], not: ["of the server"]),
        Scenario(
            "events of an account by its email",
            page("\(audit)?kind=login.failed&account=Customer@example.org", as: .owner), .seeOther,
            ["Location: /auth/admin/audit?kind=login.failed&account="]
        ) { $0.type = nil },
        Scenario(
            "events of an email that no account has",
            page("\(audit)?account=none@example.org", as: .owner), .ok,
            ["No account has this email.", #"value="none@example.org""#]),
        shown(
            "no events", page("\(audit)?since=2999-01-01", as: .owner),
            ["No event matches.", #"value="2999-01-01""#]),
        Scenario(
            "events since no day", page("\(audit)?since=soon", as: .owner), .badRequest,
            [##"<a href="#since">"##, #"id="summary""#]),
        Scenario(
            "events of no kind", page("\(audit)?kind=nothing", as: .owner), .badRequest,
            [#"id="summary""#]),
        Scenario(
            "many events", page(audit, as: .owner), .ok,
            ["50 events on this page", #"rel="next" href="/auth/admin/audit?cursor="#]
        ) {
            $0.prepare = { world in for _ in 0..<11 { try withEvents(world) } }
        },
        Scenario(
            "events in German", page(audit, as: .owner, "Accept-Language: de"), .ok,
            ["<h1>Protokoll</h1>", "Server eingerichtet", "Noch nicht verkettet"]
        ) { $0.prepare = withEvents },
        Scenario(
            "details of events in German", page(audit, as: .owner, "Accept-Language: de"), .ok,
            [
                "Rolle: Kunde; Tarif: Kostenlos; Status: Aktiv", "Registrierung erlauben: an",
                #"Gültig bis: <time datetime=""#,
            ], not: [Person.customer.email, "expires", ".000Z"]
        ) { $0.prepare = withDetails },
        shown(
            "the latest events of an account on its page",
            page("/auth/admin/users/{customer.id}", as: .owner),
            [
                #"<section class="panel" id="activity""#, "192.0.2.1", "on the account of",
                #"href="/auth/admin/audit?account="#,
            ], not: ["of the server"]),
        Scenario("all events for a member", page(audit, as: .member), .forbidden),
        Scenario("all events unauthenticated", open(audit), .seeOther, ["/auth/login?"]) {
            $0.type = nil
        },
    ]
}
