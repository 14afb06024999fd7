import System

/// The templates of all kinds of mails: those in the program, or files of the operator.
public struct MailTemplates: Sendable {
    private struct Entry {
        let subject: Template
        let text: Template
        let html: Template
    }

    /// More than any mail can be: what it is rendered from is bounded, whatever the file.
    private static let maximumFileBytes = 1 << 20

    private let entries: [MailKind: Entry]

    /// Reads all of them.
    ///
    /// - Parameter directory: Each file in it that is named `<kind>.txt` or `<kind>.html` takes the
    ///   place of the one in the program; nil for none. Other files of these two types are refused,
    ///   since they would never be used.
    /// - Throws: `.unreadable` and `.template`.
    public init(overriddenIn directory: String? = nil) throws(MailError) {
        let overrides = try Self.overrides(in: directory)
        var entries: [MailKind: Entry] = [:]
        for kind in MailKind.allCases {
            let text = "\(kind.rawValue).txt"
            let html = "\(kind.rawValue).html"
            entries[kind] = try Self.entry(
                of: kind, text: Self.lines(of: text, overrides[text] ?? kind.builtInText),
                html: Self.lines(of: html, overrides[html] ?? kind.builtInHTML))
        }
        self.entries = entries
    }

    /// The parts of a mail.
    struct Rendered: Sendable, Equatable {
        /// One line.
        let subject: String
        /// Plain text, its lines ended by line feeds.
        let text: String
        /// A page of HTML.
        let html: String
    }

    /// Writes a mail; values are made lines first.
    func render(_ kind: MailKind, _ values: [String: String]) -> Rendered {
        let values = values.mapValues(\.onOneLine)
        return Rendered(
            subject: entries[kind]?.subject.render(values).onOneLine ?? "",
            text: entries[kind]?.text.render(values) ?? "",
            html: entries[kind]?.html.render(values) ?? "")
    }

    private static func entry(
        of kind: MailKind, text: [Substring], html: [Substring]
    ) throws(MailError) -> Entry {
        let file = "\(kind.rawValue).txt"
        let prefix = "Subject: "
        guard let first = text.first, first.hasPrefix(prefix), first.count > prefix.count,
            text.dropFirst().first?.isEmpty == true
        else {
            throw .template(
                file: file, line: 1, reason: "it begins with `Subject: ...` and an empty line")
        }
        return Entry(
            subject: try Template(
                [first.dropFirst(prefix.count)], of: file, in: .plain, for: kind),
            text: try Template(text.dropFirst(2), from: 3, of: file, in: .plain, for: kind),
            html: try Template(html, of: "\(kind.rawValue).html", in: .html, for: kind))
    }

    private static func lines(of file: String, _ bytes: [UInt8]) throws(MailError) -> [Substring] {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .template(file: file, line: 1, reason: "it is not UTF-8")
        }
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func overrides(in directory: String?) throws(MailError) -> [String: [UInt8]] {
        guard let directory else { return [:] }
        guard let names = try? Directory.names(in: directory) else {
            throw .unreadable(path: directory)
        }
        let known = Set(
            MailKind.allCases.flatMap { ["\($0.rawValue).txt", "\($0.rawValue).html"] })
        var files: [String: [UInt8]] = [:]
        for name in names where name.hasSuffix(".txt") || name.hasSuffix(".html") {
            guard known.contains(name) else {
                throw .template(file: name, line: 1, reason: "no kind of mail has this name")
            }
            let path = "\(directory)/\(name)"
            guard let file = try? RegularFile.read(path, limit: maximumFileBytes) else {
                throw .unreadable(path: path)
            }
            files[name] = file.bytes
        }
        return files
    }
}
