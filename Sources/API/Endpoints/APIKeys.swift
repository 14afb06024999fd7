import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// `GET /auth/api-keys`: one's own live keys, newest first.
    static func apiKeys(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.caller(for: .person)
        let request = try context.pageRequest()
        let page = try context.domain { service throws(AuthError) in
            try service.apiKeys.apiKeys(of: caller, request)
        }
        return EndpointResult(
            context.json(page) { $0.members(of: JSONObject()) }, account: caller.account.id)
    }
}
