import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/users/{id}/unlock`: clears the wrong passwords that count at an account; for
    /// administrators, in person.
    static func unlockUser(_ context: RequestContext) throws(APIError) -> EndpointResult {
        let caller = try context.administrator(for: .person)
        let id = try context.idInPath()
        try context.domain { service throws(AuthError) in
            _ = try service.unlock(id, by: .caller(caller))
        }
        return EndpointResult(context.done(), account: caller.account.id)
    }
}
