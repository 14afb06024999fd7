import Auth
import Crypto
import HTTP
import TestSupport

extension Scenario {
    private static func decide(
        _ verb: String, _ target: Person = .pending, as person: Person = .admin
    ) -> String {
        post(
            "/auth/users/{\(target).id}/\(verb)", "", "Cookie: session_token={\(person).cookie}")
    }

    static let decisions: [Scenario] = [
        Scenario(
            "approved", decide("approve"), .ok,
            [#""email":"pending@example.org""#, #""status":"active""#]),
        Scenario("approved twice", decide("approve"), .ok, [#""status":"active""#]) {
            $0.before = [decide("approve")]
        },
        Scenario(
            "approved, for a browser",
            form(
                "/auth/users/{pending.id}/approve", "", "Cookie: session_token={owner.cookie}"),
            .seeOther, ["Location: /auth/admin/users/", "?done=approved\n"]),
        Scenario(
            "approved, for a browser of a server without pages",
            form(
                "/auth/users/{pending.id}/approve", "", "Cookie: session_token={owner.cookie}"),
            .seeOther, ["Location: /auth/users/", "/decide?done=approved\n"]
        ) { $0.site.hasPages = false },
        Scenario(
            "a page about an address that is not confirmed",
            open("/auth/users/{pending.id}/decide?token=decide-token"), .ok,
            [
                "pending@example.org", "it may belong to another person",
                #"<span class="badge unconfirmed">Not confirmed</span>"#,
            ]
        ) { $0.prepare = { try $0.addLink("decide-token", .decide, of: Person.pending.email) } },
        Scenario(
            "a page of an expired link to decide",
            open("/auth/users/{pending.id}/decide?token=decide-token"), .badRequest,
            ["<h1>This link has expired</h1>", "after 7 days", #"href="/auth/admin""#],
            not: ["pending@example.org", "<form"]
        ) {
            $0.prepare = { try $0.addLink("decide-token", .decide, of: Person.pending.email) }
            $0.elapsing = 604_800
        },
        Scenario(
            "approved, which says whether the address is confirmed", decide("approve"), .ok,
            [#""emailVerified":false"#]),
        Scenario(
            "a disabled account is not approved", decide("approve", .disabled), .conflict,
            [#""code":"not_pending""#]),
        Scenario(
            "approving an unknown account",
            post(
                "/auth/users/\(UUID.random())/approve", "", "Cookie: session_token={owner.cookie}"),
            .notFound, [#""code":"not_found""#]),
        Scenario("declined", decide("decline"), .ok, [#"{"success":true}"#]),
        Scenario(
            "declined twice",
            post(
                "/auth/users/\(UUID.random())/decline", "", "Cookie: session_token={owner.cookie}"),
            .ok, [#"{"success":true}"#]),
        Scenario(
            "declined, for a browser",
            form(
                "/auth/users/{pending.id}/decline", "", "Cookie: session_token={owner.cookie}"),
            .seeOther, ["Location: /auth/admin/users?done=declined\n"]),
        Scenario(
            "who is declined is gone", get("/auth/me", "Cookie: session_token={pending.cookie}"),
            .unauthorized
        ) {
            $0.before = [
                get("/auth/me", "Cookie: session_token={pending.cookie}"), decide("decline"),
            ]
        },
        Scenario(
            "a customer is not declined", decide("decline", .customer), .conflict,
            [#""code":"not_pending""#]),
        Scenario(
            "deciding unauthenticated", post("/auth/users/{pending.id}/approve", ""), .unauthorized,
            ["unauthenticated"]),
        Scenario("a member does not decide", decide("decline", as: .member), .forbidden),
        Scenario(
            "who waits does not decide", decide("approve", as: .pending), .forbidden,
            ["pending_approval"]),
        Scenario(
            "a bad token beside a good cookie",
            post(
                "/auth/users/{pending.id}/approve", #"{"token":"x"}"#,
                "Cookie: session_token={owner.cookie}"), .badRequest, [#""code":"invalid_link""#]),
        Scenario(
            "a token that is none",
            post("/auth/users/{pending.id}/decline", #"{"token":1}"#), .badRequest,
            [#""code":"invalid_request""#, #""token":"must be a string""#]),
        Scenario(
            "a bad link", form("/auth/users/{pending.id}/approve", "token=x"), .badRequest,
            ["<h1>This link does not work</h1>", "Open the link in the newest email."]),
        Scenario(
            "a bad page", open("/auth/users/{pending.id}/decide?token=x"), .badRequest,
            ["<h1>This link does not work</h1>", "Open the link in the newest email."],
            not: ["pending@example.org", "<form"]),
        Scenario(
            "a page without a token", open("/auth/users/{pending.id}/decide"), .badRequest,
            ["<!doctype html>"], not: ["pending@example.org"]),
        Scenario(
            "a page for an administrator without a token",
            open("/auth/users/{pending.id}/decide", "Cookie: session_token={owner.cookie}"),
            .badRequest, not: ["pending@example.org"]),
        Scenario(
            "a link that another site posts",
            form(
                "/auth/users/{pending.id}/approve", "token=x", "Sec-Fetch-Site: cross-site"),
            .forbidden, ["<!doctype html>"]),
        Scenario(
            "a form where none belongs", form("/auth/refresh", "signup=false"),
            .unsupportedMediaType, ["<h1>The request cannot be read</h1>"]),
        Scenario(
            "another type where forms belong",
            form("/auth/users/{pending.id}/approve", "token=x")
                .replacing("x-www-form-urlencoded", with: "xml"), .unsupportedMediaType,
            [#""code":"unsupported_media_type""#]),
    ]
}
