/// The name of the site, which pages and mails show.
public struct SiteName: Sendable, Hashable {
    /// The name without surrounding blanks, 1 to 60 Unicode scalars.
    public let text: String

    /// The most Unicode scalars: a name is a heading, and part of the subjects of mails.
    public static let maximumLength = 60

    /// The name of a site that has none.
    public static let standard = SiteName(valid: "lunauth")

    /// A name that was valid when it was stored.
    init(stored text: String) {
        self.init(valid: text)
    }

    /// Reads a name; nil when it breaks the rule for names or is too long.
    public init?(_ text: String) {
        guard let name = try? PersonName(text, atMost: Self.maximumLength) else { return nil }
        self.init(valid: name.text)
    }

    /// The rule that a name breaks; nil when it is valid.
    static func objection(to text: String) -> InvalidInput.Rule? {
        do throws(PersonName.Objection) {
            _ = try PersonName(text, atMost: maximumLength)
            return nil
        } catch {
            return error.rule(atMost: maximumLength)
        }
    }

    private init(valid text: String) {
        self.text = text
    }
}

extension SiteName: CustomStringConvertible {
    /// The name.
    public var description: String { text }
}
