import Auth
import HTTP
import Web

extension Endpoints {
    /// `DELETE /auth/users/{id}`: removes an account with everything that is its own; for
    /// administrators.
    static func deleteUser(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.administrator(for: .person)
        let id = try context.idInPath()
        _ = try context.domain { service throws(AuthError) in
            try service.administration.deleteAccount(id, by: .caller(caller))
        }
        return EndpointResult(context.success(), account: caller.account.id)
    }
}
