import Auth
import HTTP

extension Endpoints {
    /// `DELETE /auth/api-keys/{id}`: ends a key of one's own, at once.
    static func revokeAPIKey(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.caller(for: .person)
        let id = try exchange.idInPath()
        try exchange.domain { service throws(AuthError) in
            try service.revokeAPIKey(id, by: caller)
        }
        var object = JSONObject()
        object.add("success", .bool(true))
        return Answer(exchange.json(.ok, object), account: caller.account.id)
    }
}
