import Auth
import HTTP
import Web

extension Endpoints {
    /// `DELETE /auth/sessions/{id}`: signs one of the caller's devices out; the one that asks loses its
    /// cookie, too.
    static func endSession(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.caller(for: .person)
        let id = try context.idInPath()
        try context.domain { service throws(AuthError) in
            try service.sessions.endSession(id, of: caller)
        }
        var response = context.success()
        if id == caller.session?.id { context.clearCookie(on: &response) }
        return EndpointResult(response, account: caller.account.id)
    }
}
