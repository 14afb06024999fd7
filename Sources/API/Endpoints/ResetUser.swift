import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/users/{id}/reset`: mails the person of an account a link that sets a new password;
    /// for administrators, in person.
    static func resetUser(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.administrator(for: .person)
        let id = try exchange.idInPath()
        try exchange.domain { service throws(AuthError) in
            try service.sendPasswordReset(to: id, by: .caller(caller))
        }
        return Answer(exchange.done(.accepted), account: caller.account.id)
    }
}
