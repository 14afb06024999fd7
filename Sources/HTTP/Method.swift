/// The request methods this server knows (RFC 9110 §9, RFC 5789); any other is refused with 501.
public enum Method: String, Sendable, Equatable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"

    /// Whether the client asks for no change of state (RFC 9110 §9.2.1).
    public var isSafe: Bool {
        self == .get || self == .head || self == .options
    }
}
