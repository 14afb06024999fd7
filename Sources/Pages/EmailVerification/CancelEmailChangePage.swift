import Auth
import HTTP
import Web

extension Pages {
    /// Cancelling a change of address, from the page of its link.
    static func cancelEmailChange(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(.post, "/auth/email/change/cancel", handler: postCancelEmailChange)
        ]
    }

    private static func postCancelEmailChange(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        let body = try RequestBody(context.request)
        try context.domain { service throws(AuthError) in
            try service.email.cancelEmailChange(token: body.text("token"))
        }
        return EndpointResult(
            context.html(
                HTMLPage(
                    title: "The change is cancelled",
                    paragraphs: ["The account keeps its address."])))
    }
}
