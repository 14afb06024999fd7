import Auth
import HTTP
import Web

extension Endpoints {
    /// `DELETE /auth/invites/{id}`: removes an invitation; for administrators.
    static func deleteInvite(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.administrator(for: .person)
        let id = try context.idInPath()
        try context.domain { service throws(AuthError) in
            try service.invites.removeInvite(id, by: .caller(caller))
        }
        return EndpointResult(context.success(), account: caller.account.id)
    }
}
