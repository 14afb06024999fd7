import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/login`: signs in with email and password.
    static func login(_ exchange: Exchange) throws(Problem) -> Answer {
        let body = try RequestBody(exchange.request)
        let signedIn = try exchange.domainWithCredentials { service throws(AuthError) in
            try service.login(
                email: body.text("email"), password: body.text("password"),
                from: exchange.clientContext, presented: exchange.credential,
                cookie: exchange.sessionCookie)
        }
        return Answer(exchange.session(.ok, signedIn), account: signedIn.account.id)
    }
}
