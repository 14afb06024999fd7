import HTTP
import TestSupport

extension Scenario {
    private static let broken: @Sendable (World) throws -> Void = { world in
        world.store.condition = .broken
    }
    private static let unavailable = [#""code":"unavailable""#, "Retry-After: 1\n"]
    /// What happened is for the log; the client learns nothing of it.
    private static let silent = ["disk I/O error", "Set-Cookie"]

    private static func fault(_ name: String, _ request: String) -> Scenario {
        Scenario(name, request, .serviceUnavailable, unavailable, not: silent) {
            $0.prepare = broken
        }
    }

    static let faults: [Scenario] = [
        fault("login", login("customer")),
        fault("login to an unknown account", login("nobody", "wrong")),
        fault(
            "signup",
            post(
                "/auth/signup", #"{"email":"new@example.org","password":"\#(Person.password)"}"#)),
        fault(
            "register",
            post(
                "/auth/register",
                #"{"username":"abc","email":"new@example.org","password":"\#(Person.password)"}"#)),
        fault("an invitation", post("/auth/register?invite=x", "{}")),
        fault("me with a cookie", get("/auth/me", "Cookie: session_token={customer.cookie}")),
        fault("me with a token", get("/auth/me", "Authorization: Bearer {customer.token}")),
        fault("logout", post("/auth/logout", "", "Cookie: session_token={customer.cookie}")),
        Scenario(
            "logout of a page",
            get(
                "/auth/logout", "Accept: text/html", "Authorization: Bearer {customer.token}"),
            .serviceUnavailable, ["<!doctype html>", "Retry-After: 1\n"], not: silent
        ) { $0.prepare = broken },
        fault(
            "config",
            post(
                "/auth/config/update", "{}", "Cookie: session_token={owner.cookie}")),
        fault("accounts", get("/auth/users", "Cookie: session_token={owner.cookie}")),
        fault(
            "a change of an account",
            send("PATCH", "/auth/users/{customer.id}", "{}", "Cookie: session_token={owner.cookie}")
        ),
        fault("a link to approve", post("/auth/users/{pending.id}/approve", #"{"token":"x"}"#)),
        Scenario(
            "a link to approve, on a page", form("/auth/users/{pending.id}/approve", "token=x"),
            .serviceUnavailable, ["<!doctype html>", "Retry-After: 1\n"], not: silent
        ) { $0.prepare = broken },
        fault("invitations", get("/auth/invites", "Cookie: session_token={owner.cookie}")),
        fault(
            "a new invitation",
            post("/auth/invites", "{}", "Cookie: session_token={owner.cookie}")),
        fault(
            "a new password",
            post(
                "/auth/password/change",
                #"{"currentPassword":"x","newPassword":"another password"}"#,
                "Cookie: session_token={customer.cookie}")),
        fault(
            "a reset",
            post("/auth/password/reset", #"{"token":"x","password":"another password"}"#)),
        fault("a link", post("/auth/email/verify", #"{"token":"x"}"#)),
        fault("a rejection", post("/auth/email/verify/reject", #"{"token":"x"}"#)),
        fault("a cancelled change", post("/auth/email/change/cancel", #"{"token":"x"}"#)),
        fault(
            "another link",
            post("/auth/email/verify/resend", "", "Cookie: session_token={customer.cookie}")),
        fault(
            "the end of an account",
            send(
                "DELETE", "/auth/me", #"{"password":"x"}"#,
                "Cookie: session_token={customer.cookie}")),
        fault("an export", get("/auth/me/export", "Cookie: session_token={customer.cookie}")),
        Scenario(
            "setup",
            post(
                "/auth/setup",
                #"{"username":"abc","email":"new@example.org","password":"\#(Person.password)"}"#),
            .serviceUnavailable, unavailable, not: silent
        ) {
            $0.site.people = []
            $0.peer = .loopback
            $0.prepare = broken
        },
        Scenario(
            "logging out unauthenticated needs no store", post("/auth/logout", ""), .ok,
            ["Max-Age=0"]
        ) {
            $0.prepare = broken
        },
        Scenario(
            "too many wait to be hashed", login("customer"), .serviceUnavailable,
            [
                #""code":"overloaded""#, "Retry-After: 3\n",
            ], not: ["Set-Cookie"]
        ) { $0.prepare = { $0.gate.isFull = true } },
        Scenario("what is in memory is answered", get("/auth/config"), .ok) { $0.prepare = broken },
    ]
}
