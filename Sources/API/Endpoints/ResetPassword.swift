import Auth
import HTTP
import Web

extension Endpoints {
    /// `POST /auth/password/reset`: a new password for whoever has the link of a mail.
    static func resetPassword(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let body = try RequestBody(context.request)
        let device = try context.domain { service throws(AuthError) in
            try service.passwords.resetPassword(
                token: body.text("token"), password: body.text("password"),
                from: context.clientContext)
        }
        let page = HTMLPage(
            title: "Your password is set",
            paragraphs: ["You were signed out everywhere. Sign in with the new password."])
        var response = context.done(page: page)
        context.set(device: device, on: &response)
        return EndpointResult(response)
    }
}
