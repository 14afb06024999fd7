import Auth
import HTTP

extension Endpoints {
    /// `GET /auth/api-keys`: one's own live keys, newest first.
    static func apiKeys(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.caller(for: .person)
        let request = try exchange.pageRequest()
        let page = try exchange.domain { service throws(AuthError) in
            try service.apiKeys(of: caller, request)
        }
        return Answer(
            exchange.json(page) { $0.members(of: JSONObject()) }, account: caller.account.id)
    }
}
