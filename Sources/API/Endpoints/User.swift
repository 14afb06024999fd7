import Auth
import HTTP

extension Endpoints {
    /// `GET /auth/users/{id}`: one account; for administrators.
    static func user(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.administrator(for: .administration)
        let id = try exchange.idInPath()
        let record = try exchange.domain { service throws(AuthError) in try service.user(id) }
        return Answer(exchange.json(.ok, record.profile), account: caller.account.id)
    }
}
