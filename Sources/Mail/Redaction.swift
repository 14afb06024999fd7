/// Makes lines that an operator may read out of texts that other programs wrote.
///
/// A mail server may quote what it was sent: a login, or a link that resets a password.
public struct Redaction: Sendable {
    /// The most bytes of a line.
    public static let maximumBytes = 300

    private let secrets: [String]

    /// Hides these.
    public init(_ secrets: some Sequence<String>) {
        // The longest first: none is left in part because another one was found within it.
        self.secrets = secrets.filter { !$0.isEmpty }.sorted { $0.utf8.count > $1.utf8.count }
    }

    /// Hides the secrets of an order as well: its code, its link and the token in that.
    public func hiding(_ order: MailOrder) -> Redaction {
        let link = order.values["link"] ?? ""
        // Long enough to be a token, too long to be a word of a path.
        let tokens = link.split { "/?#&=".contains($0) }.filter { $0.utf8.count >= 16 }
        return Redaction(
            secrets + [link, order.values["code"] ?? ""] + tokens.map(String.init))
    }

    /// The text as one line of at most `maximumBytes`, every secret in it replaced.
    public func line(_ text: String) -> String {
        var line = text.onOneLine
        for secret in secrets { line = line.replacing(secret, with: "***") }
        guard line.utf8.count > Self.maximumBytes else { return line }
        var short = ""
        for scalar in line.unicodeScalars {
            guard short.utf8.count + UTF8.width(scalar) <= Self.maximumBytes - 3 else { break }
            short.unicodeScalars.append(scalar)
        }
        return short + "…"
    }
}
