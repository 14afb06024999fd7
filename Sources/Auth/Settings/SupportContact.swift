/// Where people of the site get help: an email address, or a page.
public enum SupportContact: Sendable, Hashable {
    /// A mailbox that a person reads.
    case email(Email)
    /// An http or https URL, in visible ASCII.
    case url(String)

    /// The most bytes of a URL.
    static let maximumBytes = 2_048

    /// What is expected of a contact, to end a sentence.
    static let expected = "an email address, or an http:// or https:// URL"

    /// Reads an address or a URL; nil for any other text.
    ///
    /// A URL has no user information, which a reader could take for the host, and none of the
    /// characters that have to be escaped in URLs (RFC 3986 §2): with them, different readers would
    /// see different hosts.
    public init?(_ text: String) {
        if let email = Email(text) {
            self = .email(email)
        } else if Self.isURL(text) {
            self = .url(text)
        } else {
            return nil
        }
    }

    /// The target of a link to it: a `mailto:` address, or the URL.
    public var link: String {
        switch self {
        case .email(let email): "mailto:\(email.address)"
        case .url(let url): url
        }
    }

    private static func isURL(_ text: String) -> Bool {
        guard (1...maximumBytes).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !#""<>\^`{|}"#.utf8.contains($0) })
        else { return false }
        let parts = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count > 2, parts[1].isEmpty else { return false }
        let host = parts[2].prefix { $0 != "?" && $0 != "#" }
        return Origin("\(parts[0])//\(host)") != nil
    }
}

extension SupportContact: CustomStringConvertible {
    /// The address or the URL, as a person reads it.
    public var description: String {
        switch self {
        case .email(let email): email.address
        case .url(let url): url
        }
    }
}
