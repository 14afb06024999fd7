import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/password/reset`: a new password for whoever has the link of a mail.
    static func resetPassword(_ exchange: Exchange) throws(Problem) -> Answer {
        let body = try RequestBody(exchange.request)
        let device = try exchange.domain { service throws(AuthError) in
            try service.resetPassword(
                token: body.text("token"), password: body.text("password"),
                from: exchange.clientContext)
        }
        let page = HTMLPage(
            title: "Your password is set",
            paragraphs: ["You were signed out everywhere. Sign in with the new password."])
        var response = exchange.done(page: page)
        exchange.set(device: device, on: &response)
        return Answer(response)
    }
}
