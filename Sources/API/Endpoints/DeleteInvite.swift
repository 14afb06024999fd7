import Auth
import HTTP

extension Endpoints {
    /// `DELETE /auth/invites/{id}`: removes an invitation; for administrators.
    static func deleteInvite(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.administrator(for: .person)
        let id = try exchange.idInPath()
        try exchange.domain { service throws(AuthError) in
            try service.removeInvite(id, by: .caller(caller))
        }
        return Answer(exchange.done(), account: caller.account.id)
    }
}
