import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/email/change/cancel`: an account keeps its address, by the link that was mailed to
    /// the one that was to take its place.
    static func cancelEmailChange(_ exchange: Exchange) throws(Problem) -> Answer {
        let body = try RequestBody(exchange.request)
        try exchange.domain { service throws(AuthError) in
            try service.cancelEmailChange(token: body.text("token"))
        }
        let page = HTMLPage(
            title: "The change is cancelled", paragraphs: ["The account keeps its address."])
        return Answer(exchange.done(page: page))
    }
}
