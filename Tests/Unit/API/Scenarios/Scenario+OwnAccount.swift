import Auth
import HTTP
import TestSupport

extension Scenario {
    private static let cookie = "Cookie: session_token={customer.cookie}"

    private static func rename(_ body: String, _ field: String = cookie) -> String {
        send("PATCH", "/auth/me", body, field)
    }

    private static func delete(
        _ password: String = Person.password, of person: String = "customer"
    ) -> String {
        send(
            "DELETE", "/auth/me", #"{"password":"\#(password)"}"#,
            "Cookie: session_token={\(person).cookie}")
    }

    static let ownAccount: [Scenario] =
        [
            Scenario(
                "a name", rename(#"{"name":"Ada L."}"#), .ok,
                [#""email":"customer@example.org","name":"Ada L.""#, #""role":"user""#]),
            Scenario("a name is seen at once", get("/auth/me", cookie), .ok, [#""name":"Ada""#]) {
                $0.before = [get("/auth/me", cookie), rename(#"{"name":"Ada"}"#)]
            },
            Scenario("no name", rename("{}"), .ok, [#""name":"customer""#, #""language":null"#]),
            Scenario(
                "a language", rename(#"{"language":"de"}"#), .ok,
                [#""name":"customer""#, #""language":"de""#]),
            Scenario(
                "a language is kept", rename(#"{"name":"Ada"}"#), .ok, [#""language":"de""#]
            ) { $0.before = [rename(#"{"language":"de"}"#)] },
            Scenario(
                "a language is seen at once", get("/auth/me", cookie), .ok, [#""language":"de""#]
            ) { $0.before = [get("/auth/me", cookie), rename(#"{"language":"de"}"#)] },
            Scenario(
                "a language is cleared", rename(#"{"language":null}"#), .ok, [#""language":null"#]
            ) { $0.before = [rename(#"{"language":"de"}"#)] },
            Scenario(
                "a language that is none", rename(#"{"name":" ","language":"fr"}"#), .badRequest,
                [
                    #""name":"must have 1 to 100 characters""#,
                    #""language":"must be one of: en, de""#,
                ]),
            Scenario(
                "a name that is none", rename(#"{"name":" "}"#), .badRequest,
                [#""fields":{"name":"must have 1 to 100 characters"}"#]),
            Scenario(
                "renaming unauthenticated", rename(#"{"name":"Ada"}"#, "X: y"), .unauthorized),
            Scenario(
                "a name while the account waits",
                rename(#"{"name":"Ada"}"#, "Cookie: session_token={pending.cookie}"), .forbidden,
                ["pending_approval"]),
            Scenario(
                "a name from another site",
                send(
                    "PATCH", "/auth/me", #"{"name":"Ada"}"#, cookie, "Sec-Fetch-Site: cross-site"),
                .forbidden, ["cross_origin"]),
            Scenario(
                "the end of an account", delete(), .ok,
                [
                    "\n\n" + #"{"success":true}"#,
                    "Set-Cookie: session_token=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax\n",
                ]),
            Scenario("after its end", get("/auth/me", cookie), .unauthorized) {
                $0.before = [get("/auth/me", cookie), delete()]
            },
            Scenario("the end of one that waits", delete(of: "pending"), .ok),
            Scenario("a wrong password", delete("wrong"), .forbidden, ["wrong_password"]),
            Scenario(
                "the sixteenth wrong password", delete(), .tooManyRequests, ["Retry-After: 30\n"]
            ) { $0.before = [String](repeating: delete("wrong"), count: 15) },
            Scenario(
                "no password", send("DELETE", "/auth/me", "{}", cookie), .badRequest,
                [#""fields":{"password":"is required"}"#]),
            Scenario(
                "no body", "DELETE /auth/me HTTP/1.1\nHost: localhost:8080\n\(cookie)\n\n",
                .badRequest),
            Scenario("the owner", delete(of: "owner"), .forbidden, [#""code":"owner_protected""#]),
            Scenario(
                "the end from another site",
                send(
                    "DELETE", "/auth/me", #"{"password":"\#(Person.password)"}"#, cookie,
                    "Sec-Fetch-Site: cross-site"), .forbidden, ["cross_origin"]),
            Scenario(
                "an export", get("/auth/me/export", cookie), .ok,
                [
                    #"Content-Disposition: attachment; filename="lunauth-export.json""#,
                    #"{"account":{"id":""#,
                    #""emailVerified":false,"language":null,"email_verified_at":null,"approved_at":null}"#,
                    #""sessions":[{"id":""#,
                    #""address":null,"userAgent":null,"createdAt":"2023-11-14T22:13:20.000Z""#,
                    #""expiresAt":"2023-12-14T22:13:20.000Z","endedAt":null,"#
                        + #""authenticatedAt":"2023-11-14T22:13:20.000Z","methods":["pwd"]}],"#,
                    #""apiKeys":[],"factors":[],"trustedBrowsers":[],"#
                        + #""invites":[],"links":[],"mails":[],"events":[{"id":""#,
                    #""kind":"account.exported","actor":{"kind":"account","#,
                    #"}],"truncated":false}"#,
                ], not: ["password", "hash", "pbkdf2", "token"]),
            Scenario("exporting unauthenticated", get("/auth/me/export"), .unauthorized),
            Scenario(
                "an export while the account waits",
                get("/auth/me/export", "Cookie: session_token={pending.cookie}"), .forbidden,
                ["pending_approval"]),
        ]
}
