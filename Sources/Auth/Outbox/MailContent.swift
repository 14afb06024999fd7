/// What a mail says: the values of its template, in one language.
///
/// Decided when the mail is written: every delivery attempt is in the same language.
public struct MailContent: Sendable, Equatable {
    /// The language of the template, and of the words among the values.
    public let language: Language
    /// The values by name; links among them are credentials.
    public let values: [String: String]

    /// Creates a content from its parts.
    public init(language: Language, values: [String: String]) {
        self.language = language
        self.values = values
    }
}

extension MailContent {
    /// The name of the language among the values; no template has a value of this name.
    private static let languageName = "language"

    /// Names and values, each terminated by NUL, which none of them contains.
    var encoded: [UInt8] {
        var all = values
        all[Self.languageName] = language.rawValue
        return all.sorted { $0.key < $1.key }.flatMap { name, value in
            [UInt8](name.utf8.filter { $0 != 0 }) + [0] + value.utf8.filter { $0 != 0 } + [0]
        }
    }

    /// Reads names and values; nil when they are not pairs.
    ///
    /// A mail of an earlier version names no language: it is in English.
    init?(encoded bytes: [UInt8]) {
        let parts = bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast()
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count.isMultiple(of: 2) else { return nil }
        var values: [String: String] = [:]
        for index in stride(from: 0, to: parts.count, by: 2) {
            values[parts[index]] = parts[index + 1]
        }
        let language = values.removeValue(forKey: Self.languageName)
        self.init(language: language.flatMap(Language.init(rawValue:)) ?? .en, values: values)
    }
}
