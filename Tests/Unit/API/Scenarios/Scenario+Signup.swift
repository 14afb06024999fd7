import Auth
import HTTP
import TestSupport

extension Scenario {
    private static func signup(_ email: String, _ more: String = "") -> String {
        post("/auth/signup", #"{"email":"\#(email)","password":"\#(Person.password)"\#(more)}"#)
    }

    private static func register(_ email: String, _ query: String = "") -> String {
        post(
            "/auth/register\(query)",
            #"{"username":"New Person","email":"\#(email)","password":"\#(Person.password)"}"#)
    }

    private static let invited: @Sendable (World) throws -> Void = { world in
        world.store.change { $0.invites = [StoredInvite(code: "a code+1")] }
    }

    static let signup: [Scenario] =
        ["min8chars", "your-password", "secure123"].map { password in
            Scenario(
                "the sample password \(password)",
                post(
                    "/auth/signup", #"{"email":"new@example.org","password":"\#(password)"}"#),
                .created)
        }
        + [
            Scenario(
                "a customer", signup("New@example.org", #","name":"Ada L.""#), .created,
                [
                    #"{"token":"ey"#, #""email":"new@example.org","name":"Ada L.","tier":"free""#,
                    #""role":"user","status":"active""#, "Set-Cookie: session_token=",
                ], not: ["password"]),
            Scenario("without a name", signup("new@example.org"), .created, [#""name":"new""#]),
            Scenario(
                "a taken email", signup("CUSTOMER@example.org"), .conflict,
                [
                    #"{"error":"Email already registered","code":"email_taken"}"#
                ]),
            Scenario(
                "a common password",
                post(
                    "/auth/signup", #"{"email":"new@example.org","password":"PassWord1"}"#),
                .badRequest,
                [
                    #""fields":{"password":"is one of the most common passwords"}"#
                ]),
            Scenario(
                "a name that is no text", signup("new@example.org", #","name":7"#), .badRequest,
                [
                    #""fields":{"name":"must be a string"}"#
                ]),
            Scenario(
                "signup closed", signup("new@example.org"), .forbidden,
                [
                    #""code":"registration_closed""#
                ]
            ) { $0.prepare = { $0.store.change { $0.settings.signup = false } } },
            Scenario("signup closed leaves register open", register("new@example.org"), .accepted) {
                $0.prepare = { $0.store.change { $0.settings.signup = false } }
            },
            Scenario("before setup", signup("new@example.org"), .created) { $0.site.people = [] },
            Scenario(
                "the twenty-first of an address", register("new@example.org"),
                .tooManyRequests, ["Retry-After: 6\n"]
            ) { $0.before = [String](repeating: signup("customer@example.org"), count: 20) },
            Scenario(
                "a member waits", register("new@example.org"), .accepted,
                [
                    #"{"user":{"id":""#, #""name":"New Person""#,
                    #""role":"member","status":"pending""#,
                    "Set-Cookie: session_token=",
                ], not: [#""token""#]),
            Scenario(
                "a member without approval", register("new@example.org"), .created,
                [
                    #"{"token":"ey"#, #""role":"member","status":"active""#, "Set-Cookie: ",
                ]
            ) { $0.prepare = { $0.store.change { $0.settings.approval = false } } },
            Scenario(
                "a taken email of a member", register("customer@example.org"), .conflict,
                [
                    #""error":"Email already registered""#
                ]),
            Scenario(
                "an invitation", register("new@example.org", "?invite=a%20code%2B1"), .created,
                [
                    #""status":"active""#, #""token""#,
                ]
            ) { $0.prepare = invited },
            Scenario(
                "an invitation with a plus for its space",
                register("new@example.org", "?x=y&invite=a+code%2b1&z"), .created
            ) { $0.prepare = invited },
            Scenario(
                "an invitation where it is closed",
                register("new@example.org", "?invite=a+code%2B1"), .created
            ) { scenario in
                scenario.prepare = { world in
                    try invited(world)
                    world.store.change { $0.settings.register = false }
                }
            },
            Scenario(
                "a used invitation", register("b@example.org", "?invite=a+code%2B1"), .badRequest,
                [
                    "invalid_invite"
                ]
            ) {
                $0.prepare = invited
                $0.before = [register("a@example.org", "?invite=a+code%2B1")]
            },
            Scenario(
                "a failed registration uses nothing",
                register("b@example.org", "?invite=a+code%2B1"), .created
            ) {
                $0.prepare = invited
                $0.before = [register("customer@example.org", "?invite=a+code%2B1")]
            },
            Scenario(
                "register closed", register("new@example.org"), .forbidden,
                [
                    #""code":"registration_closed""#
                ]
            ) { $0.prepare = { $0.store.change { $0.settings.register = false } } },
            Scenario("two accounts of one name", register("b@example.org"), .accepted) {
                $0.before = [register("a@example.org")]
            },
        ]
        + [
            "?invite=x", "?invite=a+code%2B1&invite=a+code%2B1",
            "?%69nvite=x",
        ]
        .map { query in
            Scenario(
                "the invitation \(query)", register("new@example.org", query), .badRequest,
                [
                    #""code":"invalid_invite""#
                ]
            ) { $0.prepare = invited }
        }
}
