import HTTP
import TestSupport

extension Scenario {
    /// What a request with these fields is taken for; the input is at fault where it is let through.
    private static func posted(_ name: String, isAllowed: Bool, _ fields: String...) -> Scenario {
        let head =
            ["POST /auth/login HTTP/1.1", "Content-Type: application/json"] + fields
            + (fields.contains { $0.hasPrefix("Host:") } ? [] : ["Host: localhost:8080"])
        return Scenario(
            name, head.joined(separator: "\n") + "\n\n{}",
            isAllowed ? .badRequest : .forbidden,
            [isAllowed ? #""code":"invalid_request""# : #""code":"cross_origin""#]
        ) { $0.site.website = "https://site.example" }
    }

    static let crossOrigin: [Scenario] =
        [
            posted("neither field", isAllowed: true),
            posted("same-origin", isAllowed: true, "Sec-Fetch-Site: same-origin"),
            posted("none", isAllowed: true, "Sec-Fetch-Site: none"),
            posted("same-site", isAllowed: false, "Sec-Fetch-Site: same-site"),
            posted("cross-site", isAllowed: false, "Sec-Fetch-Site: cross-site"),
            posted("an empty site", isAllowed: false, "Sec-Fetch-Site:"),
            posted("a site in capitals", isAllowed: false, "Sec-Fetch-Site: SAME-ORIGIN"),
            posted(
                "two sites", isAllowed: false, "Sec-Fetch-Site: none", "Sec-Fetch-Site: cross-site"),
            posted(
                "the site decides over the origin", isAllowed: false, "Sec-Fetch-Site: cross-site",
                "Origin: https://site.example"),
            posted(
                "the origin is not looked at beside the site", isAllowed: true,
                "Sec-Fetch-Site: same-origin", "Origin: https://evil.example"),
            posted("the origin of the website", isAllowed: true, "Origin: https://site.example"),
            posted(
                "the origin of the website with its port", isAllowed: true,
                "Origin: https://site.example:443"),
            posted(
                "the website in another scheme", isAllowed: false, "Origin: http://site.example"),
            posted(
                "the website at another port", isAllowed: false, "Origin: https://site.example:444"),
            posted("the host and port of Host", isAllowed: true, "Origin: http://localhost:8080"),
            posted(
                "the host of Host in capitals", isAllowed: true, "Host: A.Example",
                "Origin: http://a.example"),
            posted(
                "the host of Host over https", isAllowed: true, "Host: a.example",
                "Origin: https://a.example"),
            posted(
                "the host of Host at another port", isAllowed: false,
                "Origin: http://localhost:8081"),
            posted(
                "the host of Host at the default port", isAllowed: false, "Origin: http://localhost"
            ),
            posted("another host", isAllowed: false, "Origin: http://evil.example:8080"),
            posted("a subdomain", isAllowed: false, "Origin: https://a.site.example"),
            posted("a longer name", isAllowed: false, "Origin: https://site.example.evil"),
            posted("null", isAllowed: false, "Origin: null"),
            posted("an empty origin", isAllowed: false, "Origin:"),
            posted(
                "two origins", isAllowed: false, "Origin: https://site.example",
                "Origin: https://evil.example"),
            posted(
                "a Bearer token", isAllowed: true, "Sec-Fetch-Site: cross-site",
                "Authorization: Bearer x"),
            posted(
                "another scheme", isAllowed: false, "Sec-Fetch-Site: cross-site",
                "Authorization: Basic x"),
            Scenario(
                "a page may read what is public",
                get(
                    "/auth/config", "Sec-Fetch-Site: cross-site", "Origin: https://evil.example"),
                .ok),
            Scenario(
                "settings with a cookie from elsewhere",
                post(
                    "/auth/config/update", #"{"signup":false}"#, "Origin: https://evil.example",
                    "Cookie: session_token={owner.cookie}"), .forbidden, ["cross_origin"]),
            Scenario(
                "logging out from elsewhere",
                post(
                    "/auth/logout", "", "Origin: https://evil.example",
                    "Cookie: session_token={owner.cookie}"), .forbidden, ["cross_origin"]),
        ]
        + [
            "/auth/signup", "/auth/register", "/auth/setup", "/auth/logout", "/auth/config/update",
            "/auth/password/change", "/auth/password/forgot", "/auth/password/reset",
            "/auth/email/verify", "/auth/email/verify/resend", "/auth/email/change",
            "/auth/email/verify/reject", "/auth/email/change/cancel",
        ]
        .map { path in
            Scenario(
                "\(path) from elsewhere", post(path, "{}", "Sec-Fetch-Site: same-site"),
                .forbidden, ["cross_origin"])
        }
}
