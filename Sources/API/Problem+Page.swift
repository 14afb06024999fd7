import Auth
import HTTP

extension Problem {
    /// The problem as a page, for a person who followed a link or sent a form.
    var page: HTMLPage {
        var page = HTMLPage(title: "That did not work", paragraphs: ["\(report.sentence)."])
        if case .domain(.invalidInput(let inputs)) = self {
            page.paragraphs += inputs.map { "The \($0.field) \($0.message)." }
            page.paragraphs.append("Go back and try again.")
        }
        return page
    }
}
