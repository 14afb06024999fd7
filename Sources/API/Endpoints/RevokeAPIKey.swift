import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// `DELETE /auth/api-keys/{id}`: ends a key of one's own, at once.
    static func revokeAPIKey(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.caller(for: .person)
        let id = try context.idInPath()
        try context.domain { service throws(AuthError) in
            try service.apiKeys.revokeAPIKey(id, by: caller)
        }
        var object = JSONObject()
        object.add("success", .bool(true))
        return EndpointResult(context.json(.ok, object), account: caller.account.id)
    }
}
