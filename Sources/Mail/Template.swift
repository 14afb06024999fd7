import Bytes

/// A text with places for values.
///
/// `{{name}}` is replaced by the value of that name. What is between `{{#name}}` and `{{/name}}` is
/// there only when there is such a value; `{{>footer}}` is replaced by the part of that name. These
/// three, alone on a line, take the line with them.
struct Template: Sendable {
    /// The format of the text.
    enum Format: Sendable {
        /// Values are inserted unchanged.
        case plain
        /// Values are escaped, within elements and within quoted attributes alike.
        case html
    }

    fileprivate enum Part: Sendable {
        case text(String)
        case value(String)
        case section(String, [Part])
    }

    fileprivate let parts: [Part]
    private let format: Format

    /// Reads a template.
    ///
    /// - Parameters:
    ///   - lines: Of the file, without their ends.
    ///   - first: The number of the first of them.
    ///   - file: The name of the file, for errors.
    ///   - format: What they are written in.
    ///   - values: Those it may show.
    ///   - includes: The parts that it may include, by name, in the same format.
    /// - Throws: `.template`, for a value or a part that there is not, an optional value that is not
    ///   within a section of its name, and sections that do not end where they should.
    init(
        _ lines: some Sequence<Substring>, from first: Int = 1, of file: String,
        in format: Format, with values: TemplateValues, including includes: [String: Template] = [:]
    ) throws(MailError) {
        var parser = TemplateParser(file: file, values: values, includes: includes, line: first)
        for line in lines { try parser.read(line) }
        parts = try parser.finish()
        self.format = format
    }

    /// Writes the text; a value that is empty counts as absent.
    func render(_ values: [String: String]) -> String {
        var output = ""
        render(parts, values, to: &output)
        return output
    }

    private func render(_ parts: [Part], _ values: [String: String], to output: inout String) {
        for part in parts {
            switch part {
            case .text(let text): output += text
            case .value(let name): output += escape(values[name] ?? "")
            case .section(let name, let parts):
                if values[name]?.isEmpty == false { render(parts, values, to: &output) }
            }
        }
    }

    private func escape(_ value: String) -> String {
        switch format {
        case .plain: value
        case .html: HTMLEscaping.escaped(value)
        }
    }
}

/// Reads templates, line by line.
private struct TemplateParser {
    private struct Section {
        let name: String
        let line: Int
        var parts: [Template.Part] = []
    }

    private let file: String
    private let values: TemplateValues
    private let includes: [String: Template]
    private var line: Int
    private var parts: [Template.Part] = []
    /// Those that have begun and not ended, the innermost last.
    private var sections: [Section] = []

    init(file: String, values: TemplateValues, includes: [String: Template], line: Int) {
        self.file = file
        self.values = values
        self.includes = includes
        self.line = line
    }

    mutating func read(_ text: Substring) throws(MailError) {
        defer { line += 1 }
        if let tag = Self.tag(of: text) { return try take(tag) }
        var rest = text
        while let start = rest.firstRange(of: "{{") {
            append(.text(String(rest[..<start.lowerBound])))
            guard let end = rest[start.upperBound...].firstRange(of: "}}") else {
                throw error("a {{ has no }} on its line")
            }
            try take(rest[start.upperBound..<end.lowerBound])
            rest = rest[end.upperBound...]
        }
        append(.text(rest + "\n"))
    }

    func finish() throws(MailError) -> [Template.Part] {
        guard let open = sections.last else { return parts }
        throw .template(file: file, line: open.line, reason: "{{#\(open.name)}} has no end")
    }

    /// The content of the braces of a section's beginning or end, or of a part, alone on its line.
    private static func tag(of line: Substring) -> Substring? {
        var tag = line.drop { $0 == " " || $0 == "\t" }
        while tag.last == " " || tag.last == "\t" { tag.removeLast() }
        guard ["{{#", "{{/", "{{>"].contains(where: tag.hasPrefix),
            tag.firstRange(of: "}}")?.upperBound == tag.endIndex
        else { return nil }
        return tag.dropFirst(2).dropLast(2)
    }

    private mutating func take(_ tag: Substring) throws(MailError) {
        switch tag.first {
        case "#":
            sections.append(Section(name: try known(tag.dropFirst()), line: line))
        case "/":
            guard let section = sections.last, section.name == tag.dropFirst() else {
                throw error("{{\(tag)}} ends no section that is open here")
            }
            sections.removeLast()
            append(.section(section.name, section.parts))
        case ">":
            guard let part = includes[String(tag.dropFirst())] else {
                throw error("there is no part \(tag.dropFirst()) here")
            }
            part.parts.forEach { append($0) }
        default:
            let name = try known(tag)
            guard
                !values.optional.contains(name) || sections.contains(where: { $0.name == name })
            else {
                throw error("\(name) may be absent: it must be within {{#\(name)}}")
            }
            append(.value(name))
        }
    }

    private func known(_ name: Substring) throws(MailError) -> String {
        let names = values.required.union(values.optional)
        guard names.contains(String(name)) else {
            throw error(
                "there is no value \(name); there are \(names.sorted().joined(separator: ", "))")
        }
        return String(name)
    }

    private mutating func append(_ part: Template.Part) {
        if sections.isEmpty {
            parts.append(part)
        } else {
            sections[sections.count - 1].parts.append(part)
        }
    }

    private func error(_ reason: String) -> MailError {
        .template(file: file, line: line, reason: reason)
    }
}
