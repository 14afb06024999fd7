import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/login`: signs in with email and password.
    static func login(_ exchange: Exchange) throws(Problem) -> Answer {
        let client = exchange.clientContext
        let admission = try exchange.domain { _ throws(AuthError) in
            try exchange.configuration.throttle.admitLogin(from: client)
        }
        let body = try RequestBody(exchange.request)
        let signedIn = try exchange.domain { service throws(AuthError) in
            try service.login(
                email: body.text("email"), password: body.text("password"),
                from: client, presented: exchange.credential, admission: admission)
        }
        return Answer(exchange.session(.ok, signedIn), account: signedIn.account.id)
    }
}
