/// The supported request methods (RFC 9110 §9, RFC 5789); any other is refused with 501.
public enum Method: String, Sendable, Equatable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"

    /// Whether the method requests no change of state (RFC 9110 §9.2.1).
    public var isSafe: Bool {
        self == .get || self == .head || self == .options
    }
}

extension Method {
    /// The method with a case-sensitive name (RFC 9110 §9.1); nil for any other.
    public init?(_ name: Span<UInt8>) {
        switch name.count {
        case 3 where name.equals("GET"): self = .get
        case 3 where name.equals("PUT"): self = .put
        case 4 where name.equals("POST"): self = .post
        case 4 where name.equals("HEAD"): self = .head
        case 5 where name.equals("PATCH"): self = .patch
        case 6 where name.equals("DELETE"): self = .delete
        case 7 where name.equals("OPTIONS"): self = .options
        default: return nil
        }
    }
}
