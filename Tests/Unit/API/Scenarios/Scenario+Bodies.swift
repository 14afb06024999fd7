import HTTP
import TestSupport

extension Scenario {
    private static func typed(_ type: String, _ body: String = "{}") -> String {
        "POST /auth/login HTTP/1.1\nHost: localhost:8080\n\(type)\n\n\(body)"
    }

    private static func malformed(_ name: String, _ body: String) -> Scenario {
        Scenario(name, post("/auth/login", body), .badRequest, [#""code":"malformed_json""#])
    }

    static let bodies: [Scenario] = [
        Scenario("text/plain", typed("Content-Type: text/plain"), .unsupportedMediaType),
        Scenario(
            "a form of a program",
            bareForm("/auth/login", "email=a", "Sec-Fetch-Site: same-origin"),
            .badRequest, [#""code":"invalid_request""#]),
        Scenario(
            "a form from nowhere that would set a cookie", bareForm("/auth/login", "email=a"),
            .forbidden, [#""code":"cross_origin""#]),
        Scenario(
            "a form where no page posts", bareForm("/auth/refresh", "email=a"),
            .unsupportedMediaType),
        Scenario("no type", typed("X: y"), .unsupportedMediaType),
        Scenario("a longer type", typed("Content-Type: application/jsonp"), .unsupportedMediaType),
        Scenario(
            "a type in a parameter", typed("Content-Type: text/plain; application/json"),
            .unsupportedMediaType),
        Scenario(
            "parameters are ignored", typed("Content-Type: application/json ; charset=latin1"),
            .badRequest, [#""code":"invalid_request""#]),
        Scenario(
            "the type in capitals", typed("Content-Type: APPLICATION/JSON"), .badRequest,
            [
                #""code":"invalid_request""#
            ]),
        Scenario(
            "a content coding", typed("Content-Type: application/json\nContent-Encoding: gzip"),
            .unsupportedMediaType,
            ["Accept-Encoding: identity\n", "without a content coding", "unsupported_media_type"]),
        Scenario(
            "two content codings, before a wrong type",
            typed("Content-Type: a/b\nContent-Encoding: identity\nContent-Encoding: br"),
            .unsupportedMediaType, ["Accept-Encoding: identity\n"]),
        Scenario(
            "the coding that is none",
            typed("Content-Type: application/json\nContent-Encoding: Identity"), .badRequest,
            ["invalid_request"]),
        Scenario(
            "a wrong type is no matter of coding", typed("Content-Type: text/plain"),
            .unsupportedMediaType, not: ["Accept-Encoding"]),
        Scenario(
            "a content coding of nothing",
            "POST /auth/login HTTP/1.1\nHost: localhost:8080\nContent-Encoding: gzip\n\n",
            .badRequest, ["invalid_request"]),
        Scenario(
            "a content coding of what is not read",
            "GET /health HTTP/1.1\nHost: localhost:8080\nContent-Encoding: gzip\n\n{}", .ok),
        Scenario(
            "a form with a content coding",
            bareForm(
                "/auth/password/reset", "token=a", "Sec-Fetch-Site: same-origin",
                "Content-Encoding: deflate"), .unsupportedMediaType, ["content coding"]),
        Scenario(
            "no body needs no type", "POST /auth/login HTTP/1.1\nHost: localhost:8080\n\n",
            .badRequest, [#""error":"Missing email or password""#]),
        Scenario(
            "65537 bytes", post("/auth/login", String(repeating: " ", count: 65_537)),
            .contentTooLarge, [#""code":"content_too_large""#]),
        malformed("65536 bytes are read", String(repeating: " ", count: 65_536)),
        malformed("an array", "[]"), malformed("a string", "\"x\""), malformed("null", "null"),
        malformed("cut off", #"{"email":"#), malformed("two objects", "{}{}"),
        malformed("a trailing comma", #"{"email":"a@b.cc",}"#), malformed("no JSON", "email=a"),
        malformed("two byte order marks", "\u{FEFF}\u{FEFF}{}"),
        malformed(
            "too deep",
            String(repeating: #"{"a":"#, count: 40) + "1"
                + String(repeating: "}", count: 40)),
        malformed("a repeated member", #"{"email":"a@b.cc","password":"x","email":"c@d.ee"}"#),
        malformed("a member repeated by escape", #"{"email":"a@b.cc","em\u0061il":"c@d.ee"}"#),
        malformed("a member repeated inside another", #"{"x":{"a":1,"a":2}}"#),
        Scenario(
            "null is absent", post("/auth/login", #"{"email":null,"password":null}"#),
            .badRequest,
            [
                #""error":"Missing email or password""#, #""email":"is required""#,
                #""password":"is required""#,
            ]),
        Scenario(
            "a wrong type names its member",
            post(
                "/auth/login", #"{"email":["a@b.cc"],"password":12345678}"#), .badRequest,
            [
                #""code":"invalid_request""#, #""email":"must be a string""#,
                #""password":"must be a string""#,
            ]),
        Scenario(
            "unknown members are ignored",
            post(
                "/auth/login",
                #"{"email":"customer@example.org","password":"\#(Person.password)","x":{"y":[1]}}"#),
            .ok),
        Scenario(
            "an empty object at signup", post("/auth/signup", "{}"), .badRequest,
            [
                #""error":"Missing email or password""#, #""fields":{"email":"is required""#,
            ]),
        Scenario(
            "all members at fault at once",
            post(
                "/auth/register", #"{"username":" ","email":"y","password":"z"}"#), .badRequest,
            [
                #""error":"Some inputs are invalid""#, #""username":""#, #""email":""#,
                #""password":""#,
            ], not: ["Missing"]),
        Scenario(
            "the value at fault is not repeated",
            post(
                "/auth/signup", #"{"email":"my-odd-address","password":"shorty"}"#), .badRequest,
            [],
            not: ["my-odd-address", "shorty"]),
    ]
}
