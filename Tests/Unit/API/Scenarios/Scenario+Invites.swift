import Auth
import Crypto
import HTTP
import TestSupport

extension Scenario {
    private static func create(_ body: String, as person: Person = .owner) -> String {
        post("/auth/invites", body, "Cookie: session_token={\(person).cookie}")
    }

    private static func badInvite(_ body: String, _ fields: String...) -> Scenario {
        Scenario(
            "wrong: \(body)", create(body), .badRequest,
            [#""code":"invalid_request""#] + fields.map { "\"\($0)\":\"must" })
    }

    private static let nowhere = "/auth/invites/\(UUID.random())"
    private static let owner = "Cookie: session_token={owner.cookie}"

    static let invites: [Scenario] = [
        Scenario(
            "a plain one", create("{}"), .created,
            [
                #"{"code":""#, #","link":"http://localhost:8080/register?invite="#,
                #""email":null,"role":"member","tier":"free","maxUses":1,"uses":0,"paused":false,"#,
                #""createdAt":"2"#, #""expiresAt":"2"#, #""createdBy":""#,
            ]),
        Scenario("without a body", create(""), .created),
        Scenario(
            "everything said",
            create(#"{"role":"admin","tier":"team","maxUses":1000,"expiresIn":"1y"}"#), .created,
            [#""role":"admin","tier":"team","maxUses":1000"#]),
        Scenario(
            "for one address", create(#"{"email":"Ada@Example.org","maxUses":1,"expiresIn":3600}"#),
            .created, [#""email":"ada@example.org""#]),
        Scenario(
            "by an admin, for a customer", create(#"{"role":"user"}"#, as: .admin), .created,
            [#""role":"user""#]),
        badInvite(
            #"{"email":1,"role":"owner","tier":"gold","maxUses":0,"expiresIn":"soon"}"#, "email",
            "role", "tier", "maxUses", "expiresIn"),
        badInvite(#"{"email":"ada@example.org","maxUses":2}"#, "maxUses"),
        badInvite(#"{"maxUses":1001}"#, "maxUses"), badInvite(#"{"maxUses":"1"}"#, "maxUses"),
        badInvite(#"{"expiresIn":3599}"#, "expiresIn"),
        badInvite(#"{"expiresIn":"2y"}"#, "expiresIn"),
        badInvite(#"{"expiresIn":1e30}"#, "expiresIn"),
        badInvite(#"{"expiresIn":true}"#, "expiresIn"),
        badInvite(#"{"expiresIn":31557601}"#, "expiresIn"),
        Scenario(
            "for an address with an account", create(#"{"email":"customer@example.org"}"#),
            .conflict,
            [#""code":"email_taken""#]),
        Scenario(
            "an admin invites no admins", create(#"{"role":"admin"}"#, as: .admin), .forbidden,
            [#""code":"forbidden""#], not: [#""code":"forbidden","link""#]),
        Scenario("a member may not invite", create("{}", as: .member), .forbidden),
        Scenario("a pending account may not invite", create("{}", as: .pending), .forbidden),
        Scenario("inviting unauthenticated", post("/auth/invites", "x"), .unauthorized),

        Scenario(
            "the list holds no code", get("/auth/invites", owner), .ok,
            [#"{"items":[{"id":""#, #""uses":0"#, #""nextCursor":null}"#],
            not: [#""code""#, #""link""#, "invite="]
        ) { $0.before = [create("{}")] },
        Scenario("an empty list", get("/auth/invites", owner), .ok, [#"{"items":[],"#]),
        Scenario(
            "a list in pages", get("/auth/invites?limit=1", owner), .ok, [#""nextCursor":""#]
        ) { $0.before = [create("{}"), create("{}")] },
        Scenario("a list for an unauthenticated client", get("/auth/invites"), .unauthorized),
        Scenario(
            "a list for a member", get("/auth/invites", "Cookie: session_token={member.cookie}"),
            .forbidden),
        Scenario("a bad limit", get("/auth/invites?limit=x", owner), .badRequest, ["limit"]),

        Scenario(
            "pausing nothing", send("PATCH", nowhere, #"{"paused":true}"#, owner), .notFound,
            [#""code":"not_found""#]),
        Scenario(
            "pausing perhaps", send("PATCH", nowhere, #"{"paused":null}"#, owner), .badRequest,
            [#""paused":"must be true or false""#]),
        Scenario(
            "pausing by an unauthenticated client", send("PATCH", nowhere, "x"), .unauthorized),
        Scenario("removing nothing", send("DELETE", nowhere, "", owner), .notFound),
        Scenario(
            "removing by a customer",
            send("DELETE", nowhere, "", "Cookie: session_token={customer.cookie}"), .forbidden),
    ]
}
