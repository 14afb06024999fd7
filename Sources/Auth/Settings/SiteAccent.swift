import Crypto

/// The one colour of the site, from which those of buttons and links are derived.
public struct SiteAccent: Sendable, Hashable {
    /// `#rrggbb` in lower case: safe in a style sheet and in an attribute.
    public let hex: String

    /// The colour of a site that has none of its own.
    public static let standard = SiteAccent(valid: "#30528c")

    /// What is expected of a colour, to end a sentence.
    static let expected = "a colour of the form #rrggbb"

    /// Reads `#rrggbb`, in letters of either case; nil for any other text.
    public init?(_ text: String) {
        let digits = text.utf8.dropFirst()
        guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6, Hex.decode(digits) != nil
        else { return nil }
        self.init(valid: text.asciiLowercased)
    }

    private init(valid hex: String) {
        self.hex = hex
    }
}

extension SiteAccent: CustomStringConvertible {
    /// The colour as `#rrggbb`.
    public var description: String { hex }
}
