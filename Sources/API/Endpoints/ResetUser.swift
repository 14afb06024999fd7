import Auth
import HTTP
import Web

extension Endpoints {
    /// `POST /auth/users/{id}/reset`: mails the person of an account a link that sets a new password;
    /// for administrators, in person.
    static func resetUser(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.administrator(for: .person)
        let id = try context.idInPath()
        try context.domain { service throws(AuthError) in
            try service.administration.sendPasswordReset(to: id, by: .caller(caller))
        }
        return EndpointResult(context.success(.accepted), account: caller.account.id)
    }
}
