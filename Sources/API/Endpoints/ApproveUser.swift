import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/users/{id}/approve`: lets somebody in who waits; for administrators, and for whoever
    /// has the link that the owner was mailed.
    static func approveUser(_ exchange: Exchange) throws(Problem) -> Answer {
        let id = try exchange.idInPath()
        let (decider, caller) = try exchange.decider(for: .administration)
        let account = try exchange.domain { service throws(AuthError) in
            try service.approve(id, by: decider)
        }
        guard exchange.request.isPostedByPage else {
            return Answer(exchange.json(.ok, account.profile), account: caller)
        }
        let page = HTMLPage(
            title: "Approved",
            paragraphs: [
                "\(account.name) (\(account.email)) may use the account from now on.",
                account.addressState,
            ])
        return Answer(exchange.html(.ok, page), account: caller)
    }
}
