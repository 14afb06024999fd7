import Auth
import HTTP
import Web

extension Endpoints {
    /// `POST /auth/password/forgot`: mails a link that sets a new password; the answer is the same
    /// whether or not anybody has the address.
    static func forgotPassword(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        try context.domain { service throws(AuthError) in try service.requireMail() }
        let body = try RequestBody(context.request)
        try context.domain { service throws(AuthError) in
            try service.passwords.requestPasswordReset(of: body.text("email"))
        }
        return EndpointResult(context.success(.accepted))
    }
}
