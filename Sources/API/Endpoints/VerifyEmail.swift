import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/email/verify`: confirms an address by the link that was mailed there.
    static func verifyEmail(_ exchange: Exchange) throws(Problem) -> Answer {
        let body = try RequestBody(exchange.request)
        try exchange.domain { service throws(AuthError) in
            try service.verifyEmail(token: body.text("token"))
        }
        return Answer(
            exchange.done(page: HTMLPage(title: "Your email address is confirmed")))
    }
}
