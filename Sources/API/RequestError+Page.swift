import Auth
package import HTTP
package import Web

extension RequestError {
    /// The problem as a page, for a person who followed a link or sent a form.
    var page: HTMLPage {
        var page = HTMLPage(title: "That did not work", paragraphs: ["\(report.sentence)."])
        switch self {
        case .domain(.invalidInput(let inputs)):
            page.paragraphs += inputs.map { "The \($0.field) \($0.message)." }
            page.paragraphs.append("Go back and try again.")
        case .domain(.confirmationRequired), .domain(.invalidCredentials):
            page.paragraphs.append("Go back and try again.")
        default: break
        }
        return page
    }
}

extension RequestError {
    /// The response to an error, for a person.
    @Sendable package static func page(_ error: RequestError, id: RequestID) -> Response {
        var response = error.response(RequestContext.pageFields(id: id))
        response.body = error.page.encoded
        return response
    }
}
