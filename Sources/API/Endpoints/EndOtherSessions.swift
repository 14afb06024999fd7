import Auth
import HTTP

extension Endpoints {
    /// `DELETE /auth/sessions`: signs all devices of the caller out but the one that asks.
    static func endOtherSessions(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.caller(for: .person)
        let ended = try exchange.domain { service throws(AuthError) in
            try service.endOtherSessions(of: caller)
        }
        var object = JSONObject()
        object.add("success", .bool(true))
        object.add("ended", .integer(Int64(ended)))
        return Answer(exchange.json(.ok, object), account: caller.account.id)
    }
}
