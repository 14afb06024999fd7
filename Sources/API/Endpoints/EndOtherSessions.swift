import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// `DELETE /auth/sessions`: signs all devices of the caller out but the one that asks.
    static func endOtherSessions(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.caller(for: .person)
        let ended = try context.domain { service throws(AuthError) in
            try service.sessions.endOtherSessions(of: caller)
        }
        var object = JSONObject()
        object.add("success", .bool(true))
        object.add("ended", .integer(Int64(ended)))
        return EndpointResult(context.json(.ok, object), account: caller.account.id)
    }
}
