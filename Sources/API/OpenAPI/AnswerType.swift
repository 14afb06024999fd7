/// What an answer may be written as.
enum AnswerType: String, Hashable {
    case json
    case html
    case metrics

    /// Its name (RFC 9110 §8.3.1).
    var mediaType: String {
        switch self {
        case .json: "application/json"
        case .html: "text/html"
        case .metrics: "text/plain"
        }
    }
}
