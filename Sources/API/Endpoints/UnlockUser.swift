import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/users/{id}/unlock`: clears the wrong passwords that count at an account; for
    /// administrators, in person.
    static func unlockUser(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.administrator(for: .person)
        let id = try exchange.idInPath()
        try exchange.domain { service throws(AuthError) in
            _ = try service.unlock(id, by: .caller(caller))
        }
        return Answer(exchange.done(), account: caller.account.id)
    }
}
