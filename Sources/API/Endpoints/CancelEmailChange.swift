import Auth
import HTTP
import Web

extension Endpoints {
    /// `POST /auth/email/change/cancel`: an account keeps its address, by the link that was mailed to
    /// the one that was to take its place.
    static func cancelEmailChange(_ context: RequestContext) throws(RequestError) -> EndpointResult
    {
        let body = try RequestBody(context.request)
        try context.domain { service throws(AuthError) in
            try service.email.cancelEmailChange(token: body.text("token"))
        }
        let page = HTMLPage(
            title: "The change is cancelled", paragraphs: ["The account keeps its address."])
        return EndpointResult(context.done(page: page))
    }
}
