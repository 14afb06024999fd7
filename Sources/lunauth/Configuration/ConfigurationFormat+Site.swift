import Auth
import JSON

extension ConfigurationFormat<SiteName?> {
    /// A name for people, or nothing.
    static let siteName = Self(
        expected: "a name of 1 to \(SiteName.maximumLength) characters, or nothing",
        notation: .text,
        read: { $0.optional { SiteName($0) } }, write: { $0?.text ?? "" })
}

extension ConfigurationFormat<SiteAccent?> {
    /// A colour, or nothing.
    static let siteAccent = Self(
        expected: "a colour of the form \"#rrggbb\", or nothing", notation: .text,
        read: { $0.optional { SiteAccent($0) } }, write: { $0?.hex ?? "" })
}

extension ConfigurationFormat<SupportContact?> {
    /// Where people get help, or nothing.
    static let supportContact = Self(
        expected: "an email address or an http(s) URL, or nothing", notation: .text,
        read: { $0.optional { SupportContact($0) } }, write: { $0?.description ?? "" })
}

extension JSONValue {
    /// The value of a string: nil when it is not what is expected, none when it is empty.
    fileprivate func optional<Value>(_ read: (String) -> Value?) -> Value?? {
        text.flatMap { $0.isEmpty ? .some(nil) : read($0).map(Optional.some) }
    }
}
