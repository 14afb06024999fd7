import API
import HTTP
import TestSupport
import Web

extension Scenario {
    private static func set(
        _ name: String, _ attributes: String, _ fields: String = "X: y", peer: Peer = .remote,
        site: Site = Site()
    ) -> [Scenario] {
        let cookie = site.cookie.name
        return [
            Scenario(
                "\(name), set", login("customer", Person.password, fields), .ok,
                [
                    "Set-Cookie: \(cookie)=",
                    "; Path=/; Max-Age=2592000; HttpOnly; \(attributes)\n",
                ]
            ) {
                $0.peer = peer
                $0.site = site
            },
            Scenario(
                "\(name), cleared", post("/auth/logout", "", fields), .ok,
                [
                    "Set-Cookie: \(cookie)=; Path=/; Max-Age=0; HttpOnly; \(attributes)\n"
                ]
            ) {
                $0.peer = peer
                $0.site = site
            },
        ]
    }

    private static let shared = { @Sendable (scenario: inout Scenario) in
        scenario.site.cookie = SessionCookie(
            name: "session_token", sameSite: .lax, domain: "example.org")
    }

    private static func site(_ edit: (inout Site) -> Void) -> Site {
        var site = Site()
        edit(&site)
        return site
    }

    private static let attributes: [[Scenario]] = [
        set("plain http", "SameSite=Lax"),
        set("a site of https", "SameSite=Lax; Secure", site: site { $0.website = "https://a.b" }),
        set(
            "https at the proxy", "SameSite=Lax; Secure", "X-Forwarded-Proto: https",
            peer: .loopback),
        set(
            "https at the nearest proxy", "SameSite=Lax; Secure", "X-Forwarded-Proto: http, HTTPS",
            peer: .loopback),
        set(
            "http at the nearest proxy", "SameSite=Lax", "X-Forwarded-Proto: https, http",
            peer: .loopback),
        set("https claimed by an untrusted peer", "SameSite=Lax", "X-Forwarded-Proto: https"),
        set("https in the other family", "SameSite=Lax", "Forwarded: proto=https", peer: .loopback),
        set(
            "https in Forwarded", "SameSite=Lax; Secure", "Forwarded: for=192.0.2.1;proto=https",
            peer: .loopback, site: site { $0.forwarding = .forwarded }),
        set(
            "Strict", "SameSite=Strict",
            site: site {
                $0.cookie = SessionCookie(name: "session_token", sameSite: .strict)
            }),
        set(
            "None", "SameSite=None; Secure",
            site: site {
                $0.cookie = SessionCookie(name: "sid", sameSite: .none)
            }),
        set(
            "__Host-", "SameSite=Lax; Secure",
            site: site {
                $0.cookie = SessionCookie(name: "__Host-session", sameSite: .lax)
            }),
    ]

    static let cookies: [Scenario] =
        attributes.flatMap { $0 } + [
            Scenario("no cookie has a domain", login("customer"), .ok, not: ["Domain"]),
            Scenario(
                "a cookie for a domain, set", login("customer"), .ok,
                ["; Path=/; Domain=example.org; Max-Age=2592000; HttpOnly; SameSite=Lax\n"],
                shared),
            Scenario(
                "a cookie for a domain, cleared", post("/auth/logout", ""), .ok,
                [
                    "Set-Cookie: session_token=; Path=/; Domain=example.org; Max-Age=0; HttpOnly; "
                        + "SameSite=Lax\n"
                ], shared),
            Scenario(
                "a configured name is read",
                get(
                    "/auth/me", "Cookie: __Host-session={customer.cookie}; session_token=x"), .ok
            ) { $0.site.cookie = SessionCookie(name: "__Host-session", sameSite: .lax) },
        ]
}
