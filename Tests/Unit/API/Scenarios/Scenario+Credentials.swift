import Auth
import HTTP
import TestSupport

extension Scenario {
    private static let cookie = "Cookie: session_token={customer.cookie}"

    private static func refused(_ name: String, _ fields: String...) -> Scenario {
        Scenario(
            name, "GET /auth/me HTTP/1.1\nHost: a\n" + fields.joined(separator: "\n") + "\n\n",
            .unauthorized, [#""code":"unauthenticated""#, "WWW-Authenticate: Bearer\n"],
            not: ["error=", "customer@example.org"])
    }

    static let credentials: [Scenario] = [
        Scenario(
            "unauthenticated", get("/auth/me"), .unauthorized,
            [
                "WWW-Authenticate: Bearer\n", #""code":"unauthenticated""#,
            ]),
        Scenario(
            "a cookie", get("/auth/me", cookie), .ok,
            [
                #"{"id":""#, #""email":"customer@example.org","name":"customer","tier":"free""#,
                #""created_at":"2023-11-14T22:13:20.000Z""#,
                #""role":"user","status":"active","emailVerified":false,"language":null}"#,
            ], not: ["password", "token"]),
        Scenario(
            "a token", get("/auth/me", "Authorization: Bearer {customer.token}"), .ok,
            [
                "customer@example.org"
            ]),
        Scenario(
            "the scheme in any case", get("/auth/me", "authorization: bEARER  {customer.token}"),
            .ok),
        Scenario(
            "a bad token beside a good cookie",
            get(
                "/auth/me", "Authorization: Bearer x.y.z", cookie), .unauthorized,
            [
                #"WWW-Authenticate: Bearer error="invalid_token""#, #""code":"invalid_token""#,
            ], not: ["customer@example.org"]),
        Scenario(
            "an empty token beside a good cookie",
            get(
                "/auth/me", "Authorization: Bearer", cookie), .unauthorized, ["invalid_token"]),
        Scenario(
            "a good token beside a bad cookie",
            get(
                "/auth/me", "Authorization: Bearer {owner.token}", "Cookie: session_token=x"), .ok,
            [
                "owner@example.org"
            ]),
        Scenario(
            "a token and a cookie of two people",
            get(
                "/auth/me", "Authorization: Bearer {owner.token}", cookie), .ok,
            ["owner@example.org"],
            not: ["customer@example.org"]),
        Scenario(
            "another scheme is ignored", get("/auth/me", "Authorization: Basic eDp5", cookie),
            .ok),
        Scenario(
            "a scheme that begins like Bearer is ignored",
            get(
                "/auth/me", "Authorization: BearerX y", cookie), .ok),
        Scenario(
            "an expired token", get("/auth/me", "Authorization: Bearer {customer.token}"),
            .unauthorized,
            [
                #"Bearer error="invalid_token", error_description="The token expired""#,
                #""code":"token_expired""#,
            ]
        ) {
            $0.before = [get("/auth/me", "Authorization: Bearer {customer.token}")]
            $0.elapsing = 604_800
        },
        refused(
            "a cookie of no session",
            "Cookie: session_token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        refused("an empty cookie", "Cookie: session_token="),
        refused(
            "two cookies that differ", "Cookie: session_token={customer.cookie}; session_token=x"),
        refused("two cookie fields that differ", "Cookie: session_token=x", cookie),
        refused("a cookie of a longer name", "Cookie: xsession_token={customer.cookie}"),
        refused("a cookie in other case", "Cookie: Session_Token={customer.cookie}"),
        refused("a cookie of a disabled account", "Cookie: session_token={disabled.cookie}"),
        Scenario(
            "a token of a disabled account",
            get(
                "/auth/me", "Authorization: Bearer {disabled.token}"), .unauthorized,
            ["invalid_token"]),
        Scenario(
            "two cookies that are equal",
            get(
                "/auth/me",
                "Cookie: a=b; session_token={customer.cookie};session_token={customer.cookie}"),
            .ok),
        Scenario(
            "two fields with equal cookies among others",
            get(
                "/auth/me", "Cookie: a=b", cookie, cookie, "Cookie: session_tokens=x"), .ok),
        Scenario(
            "a pending account reads itself",
            get(
                "/auth/me", "Cookie: session_token={pending.cookie}"), .ok, [#""status":"pending""#]
        ),
        Scenario(
            "a pending account logs out",
            post(
                "/auth/logout", "", "Cookie: session_token={pending.cookie}"), .ok),
        Scenario(
            "a pending account may do nothing else",
            post(
                "/auth/config/update", "{}", "Cookie: session_token={pending.cookie}"), .forbidden,
            [
                "pending_approval"
            ]),
        Scenario(
            "bad credentials where none is needed",
            get(
                "/auth/config", "Authorization: Bearer x", "Cookie: session_token=y"), .ok),
    ]
}
