import Auth
import HTTP
import Web

extension Endpoints {
    /// `POST /auth/login`: signs in with email and password.
    static func login(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let body = try RequestBody(context.request)
        let signedIn = try context.domainWithCredentials { service throws(AuthError) in
            try service.signIn.login(
                email: body.text("email"), password: body.text("password"),
                from: context.clientContext, presented: context.credential,
                cookie: context.sessionCookie)
        }
        return EndpointResult(context.session(.ok, signedIn), account: signedIn.account.id)
    }
}
