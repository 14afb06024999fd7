import Auth
import HTTP

extension Endpoints {
    /// `DELETE /auth/invites/{id}`: removes an invitation; for administrators.
    static func deleteInvite(_ context: RequestContext) throws(APIError) -> EndpointResult {
        let caller = try context.administrator(for: .person)
        let id = try context.idInPath()
        try context.domain { service throws(AuthError) in
            try service.removeInvite(id, by: .caller(caller))
        }
        return EndpointResult(context.done(), account: caller.account.id)
    }
}
