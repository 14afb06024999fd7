import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/signup`: opens the account of a customer.
    static func signup(_ exchange: Exchange) throws(Problem) -> Answer {
        try exchange.domain { service throws(AuthError) in try service.requireSignupOpen() }
        let body = try RequestBody(exchange.request)
        let registration = try exchange.domainWithCredentials { service throws(AuthError) in
            try service.signup(
                email: body.text("email"), password: body.text("password"),
                name: body.text("name"), from: exchange.clientContext)
        }
        return exchange.answer(registration)
    }
}
