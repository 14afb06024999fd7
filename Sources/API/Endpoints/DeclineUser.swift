import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/users/{id}/decline`: removes the account of somebody who waits; for administrators,
    /// and for whoever has the link that the owner was mailed.
    static func declineUser(_ exchange: Exchange) throws(Problem) -> Answer {
        let id = try exchange.idInPath()
        let (decider, caller) = try exchange.decider(for: .person)
        try exchange.domain { service throws(AuthError) in try service.decline(id, by: decider) }
        let page = HTMLPage(title: "Declined", paragraphs: ["The account was removed."])
        return Answer(exchange.done(page: page), account: caller)
    }
}
