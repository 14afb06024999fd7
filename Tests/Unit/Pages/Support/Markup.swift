@testable import Pages

/// What a strict reader finds in a fragment: elements, attributes and text.
///
/// It accepts only what the builder may write. Anything else is a fault of the builder, even where a
/// browser would repair it.
struct Markup {
    /// Tags and attributes by name, without any value.
    private(set) var structure: [String] = []
    /// Text between tags, decoded.
    private(set) var texts: [String] = []
    /// Attributes in the order of the fragment, decoded.
    private(set) var attributes: [(name: String, value: String)] = []

    private var rest: Substring.UnicodeScalarView
    private var open: [String] = []

    /// Why a fragment cannot be read.
    struct Malformed: Error {
        let reason: String
        let rest: String
    }

    /// Reads a fragment.
    init(_ html: HTML) throws(Malformed) {
        let text = String(decoding: html.bytes, as: UTF8.self)
        rest = text.unicodeScalars[...]
        while let next = rest.first {
            if next == "<" { try readTag() } else { texts.append(try readText(until: "<")) }
        }
        guard open.isEmpty else { throw Malformed(reason: "open \(open)", rest: "") }
    }

    /// The values of an attribute.
    func values(of name: String) -> [String] {
        attributes.filter { $0.name == name }.map(\.value)
    }

    private mutating func readTag() throws(Malformed) {
        rest.removeFirst()
        if rest.first == "/" {
            rest.removeFirst()
            let name = try readName()
            guard open.popLast() == name else { throw malformed("end of \(name)") }
            structure.append("</\(name)>")
            return try expect(">")
        }
        let name = try readName()
        structure.append("<\(name)>")
        while rest.first == " " {
            rest.removeFirst()
            let attribute = try readName()
            structure.append(attribute)
            guard rest.first == "=" else {
                attributes.append((attribute, ""))
                continue
            }
            rest.removeFirst()
            try expect("\"")
            attributes.append((attribute, try readText(until: "\"")))
            try expect("\"")
        }
        try expect(">")
        if !Self.voids.contains(name) { open.append(name) }
    }

    private static let voids: Set = ["input", "img", "meta", "link", "hr", "br"]

    private mutating func readName() throws(Malformed) -> String {
        let name = rest.prefix { scalar in
            scalar.properties.isAlphabetic && scalar.isASCII || scalar == "-" || scalar == "1"
                || scalar == "2" || scalar == "3"
        }
        guard !name.isEmpty else { throw malformed("a name") }
        rest.removeFirst(name.count)
        return String(name)
    }

    private mutating func expect(_ scalar: Unicode.Scalar) throws(Malformed) {
        guard rest.popFirst() == scalar else { throw malformed("\(scalar)") }
    }

    /// Text up to a scalar, without anything that could be read as markup.
    private mutating func readText(until end: Unicode.Scalar) throws(Malformed) -> String {
        var text = ""
        while let next = rest.first, next != end {
            rest.removeFirst()
            switch next {
            case "<", ">", "\"", "'": throw malformed("text instead of \(next)")
            case "&": text.unicodeScalars.append(try readReference())
            case "\0"..."\u{8}", "\u{B}", "\u{E}"..."\u{1F}", "\u{7F}"..."\u{9F}":
                throw malformed("no control character")
            default: text.unicodeScalars.append(next)
            }
        }
        return text
    }

    private mutating func readReference() throws(Malformed) -> Unicode.Scalar {
        let name = rest.prefix { $0 != ";" }
        let references: [String: Unicode.Scalar] = [
            "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'",
        ]
        guard let scalar = references[String(name)] else { throw malformed("a reference") }
        rest.removeFirst(name.count)
        try expect(";")
        return scalar
    }

    private func malformed(_ wanted: String) -> Malformed {
        Malformed(reason: "\(wanted) expected", rest: String(rest.prefix(60)))
    }
}
