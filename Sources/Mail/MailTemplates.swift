/// The templates of all kinds of mails in all languages: those in the program, or files of the operator.
public struct MailTemplates: Sendable {
    private struct Entry {
        let subject: Template
        let text: Template
        let html: Template
    }

    private let languages: [MailLanguage: [MailKind: Entry]]

    /// Reads all of them.
    ///
    /// - Parameter directory: Each file in it that is named `<kind>.txt` or `<kind>.html` takes the
    ///   place of those in the program, for every language; `<kind>.de.txt` does for one. Nil for none.
    ///   Other files of these two types are refused, since they would never be used.
    /// - Throws: `.unreadable` and `.template`.
    public init(overriddenIn directory: String? = nil) throws(MailError) {
        let files = try TemplateFiles(in: directory)
        var languages: [MailLanguage: [MailKind: Entry]] = [:]
        for language in MailLanguage.allCases {
            let text = try Self.parts(.txt, in: language, files)
            let html = try Self.parts(.html, in: language, files)
            var entries: [MailKind: Entry] = [:]
            for kind in MailKind.allCases {
                entries[kind] = try Self.entry(
                    of: kind,
                    text: files.source(
                        kind.rawValue, .txt, in: language, builtIn: kind.text(in: language)), text,
                    html: files.source(
                        kind.rawValue, .html, in: language, builtIn: kind.html(in: language)),
                    html)
            }
            languages[language] = entries
        }
        self.languages = languages
    }

    /// The content of a mail.
    struct Rendered: Sendable, Equatable {
        /// One line.
        let subject: String
        /// Plain text, its lines ended by line feeds.
        let text: String
        /// A page of HTML.
        let html: String
    }

    /// Writes a mail; values are made lines first.
    func render(
        _ kind: MailKind, in language: MailLanguage, _ values: [String: String]
    ) -> Rendered {
        var values = values.mapValues(\.onOneLine)
        let entry = languages[language]?[kind]
        let subject = entry?.subject.render(values).onOneLine ?? ""
        values["subject"] = subject
        return Rendered(
            subject: subject, text: entry?.text.render(values) ?? "",
            html: entry?.html.render(values) ?? "")
    }

    /// The parts that templates of a format include, by name.
    private static func parts(
        _ suffix: TemplateFiles.Suffix, in language: MailLanguage, _ files: TemplateFiles
    ) throws(MailError) -> [String: Template] {
        let (format, values) = (suffix.format, TemplateValues.given.including(suffix.format))
        var parts: [String: Template] = [:]
        for part in MailPart.allCases where part.suffix == suffix {
            let source = try files.source(
                part.name, suffix, in: language, builtIn: part.builtIn(in: language))
            parts[part.name] = try Template(
                source.lines, of: source.file, in: format, with: values)
        }
        return parts
    }

    private static func entry(
        of kind: MailKind, text: TemplateFiles.Source, _ textParts: [String: Template],
        html: TemplateFiles.Source, _ pageParts: [String: Template]
    ) throws(MailError) -> Entry {
        let prefix = "Subject: "
        guard let first = text.lines.first, first.hasPrefix(prefix), first.count > prefix.count,
            text.lines.dropFirst().first?.isEmpty == true
        else {
            throw .template(
                file: text.file, line: 1,
                reason: "it begins with `Subject: ...` and an empty line")
        }
        let values = TemplateValues.values(of: kind)
        return Entry(
            subject: try Template(
                [first.dropFirst(prefix.count)], of: text.file, in: .plain, with: values),
            text: try Template(
                text.lines.dropFirst(2), from: 3, of: text.file, in: .plain, with: values,
                including: textParts),
            html: try Template(
                html.lines, of: html.file, in: .html, with: values.including(.html),
                including: pageParts))
    }
}

extension TemplateFiles.Suffix {
    /// The format of the templates.
    fileprivate var format: Template.Format {
        switch self {
        case .txt: .plain
        case .html: .html
        }
    }
}

extension MailKind {
    /// The plain text in the program: a language without one does not compile.
    fileprivate func text(in language: MailLanguage) -> [UInt8] {
        switch language {
        case .en: englishText
        case .de: germanText
        }
    }

    /// The page in the program.
    fileprivate func html(in language: MailLanguage) -> [UInt8] {
        switch language {
        case .en: englishHTML
        case .de: germanHTML
        }
    }
}
