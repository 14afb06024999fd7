/// How the content of a response may be written.
package enum ResponseType: String, Hashable, Sendable {
    case json
    case html
    case metrics

    /// Its media type (RFC 9110 §8.3.1).
    package var mediaType: String {
        switch self {
        case .json: "application/json"
        case .html: "text/html"
        case .metrics: "text/plain"
        }
    }
}
