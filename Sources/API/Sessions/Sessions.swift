import Auth
import Crypto
import HTTP
import JSON
import Web

extension Endpoints {
    /// The sessions of the caller.
    static let sessions = [
        Endpoint(
            .get, "/auth/sessions", .init(on: .store, access: .activeAccount(.person)),
            handler: listSessions,
            Operation(
                id: "sessions", summary: "Your sessions", tag: .sessions, parameters: .page,
                responses: [.json(.ok, "Live sessions", .page(of: .named(.session)))],
                errors: [.invalidRequest])),
        Endpoint(
            .delete, "/auth/sessions", .init(on: .store, access: .activeAccount(.person)),
            handler: endOtherSessions,
            Operation(
                id: "endOtherSessions", summary: "Sign out everywhere else", tag: .sessions,
                description:
                    "Ends all your sessions but the current one, before the response is sent.",
                responses: [
                    .json(.ok, "How many were ended", .ended)
                ])),
        Endpoint(
            .delete, "/auth/sessions/{id}", .init(on: .store, access: .activeAccount(.person)),
            handler: endSession,
            Operation(
                id: "endSession", summary: "End one session", tag: .sessions,
                description: "Ending the current session clears its cookie, too.",
                responses: [
                    .json(.ok, "It has ended", .named(.success), fields: [.setCookieSometimes])
                ])),
        Endpoint(
            .post, "/auth/refresh", .init(on: .store, access: .session), handler: refresh,
            Operation(
                id: "refresh", summary: "Another JWT", tag: .sessions,
                description: """
                    For the same session, with the account's present tier and role; earlier tokens \
                    stay valid. Where sessions slide, the cookie is set again with the new end.
                    """,
                responses: [
                    .json(.ok, "The token", .named(.signedIn), fields: [.setCookieSometimes])
                ])),
    ]

    private static func listSessions(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let request = try context.pageRequest()
        let page = try context.domain { service throws(AuthError) in
            try service.sessions.sessions(of: caller, request)
        }
        return context.json(page) { details in
            var object = details.json
            object.add("current", .bool(details.session.id == caller.session?.id))
            return object
        }
    }

    private static func endOtherSessions(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let ended = try context.domain { service throws(AuthError) in
            try service.sessions.endOtherSessions(of: caller)
        }
        return context.success(ended: ended)
    }

    private static func endSession(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let id = try context.idInPath()
        try context.domain { service throws(AuthError) in
            try service.sessions.endSession(id, of: caller)
        }
        var response = context.success()
        if id == caller.session?.id { context.clearCookie(on: &response) }
        return response
    }

    private static func refresh(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let refreshed = try context.domain { service throws(AuthError) in
            try service.signIn.refresh(context.credential, cookie: context.sessionCookie) {
                context.note($0)
            }
        }
        return EndpointResult(context.renewed(refreshed), account: refreshed.account.id)
    }
}
