import Auth
import HTTP
import TestSupport

extension Scenario {
    private static let key = "Authorization: Bearer {customer.key}"
    private static let cookie = "Cookie: session_token={customer.cookie}"
    private static let me = get("/auth/me", key)

    private static func left(_ remaining: Int, of limit: Int = 60, reset: Int) -> [String] {
        [
            "X-RateLimit-Limit: \(limit)\n", "X-RateLimit-Remaining: \(remaining)\n",
            "X-RateLimit-Reset: \(reset)\n",
        ]
    }

    private static func tier(_ tier: Account.Tier) -> @Sendable (World) throws -> Void {
        { world in world.change(Person.customer.email) { $0.tier = tier } }
    }

    private static let countingSessions: @Sendable (World) throws -> Void = { world in
        var rules = TierLimits.Rules()
        rules.countsSessions = true
        world.throttle.tiers.replace(by: rules)
    }

    static let tierLimits: [Scenario] = [
        Scenario("the first request", me, .ok, left(59, reset: 1)),
        Scenario("the tenth", me, .ok, left(50, reset: 10)) {
            $0.before = Array(repeating: me, count: 9)
        },
        Scenario("what was used comes back", me, .ok, left(54, reset: 6)) {
            $0.before = Array(repeating: me, count: 10)
            $0.elapsing = 5
        },
        Scenario("the last", me, .ok, left(0, reset: 60)) {
            $0.before = Array(repeating: me, count: 59)
        },
        Scenario(
            "one too many", me, .tooManyRequests,
            [#""code":"too_many_requests""#, "Retry-After: 1\n"] + left(0, reset: 60)
        ) { $0.before = Array(repeating: me, count: 60) },
        Scenario("after the wait", me, .ok, left(0, reset: 60)) {
            $0.before = Array(repeating: me, count: 61)
            $0.elapsing = 1
        },
        Scenario("pro", me, .ok, left(599, of: 600, reset: 1)) { $0.prepare = tier(.pro) },
        Scenario("team", me, .ok, left(5_999, of: 6_000, reset: 1)) { $0.prepare = tier(.team) },
        Scenario(
            "keys of one account", get("/auth/me", "Authorization: Bearer {customer.readKey}"), .ok,
            left(58, reset: 2)
        ) { $0.before = [me] },
        Scenario(
            "keys of two", get("/auth/me", "Authorization: Bearer {owner.key}"), .ok,
            left(59, reset: 1)
        ) { $0.before = Array(repeating: me, count: 61) },
        Scenario(
            "what a key may not do counts", post("/auth/config/update", "{}", key), .forbidden,
            ["insufficient_scope"] + left(58, reset: 2)
        ) { $0.before = [get("/auth/api-keys", key)] },
        Scenario(
            "an input at fault counts",
            post("/auth/config/update", #"{"signup":1}"#, "Authorization: Bearer {owner.adminKey}"),
            .badRequest, left(59, reset: 1)),
        Scenario(
            "the limit before the inputs and before what a key may do",
            post("/auth/api-keys", "no JSON", key), .tooManyRequests, left(0, reset: 60)
        ) { $0.before = Array(repeating: me, count: 60) },
        Scenario("the cookie is not counted", get("/auth/me", cookie), .ok, not: ["X-RateLimit"]),
        Scenario("nor kept out", get("/auth/me", cookie), .ok, not: ["X-RateLimit"]) {
            $0.before = Array(repeating: me, count: 61)
        },
        Scenario(
            "the next answer of the thread is another's", get("/auth/me", cookie), .ok,
            not: ["X-RateLimit"]
        ) { $0.before = [me] },
        Scenario("an unknown path neither", get("/nothing"), .notFound, not: ["X-RateLimit"]) {
            $0.before = [me]
        },
        Scenario("the cookie where it counts", get("/auth/me", cookie), .ok, left(58, reset: 2)) {
            $0.prepare = countingSessions
            $0.before = [me]
        },
        Scenario(
            "a token where it counts", get("/auth/me", "Authorization: Bearer {customer.token}"),
            .tooManyRequests, left(0, reset: 60)
        ) {
            $0.prepare = countingSessions
            $0.before = Array(repeating: get("/auth/me", cookie), count: 60)
        },
        Scenario("without limits", me, .ok, not: ["X-RateLimit"]) {
            $0.site.isThrottled = false
            $0.before = Array(repeating: me, count: 100)
        },
        Scenario("what is public is never counted", get("/health", key), .ok, not: ["X-RateLimit"]),
    ]
}
