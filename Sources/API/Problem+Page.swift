import Auth
import HTTP

extension Problem {
    /// Whether a request is told about its problems with a page: a browser sent a form.
    static func isShown(to request: Request) -> Bool {
        MediaType(request.single(.contentType)) == .form && Accept.prefersHTML(request)
    }

    /// The problem as a page, for a person who sent a form.
    var page: HTMLPage {
        var page = HTMLPage(title: "That did not work", paragraphs: ["\(report.sentence)."])
        if case .domain(.invalidInput(let inputs)) = self {
            page.paragraphs += inputs.map { "The \($0.field) \($0.message)." }
            page.paragraphs.append("Go back and try again.")
        }
        return page
    }
}
