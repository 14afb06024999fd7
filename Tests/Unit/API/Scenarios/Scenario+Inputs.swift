import HTTP
import TestSupport

extension Scenario {
    /// What is said of inputs that are missing, unknown, or written in another way.
    static let inputs: [Scenario] = [
        Scenario(
            "a byte order mark is ignored",
            post(
                "/auth/login",
                "\u{FEFF}" + #"{"email":"customer@example.org","password":"\#(Person.password)"}"#),
            .ok),
        Scenario(
            "a number that no Double holds is ignored in a member that is unknown",
            post(
                "/auth/login",
                #"{"x":1e999,"email":"customer@example.org","password":"\#(Person.password)"}"#),
            .ok),
        Scenario(
            "a number that no Double holds is no email",
            post("/auth/login", #"{"email":-1e999,"password":"x"}"#), .badRequest,
            [#""fields":{"email":"must be a string"}"#]),
        Scenario(
            "an address in another script", post("/auth/signup", #"{"email":"a@bücher.de"}"#),
            .badRequest, [#""email":"must be an email address in ASCII; write its domain as xn--"#]),
    ]

    /// The sentence of the published page is for what takes both and misses one.
    static let missingCredentials: [Scenario] =
        ["/auth/login", "/auth/signup", "/auth/register"].flatMap { path in
            [#"{"email":"new@example.org"}"#, #"{"password":"a good password"}"#].map { body in
                Scenario(
                    "\(path) with \(body)", post(path, body), .badRequest,
                    [#"{"error":"Missing email or password","code":"invalid_request","fields":{"#])
            }
        }
        + [
            post("/auth/register", #"{"email":"new@example.org","password":"a good password"}"#),
            post("/auth/login", #"{"email":1,"password":"x"}"#),
            post("/auth/password/forgot", "{}"), post("/auth/password/reset", #"{"token":"x"}"#),
            send("DELETE", "/auth/me", "{}", "Cookie: session_token={customer.cookie}"),
        ].map { request in
            Scenario(
                "another input than email and password: \(request)", request, .badRequest,
                [#"{"error":"Some inputs are invalid","code":"invalid_request","fields":{"#],
                not: ["Missing"])
        }
}
