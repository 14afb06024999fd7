import Auth
import HTTP

extension Endpoints {
    /// `DELETE /auth/users/{id}`: removes an account with everything that is its own; for
    /// administrators.
    static func deleteUser(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.administrator(for: .person)
        let id = try exchange.idInPath()
        _ = try exchange.domain { service throws(AuthError) in
            try service.deleteAccount(id, by: .caller(caller))
        }
        return Answer(exchange.done(), account: caller.account.id)
    }
}
