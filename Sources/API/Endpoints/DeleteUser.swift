import Auth
import HTTP

extension Endpoints {
    /// `DELETE /auth/users/{id}`: removes an account with everything that is its own; for
    /// administrators.
    static func deleteUser(_ context: RequestContext) throws(APIError) -> EndpointResult {
        let caller = try context.administrator(for: .person)
        let id = try context.idInPath()
        _ = try context.domain { service throws(AuthError) in
            try service.deleteAccount(id, by: .caller(caller))
        }
        return EndpointResult(context.done(), account: caller.account.id)
    }
}
