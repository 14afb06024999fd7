import Auth
import HTTP
import JSON
import Web

extension Operation {
    /// Where a person is signed in.
    static let sessions = [
        Operation(
            method: .get, path: "/auth/sessions", id: "sessions", summary: "Your sessions",
            tag: .sessions, caller: .active(.person), parameters: .page,
            answers: [.json(.ok, "Live sessions", .page(of: .named(.session)))],
            errors: [.invalidRequest]),
        Operation(
            method: .delete, path: "/auth/sessions", id: "endOtherSessions",
            summary: "Sign out everywhere else", tag: .sessions,
            description: "Ends all your sessions but the one that asks, before the answer is sent.",
            caller: .active(.person),
            answers: [
                .json(
                    .ok, "How many were ended",
                    .object(["success": .always(.bool(true)), "ended": .integer(0...Int64.max)]))
            ]),
        Operation(
            method: .delete, path: "/auth/sessions/{id}", id: "endSession",
            summary: "End one session", tag: .sessions,
            description: "The one that asks loses its cookie, too.", caller: .active(.person),
            answers: [.json(.ok, "It has ended", .named(.success), fields: [.setCookieSometimes])]),
        Operation(
            method: .post, path: "/auth/refresh", id: "refresh", summary: "Another JWT",
            tag: .sessions,
            description: """
                For the same session, with the account's present tier and role; tokens that were \
                given out before stay good. Where sessions slide, the cookie is set again with the \
                new end.
                """,
            caller: .active(.person),
            answers: [
                .json(.ok, "The token", .named(.signedIn), fields: [.setCookieSometimes])
            ]),
    ]
}
