import Auth
import HTTP
import Web

extension Endpoints {
    /// `POST /auth/users/{id}/unlock`: clears the wrong passwords that count at an account; for
    /// administrators, in person.
    static func unlockUser(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.administrator(for: .person)
        let id = try context.idInPath()
        try context.domain { service throws(AuthError) in
            _ = try service.administration.unlock(id, by: .caller(caller))
        }
        return EndpointResult(context.success(), account: caller.account.id)
    }
}
