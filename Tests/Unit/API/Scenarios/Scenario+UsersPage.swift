import Auth
import HTTP
import TestSupport

extension Scenario {
    private static let path = "/auth/admin/users"

    private static func list(_ query: String = "", as person: Person = .owner) -> String {
        open(path + query, "Cookie: session_token={\(person).cookie}")
    }

    /// A list that has some people and none of the others.
    private static func list(
        _ name: String, _ query: String, _ found: [Person], _ contains: [String] = [],
        as person: Person = .owner
    ) -> Scenario {
        Scenario(
            name, list(query, as: person), .ok,
            ["<h1>Users</h1>"] + found.map { "<bdi>\($0.email)</bdi>" } + contains,
            not: Person.allCases.filter { !found.contains($0) }.map { "<bdi>\($0.email)</bdi>" })
    }

    private static func decide(_ verb: String, _ body: String) -> String {
        form(
            "/auth/users/{pending.id}/\(verb)", body, "Cookie: session_token={owner.cookie}",
            "Sec-Fetch-Site: same-origin")
    }

    private static func decided(_ verb: String, _ body: String, _ location: String) -> Scenario {
        Scenario(
            "\(verb) with \(body)", decide(verb, body), .seeOther, ["Location: \(location)"]
        ) { $0.type = nil }
    }

    static let usersPage: [Scenario] = found + decidedHere

    private static let found: [Scenario] =
        [
            list(
                "the list of users", "", Person.allCases,
                [
                    #"action="/auth/users/"#, #"href="/auth/admin/users?status=pending""#,
                    #"name="query""#, #"aria-current="page""#,
                    #"<input type="hidden" name="from" value="users">"#,
                ]),
            list("users by words", "?query=custom", [.customer], [#"value="custom""#]),
            list(
                "users by status", "?status=pending", [.pending],
                [#"<input type="hidden" name="from" value="waiting">"#]),
            list("users by role", "?role=admin", [.admin]),
            list(
                "users by all", "?query=example&status=active&role=user", [.customer],
                [
                    #"href="/auth/admin/users?query=example&amp;role=user""#,
                    #"href="/auth/admin/users?query=example&amp;status=disabled&amp;role=user""#,
                    #"<input type="hidden" name="status" value="active">"#,
                ]),
            list(
                "users whose address is not confirmed", "?emailVerified=false",
                Person.allCases.filter { $0 != .owner },
                [#"<input type="hidden" name="emailVerified" value="false">"#]),
            list(
                "users by name", "?sort=name", Person.allCases,
                [
                    #"aria-sort="ascending"><a href="/auth/admin/users?sort=nameDescending""#,
                    #"<input type="hidden" name="sort" value="name">"#,
                ]),
            list(
                "users from the newest", "", Person.allCases,
                [
                    #"href="/auth/admin/users?sort=oldest""#,
                    #"All <span class="count">6</span>"#,
                    #"Waiting <span class="count">1</span>"#,
                ]),
            Scenario(
                "figures on the overview",
                open("/auth/admin", "Cookie: session_token={owner.cookie}"), .ok,
                ["At a glance", "<dt>Accounts</dt><dd>6</dd>", "<dt>Waiting</dt><dd>1</dd>"]),
            list("no users", "?query=nothing", [], ["No account matches."]),
            list(
                "users by markup", "?query=%3Cscript%3E", [], [#"value="&lt;script&gt;""#]),
            Scenario(
                "many users", list(), .ok,
                ["50 accounts on this page", #"rel="next" href="/auth/admin/users?cursor="#],
                not: ["First page"]
            ) {
                $0.prepare = { world in
                    for number in 0..<60 { try world.add("user\(number)@example.org") }
                }
            },
            Scenario(
                "the last page of users",
                list("?cursor=AAABi8_lZ_______________________"), .ok,
                [#"<a class="button quiet" href="/auth/admin/users">First page</a>"#],
                not: [#"rel="next""#]),
            Scenario(
                "users by too many characters",
                list("?query=" + String(repeating: "a", count: 255)),
                .badRequest,
                [#"id="summary""#, "Search for at most 254 characters.", #"aria-invalid="true""#],
                not: ["<table"]),
        ]
        + ["status=none", "role=none", "emailVerified=none", "sort=none", "cursor=none"].map {
            query in
            Scenario(
                "users by \(query)", list("?\(query)"), .badRequest,
                ["<h1>Users</h1>", "This list does not exist", #"id="summary""#],
                not: ["<table", "=none"])
        } + [
            Scenario("users for a member", list(as: .member), .forbidden, not: ["<table"]),
            Scenario("bad users for a member", list("?status=none", as: .member), .forbidden),
            Scenario(
                "users unauthenticated", open("/auth/admin/users?status=pending"), .seeOther,
                ["Location: /auth/login?return_to=%2Fauth%2Fadmin%2Fusers%3Fstatus%3Dpending\n"]
            ) { $0.type = nil },
            Scenario(
                "users for a program", get(path, "Cookie: session_token={owner.cookie}"),
                .notFound),
            Scenario(
                "users while the store is broken", list(), .serviceUnavailable,
                ["<!doctype html>"]
            ) {
                $0.around = { world, send in
                    world.store.condition = .broken
                    try send()
                }
            },
        ]

    private static let decidedHere: [Scenario] = [
        decided("approve", "from=overview", "/auth/admin?done=approved\n"),
        decided("decline", "from=overview", "/auth/admin?done=declined\n"),
        decided("approve", "from=users", "/auth/admin/users?done=approved\n"),
        decided("decline", "from=users", "/auth/admin/users?done=declined\n"),
        decided("approve", "from=waiting", "/auth/admin/users?status=pending&done=approved\n"),
        decided("decline", "from=user", "/auth/admin/users?done=declined\n"),
        decided("approve", "from=user", "/auth/admin/users/"),
        decided("approve", "from=https%3A%2F%2Fevil.example", "/auth/admin/users/"),
        Scenario("what was decided", list("?done=approved"), .ok, ["The account was approved"]),
        Scenario(
            "what was not decided", list("?done=%3Cb%3E"), .ok, not: [#"id="summary""#, "<b>"]),
        Scenario(
            "what was decided on the overview",
            open("/auth/admin?done=declined", "Cookie: session_token={owner.cookie}"), .ok,
            ["The account was declined"]),
    ]
}
