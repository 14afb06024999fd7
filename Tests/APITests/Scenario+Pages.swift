import Auth
import HTTP
import TestSupport

extension Scenario {
    /// Closes the attribute, the tag and the page; a quote with an accent on it is still a quote.
    private static let hostile =
        "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%CC%81%20onfocus%3Dx%26'"
    private static let harmless =
        "value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;\u{301} onfocus=x&amp;&#39;\""

    private static let linked: @Sendable (World) throws -> Void = { world in
        try world.addLink("reset-token", .resetPassword, of: Person.customer.email)
        try world.addLink("verify-token", .verifyEmail, of: Person.customer.email)
    }

    private static let resetForm = "token=reset-token&password=another+password"

    static let pages: [Scenario] =
        ["/auth/password/reset", "/auth/email/verify"].flatMap { path in
            [
                Scenario(
                    "\(path) with a token", get("\(path)?token=a-Token_1"), .ok,
                    [
                        "<form method=\"post\" action=\"\(path)\">",
                        "<input type=\"hidden\" name=\"token\" value=\"a-Token_1\">",
                    ]
                ) { $0.prepare = { $0.store.condition = .broken } },
                Scenario(
                    "\(path) with a hostile token", get("\(path)?token=\(hostile)"), .ok,
                    [harmless], not: ["\"\u{301}", "<script"]),
                Scenario("\(path) without a token", get(path), .ok, ["value=\"\""]),
                Scenario("\(path) for HEAD", "HEAD \(path)?token=x HTTP/1.1\nHost: a\n\n", .ok),
                Scenario(
                    "\(path) posted by another site",
                    form(path, resetForm, "Sec-Fetch-Site: cross-site"), .forbidden,
                    ["A page of another site may not make this request."]
                ) { $0.prepare = linked },
                Scenario(
                    "\(path) posted by another origin",
                    form(path, resetForm, "Origin: https://evil.example"), .forbidden),
                Scenario(
                    "\(path) posted from nowhere", form(path, resetForm, "Origin: null"),
                    .forbidden),
                Scenario(
                    "\(path) posted without a link",
                    form(path, "token=x&password=another+password"),
                    .badRequest,
                    ["The link was used already or is too old; ask for a new one."]),
            ]
        }
        + [
            Scenario(
                "a posted password", form("/auth/password/reset", resetForm), .ok,
                ["<h1>Your password is set</h1>"], not: ["another password", "reset-token"]
            ) { $0.prepare = linked },
            Scenario(
                "a posted password is the password", login("customer", "another password"), .ok
            ) {
                $0.prepare = linked
                $0.before = [form("/auth/password/reset", resetForm)]
            },
            Scenario(
                "a posted password by the origin alone",
                form("/auth/password/reset", resetForm, "Origin: http://localhost:8080"), .ok
            ) { $0.prepare = linked },
            Scenario(
                "a posted password that is too short",
                form("/auth/password/reset", "token=reset-token&password=x"), .badRequest,
                ["The password must have at least 8 characters.", "Go back and try again."]
            ) { $0.prepare = linked },
            Scenario(
                "too many posts", form("/auth/password/reset", "token=x&password=y"),
                .tooManyRequests, ["Retry-After: ", "Too many requests; try again later."]
            ) {
                $0.before = [String](
                    repeating: form("/auth/password/reset", "token=x&password=y"), count: 10)
            },
            Scenario(
                "a posted link", form("/auth/email/verify", "token=verify-token"), .ok,
                ["<h1>Your email address is confirmed</h1>"]
            ) { $0.prepare = linked },
            Scenario(
                "a form of a program",
                "POST /auth/email/verify HTTP/1.1\nHost: a\n"
                    + "Content-Type: application/x-www-form-urlencoded\n\ntoken=verify-token",
                .ok, ["\n\n" + #"{"success":true}"#]
            ) { $0.prepare = linked },
            Scenario(
                "a program that takes pages, too",
                post("/auth/email/verify", #"{"token":"x"}"#, "Accept: text/html"), .badRequest,
                [#""code":"invalid_link""#]),
            Scenario(
                "an endpoint that takes no forms",
                "POST /auth/login HTTP/1.1\nHost: a\n"
                    + "Content-Type: application/x-www-form-urlencoded\n\nemail=x&password=y",
                .unsupportedMediaType, [#""code":"unsupported_media_type""#]),
        ]
}
