import Auth
import HTTP
import Web

extension Endpoints {
    /// `POST /auth/signup`: opens the account of a customer.
    static func signup(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        try context.domain { service throws(AuthError) in
            try service.registration.requireSignupOpen()
        }
        let body = try RequestBody(context.request)
        let registration = try context.domainWithCredentials { service throws(AuthError) in
            try service.registration.signup(
                email: body.text("email"), password: body.text("password"),
                name: body.text("name"), from: context.clientContext)
        }
        return context.answer(registration)
    }
}
