import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// `POST /auth/api-keys`: makes an API key of one's own; its text stands in this answer alone.
    static func createAPIKey(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.caller(for: .person)
        let body = try RequestBody(context.request)
        var request = APIKeyRequest()
        request.name = body.text("name")
        request.scopes = body.texts("scopes", &request.objections)
        request.lifetime = body.lifetime("expiresIn", &request.objections)
        request.password = body.text("password")
        let wanted = request
        let made = try context.domain { service throws(AuthError) in
            try service.apiKeys.createAPIKey(wanted, by: caller, from: context.clientContext)
        }
        var object = JSONObject()
        object.add("key", .string(made.text))
        return EndpointResult(
            context.json(.created, made.details.members(of: object)), account: caller.account.id)
    }
}
