import Auth
import HTTP

extension Endpoints {
    /// `DELETE /auth/users/{id}`: removes an account with everything that is its own; for
    /// administrators.
    static func deleteUser(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.administrator(for: .write)
        let id = try exchange.idInPath()
        _ = try exchange.domain { service throws(AuthError) in
            try service.deleteAccount(id, by: .caller(caller))
        }
        return Answer(exchange.json(.ok, .success), account: caller.account.id)
    }
}

extension JSONObject {
    /// The answer where there is nothing else to say.
    static let success: JSONObject = {
        var object = JSONObject()
        object.add("success", .bool(true))
        return object
    }()
}
