import Auth
import HTTP
import TestSupport

extension Scenario {
    static func login(
        _ person: String, _ password: String = Person.password, _ fields: String...
    ) -> String {
        let head = [
            "POST /auth/login HTTP/1.1", "Host: localhost:8080", "Content-Type: application/json",
        ]
        return (head + fields).joined(separator: "\n")
            + "\n\n" + #"{"email":"\#(person)@example.org","password":"\#(password)"}"#
    }

    private static let wrong = [
        #"{"error":"Wrong email or password","code":"invalid_credentials"}"#,
        "WWW-Authenticate: Bearer\n",
    ]
    private static let failures = [String](repeating: login("customer", "wrong"), count: 5)

    private static let mine = "Cookie: session_token={customer.cookie}"

    private static func after(
        _ name: String, _ login: String, isSignedIn: Bool = false
    ) -> Scenario {
        Scenario(name, get("/auth/me", mine), isSignedIn ? .ok : .unauthorized) {
            $0.before = [login]
        }
    }

    static let login: [Scenario] =
        ["customer", "owner", "pending", "disabled", "nobody"].map { person in
            Scenario("a wrong password of \(person)", login(person, "wrong"), .unauthorized, wrong)
        }
        + [
            Scenario(
                "the right password", login("customer"), .ok,
                [
                    #"{"token":"ey"#, #""user":{"id":""#, #""email":"customer@example.org""#,
                    "Set-Cookie: session_token=",
                    "; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax\n",
                ], not: ["Secure", "password"]),
            Scenario("an address in capitals", login("CUSTOMER"), .ok),
            after("the session of the cookie has ended", login("customer", Person.password, mine)),
            after(
                "beside a token, too",
                login("customer", Person.password, mine, "Authorization: Bearer {customer.key}")),
            after(
                "a session of another account stays", login("owner", Person.password, mine),
                isSignedIn: true),
            after(
                "a refused login ends nothing", login("customer", "wrong", mine),
                isSignedIn: true),
            after(
                "of two cookies none ends",
                login("customer", Person.password, "\(mine); session_token=x"),
                isSignedIn: true),
            Scenario(
                "no address", post("/auth/login", #"{"email":"x","password":"wrong"}"#),
                .unauthorized, wrong),
            Scenario(
                "an empty address", post("/auth/login", #"{"email":"","password":""}"#),
                .unauthorized, wrong),
            Scenario(
                "a password beyond the rules",
                login("customer", String(repeating: "x", count: 1_000)), .unauthorized, wrong),
            Scenario(
                "without native sign-in a wrong password", login("customer", "wrong"),
                .unauthorized, wrong
            ) { $0.prepare = { $0.store.change { $0.settings.nativeSignin = false } } },
            Scenario(
                "without native sign-in the right password", login("customer"), .forbidden,
                [
                    #""code":"native_signin_disabled""#
                ], not: ["Set-Cookie"]
            ) {
                $0.prepare = { $0.store.change { $0.settings.nativeSignin = false } }
            },
            Scenario("without native sign-in the owner", login("owner"), .ok) {
                $0.prepare = { $0.store.change { $0.settings.nativeSignin = false } }
            },
            Scenario(
                "a pending account", login("pending"), .forbidden,
                [
                    #""code":"pending_approval""#
                ]),
            Scenario(
                "a disabled account", login("disabled"), .forbidden,
                [
                    #""code":"account_disabled""#
                ]),
            Scenario(
                "only the password is there", post("/auth/login", #"{"password":"x"}"#),
                .badRequest,
                [
                    #"{"error":"Missing email or password","code":"invalid_request","#
                        + #""fields":{"email":"is required"}}"#
                ]),
            Scenario(
                "the sixth failure", login("customer", "wrong"), .tooManyRequests,
                [
                    #""code":"too_many_requests""#, "Retry-After: 30\n",
                ]
            ) { $0.before = failures },
            Scenario("the right password after five failures", login("customer"), .tooManyRequests)
            {
                $0.before = failures
            },
            Scenario("the right password after the wait", login("customer"), .ok) {
                $0.before = failures
                $0.elapsing = 30
            },
            Scenario("another account after five failures", login("owner"), .ok) {
                $0.before = failures
            },
            Scenario(
                "a live session's client after five failures",
                login("customer", Person.password, "Cookie: session_token={customer.cookie}"), .ok
            ) { $0.before = failures },
            Scenario(
                "a live token's client after five failures",
                login("customer", Person.password, "Authorization: Bearer {customer.token}"), .ok
            ) { $0.before = failures },
            Scenario(
                "another's session after five failures",
                login("customer", Person.password, "Cookie: session_token={owner.cookie}"),
                .tooManyRequests
            ) { $0.before = failures },
            Scenario(
                "a credential that is none does no harm",
                login("customer", Person.password, "Authorization: Bearer x"), .ok),
            Scenario(
                "the thirty-first login of an address", login("customer"), .tooManyRequests,
                [
                    "Retry-After: 3\n"
                ]
            ) { $0.before = [String](repeating: login("customer"), count: 30) },
            Scenario("the thirty-first after the wait", login("customer"), .ok) {
                $0.before = [String](repeating: login("customer"), count: 30)
                $0.elapsing = 3
            },
        ]
}
