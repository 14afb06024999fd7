import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/email/verify`: confirms an address by the link that was mailed there, for who is
    /// signed in to its account or knows its password.
    static func verifyEmail(_ exchange: Exchange) throws(Problem) -> Answer {
        let body = try RequestBody(exchange.request)
        let account = try exchange.domain { service throws(AuthError) in
            try service.verifyEmail(
                token: body.text("token"), password: body.text("password"),
                from: exchange.clientContext, presented: exchange.credential)
        }
        return Answer(
            exchange.done(page: HTMLPage(title: "Your email address is confirmed")),
            account: account)
    }
}
