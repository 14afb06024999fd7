import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/email/change`: mails a link to another address, which becomes the account's when
    /// the link is used; also for somebody whose present address is not confirmed.
    static func changeEmail(_ exchange: Exchange) throws(Problem) -> Answer {
        try exchange.domain { service throws(AuthError) in try service.requireMail() }
        let caller = try exchange.identifiedCaller(for: .person)
        let body = try RequestBody(exchange.request)
        try exchange.domainWithCredentials { service throws(AuthError) in
            try service.changeEmail(
                to: body.text("email"), password: body.text("password"), by: caller,
                from: exchange.clientContext)
        }
        return Answer(exchange.done(.accepted), account: caller.account.id)
    }
}
