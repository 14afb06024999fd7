import Auth
import HTTP
import Web

extension Endpoints {
    /// `POST /auth/email/verify`: confirms an address by the link that was mailed there, for who is
    /// signed in to its account or knows its password.
    static func verifyEmail(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let body = try RequestBody(context.request)
        let account = try context.domain { service throws(AuthError) in
            try service.email.verifyEmail(
                token: body.text("token"), password: body.text("password"),
                from: context.clientContext, presented: context.credential)
        }
        return EndpointResult(
            context.done(page: HTMLPage(title: "Your email address is confirmed")),
            account: account)
    }
}
