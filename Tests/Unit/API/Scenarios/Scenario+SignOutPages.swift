import API
import Auth
import HTTP
import TestSupport
import Web

/// Signing out, being refused by an application, and the ways to all pages.
extension Scenario {
    static let signOutPages: [Scenario] = askedLogout + deniedPages + startPages

    private static let cookie = "Cookie: session_token={customer.cookie}"
    private static let foreign = ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"]
        .joined(separator: "\n")
    private static let cleared =
        "Set-Cookie: session_token=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax\n"
    private static let back = "return_to=https%3A%2F%2Fapp.example.org%2F"

    private static func redirect(
        _ name: String, _ request: String, to location: String, _ status: Status = .seeOther,
        edit: (inout Scenario) -> Void = { _ in }
    ) -> Scenario {
        Scenario(name, request, status, ["Location: \(location)\n"]) {
            edit(&$0)
        }
    }

    private static let askedLogout: [Scenario] = [
        Scenario(
            "a link on another site", open("/auth/logout", cookie, foreign), .ok,
            [
                "<h1>Sign out?</h1>", "customer@example.org",
                #"<form method="post" action="/auth/logout">"#,
            ], not: ["Set-Cookie", "Clear-Site-Data"]),
        Scenario("a link on another site ends nothing", get("/auth/me", cookie), .ok) {
            $0.before = [open("/auth/logout", cookie, foreign)]
        },
        redirect(
            "a link on another site for who is signed out", open("/auth/logout", foreign),
            to: "/login", .found),
        redirect(
            "a link on the same site",
            open("/auth/logout", cookie, "Sec-Fetch-Site: same-site\nSec-Fetch-Mode: navigate"),
            to: "/login", .found),
        redirect(
            "a posted form", form("/auth/logout", "", cookie, "Sec-Fetch-Site: same-origin"),
            to: "/login"),
        redirect(
            "a posted form leads to sign-in",
            form("/auth/logout", "", cookie, "Sec-Fetch-Site: same-origin"),
            to: "/auth/login?done=logout"
        ) { $0.site.logoutRedirect = "/auth/login" },
        Scenario(
            "a form of another site",
            form("/auth/logout", "", cookie, "Sec-Fetch-Site: cross-site"), .forbidden),
        Scenario("a posted form ends the session", get("/auth/me", cookie), .unauthorized) {
            $0.before = [form("/auth/logout", "", cookie, "Sec-Fetch-Site: same-origin")]
        },
        Scenario(
            "what a posted form has cleared",
            form("/auth/logout", "", cookie, "Sec-Fetch-Site: same-origin"), .seeOther,
            ["Clear-Site-Data: \"cache\"\n", cleared]
        ) {
            $0.site.clearSiteData = [.cache]
        },
        redirect(
            "switching the account",
            form("/auth/logout", back, cookie, "Sec-Fetch-Site: same-origin"),
            to: "/auth/login?return_to=https%3A%2F%2Fapp.example.org%2F", edit: withApplications),
        redirect(
            "switching the account for an application elsewhere",
            form("/auth/logout", back, cookie, "Sec-Fetch-Site: same-origin"), to: "/login"),
        redirect(
            "a link that names an application", open("/auth/logout?\(back)", cookie),
            to: "/login", .found, edit: withApplications),
        Scenario(
            "forms lead to where sign-out leads", open("/auth/login"), .ok,
            ["form-action 'self' https://www.example.org;"]
        ) { $0.site.logoutRedirect = "https://www.example.org/bye" },
    ]

    private static let deniedPages: [Scenario] = [
        Scenario(
            "another role is required",
            open("/auth/denied?role=member&\(back)", cookie), .forbidden,
            [
                "<h1>This account cannot open app.example.org</h1>", "for members only",
                "customer@example.org", #"value="https://app.example.org/""#,
                #"action="/auth/logout""#, #"href="/auth/account""#,
            ], withApplications),
        Scenario(
            "another plan is required", open("/auth/denied?tier=team", cookie), .forbidden,
            ["needs the plan", "<h1>This account cannot open the application</h1>"]),
        Scenario(
            "an account that waits",
            open("/auth/denied?role=member", "Cookie: session_token={pending.cookie}"),
            .forbidden, ["still waiting for approval"]),
        Scenario(
            "an address that is not confirmed", open("/auth/denied", cookie), .forbidden,
            ["not confirmed yet"]
        ) {
            $0.prepare = { world in
                world.unconfirm(Person.customer.email)
                world.store.change { $0.settings.requireEmailVerification = true }
            }
        },
        Scenario(
            "what is required is there",
            open("/auth/denied?role=user&tier=free", cookie), .forbidden,
            ["does not have what the application requires"]),
        Scenario(
            "other words of the address",
            open(
                "/auth/denied?role=%3Cb%3Efree+money&tier=call+0900&reason=evil"
                    + "&return_to=https%3A%2F%2Fevil.example", cookie), .forbidden,
            not: ["money", "call 0900", "evil"], withApplications),
        redirect(
            "who is not signed in", open("/auth/denied?role=member&\(back)"),
            to: "/auth/login?return_to=https%3A%2F%2Fapp.example.org%2F", edit: withApplications),
        Scenario(
            "a session that cannot be read", open("/auth/denied", cookie),
            .serviceUnavailable
        ) { $0.prepare = { $0.store.condition = .broken } },
        Scenario("a program", get("/auth/denied", cookie), .notFound),
    ]

    private static let startPages: [Scenario] =
        ["/", "/auth/"].flatMap { path in
            [
                redirect("\(path) without an owner", open(path), to: "/auth/setup") {
                    $0.site.people = []
                },
                redirect("\(path) without a session", open(path), to: "/auth/login"),
                redirect("\(path) with a session", open(path, cookie), to: "/auth/account"),
                Scenario("\(path) for a program", get(path), .notFound),
                Scenario("\(path) without pages", open(path), .notFound) {
                    $0.site.hasPages = false
                },
            ]
        }
        + ["login", "register", "setup", "account", "admin"].flatMap { name in
            [
                redirect("/\(name)", open("/\(name)?a=b%20c"), to: "/auth/\(name)?a=b%20c"),
                redirect("/\(name) for a program", get("/\(name)"), to: "/auth/\(name)"),
                Scenario("/\(name) without pages", get("/\(name)"), .notFound) {
                    $0.site.hasPages = false
                },
            ]
        }
        + [
            redirect(
                "a query that is too long for a redirect",
                open("/login?" + String(repeating: "a", count: 2_049)), to: "/auth/login"),
            redirect(
                "a query that is too long to return to",
                open("/auth/account?" + String(repeating: "%2F", count: 600)),
                to: "/auth/login?return_to=%2Fauth%2Faccount"),
            redirect(
                "the page to change a password", get("/.well-known/change-password"),
                to: "/auth/account#password"),
            Scenario("the sign-in page without pages", open("/auth/login"), .methodNotAllowed) {
                $0.site.hasPages = false
            },
            redirect("sign-out without pages", open("/auth/logout", cookie), to: "/login", .found) {
                $0.site.hasPages = false
            },
        ]
}
