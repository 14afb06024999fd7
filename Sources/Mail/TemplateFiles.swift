import System

/// The templates of an operator, each of which replaces those of the same name in the program.
///
/// `verify.txt` serves every language, and `verify.de.txt` goes before it for German.
struct TemplateFiles {
    /// The formats of templates; the raw value is the suffix of their files.
    enum Suffix: String, CaseIterable {
        case txt, html
    }

    /// A template as it was read.
    struct Source {
        /// The name of its file, for errors.
        let file: String
        /// Its lines, without their ends.
        let lines: [Substring]
    }

    /// More than any mail can be: what it is rendered from is bounded, whatever the file.
    private static let maximumFileBytes = 1 << 20

    private let files: [String: [UInt8]]

    /// Reads a directory.
    ///
    /// - Parameter directory: Nil for none. Files that end in `.txt` or `.html` and replace no template are
    ///   refused, since they would never be used.
    /// - Throws: `.unreadable` and `.template`.
    init(in directory: String?) throws(MailError) {
        guard let directory else {
            files = [:]
            return
        }
        guard let names = try? Directory.names(in: directory) else {
            throw .unreadable(path: directory)
        }
        let known = Self.knownNames
        var files: [String: [UInt8]] = [:]
        for name in names where Suffix.allCases.contains(where: { name.hasSuffix(".\($0)") }) {
            guard known.contains(name) else {
                throw .template(file: name, line: 1, reason: "no kind of mail has this name")
            }
            let path = "\(directory)/\(name)"
            guard let file = try? RegularFile.read(path, limit: Self.maximumFileBytes) else {
                throw .unreadable(path: path)
            }
            files[name] = file.bytes
        }
        self.files = files
    }

    /// A template: the operator's for the language, else the operator's for all, else that of the program.
    ///
    /// - Parameters:
    ///   - name: `verify`, `footer`.
    ///   - suffix: Its format.
    ///   - language: The language of the mail.
    ///   - builtIn: The file in the program.
    /// - Returns: The template.
    /// - Throws: `.template` when it is not UTF-8.
    func source(
        _ name: String, _ suffix: Suffix, in language: MailLanguage, builtIn: [UInt8]
    ) throws(MailError) -> Source {
        let names = ["\(name).\(language).\(suffix)", "\(name).\(suffix)"]
        let file = names.first { files[$0] != nil }
        let shown = file ?? names[1]
        guard
            let text = String(validating: file.flatMap { files[$0] } ?? builtIn, as: UTF8.self)
        else { throw .template(file: shown, line: 1, reason: "it is not UTF-8") }
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return Source(file: shown, lines: lines)
    }

    private static var knownNames: Set<String> {
        let kinds = MailKind.allCases.flatMap { kind in
            Suffix.allCases.map { (name: kind.rawValue, suffix: $0) }
        }
        let parts = MailPart.allCases.map { (name: $0.name, suffix: $0.suffix) }
        return Set(
            (kinds + parts).flatMap { name, suffix in
                ["\(name).\(suffix)"]
                    + MailLanguage.allCases.map { "\(name).\($0).\(suffix)" }
            })
    }
}
