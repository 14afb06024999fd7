import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/api-keys`: makes an API key of one's own; its text stands in this answer alone.
    static func createAPIKey(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.caller(for: .person)
        let body = try RequestBody(exchange.request)
        var request = APIKeyRequest()
        request.name = body.text("name")
        request.scopes = body.texts("scopes", &request.objections)
        request.lifetime = body.lifetime("expiresIn", &request.objections)
        request.password = body.text("password")
        let wanted = request
        let made = try exchange.domain { service throws(AuthError) in
            try service.createAPIKey(wanted, by: caller, from: exchange.clientContext)
        }
        var object = JSONObject()
        object.add("key", .string(made.text))
        return Answer(
            exchange.json(.created, made.details.members(of: object)), account: caller.account.id)
    }
}
