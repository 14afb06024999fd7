import Auth
import HTTP

extension APIError {
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
