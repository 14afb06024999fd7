import Auth
import HTTP
import Web

extension Endpoints {
    /// `GET /auth/users/{id}`: one account; for administrators.
    static func user(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.administrator(for: .administration)
        let id = try context.idInPath()
        let record = try context.domain { service throws(AuthError) in
            try service.administration.user(id)
        }
        return EndpointResult(context.json(.ok, record.profile), account: caller.account.id)
    }
}
