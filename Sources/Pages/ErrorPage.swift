import Auth
package import HTTP
package import Web

extension Pages {
    /// An error as a page, for a person who followed a link or sent a form.
    @Sendable package static func error(_ error: RequestError, id: RequestID) -> Response {
        var response = error.response(HTMLPage.fields(id: id))
        response.body = HTMLPage(error).encoded
        return response
    }
}

extension HTMLPage {
    fileprivate init(_ error: RequestError) {
        self.init(title: "That did not work", paragraphs: ["\(error.sentence)."])
        switch error {
        case .domain(.invalidInput(let inputs)):
            paragraphs += inputs.map { "The \($0.field) \($0.message)." }
            paragraphs.append("Go back and try again.")
        case .domain(.confirmationRequired), .domain(.invalidCredentials):
            paragraphs.append("Go back and try again.")
        default: break
        }
    }
}
