/// Writes JSON (RFC 8259) in UTF-8.
public enum JSONText {
    /// Appends a value; the members of an object sorted by the bytes of their names (comparing
    /// strings is no order where accents are in them), an infinite number as `1e999`, what is no
    /// number as `null`.
    public static func append(_ value: JSONValue, to text: inout [UInt8]) {
        switch value {
        case .null: text.append(contentsOf: "null".utf8)
        case .bool(let value): text.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): text.append(contentsOf: String(value).utf8)
        case .number(let value):
            let infinity = value.sign == .minus ? "-1e999" : "1e999"
            let written = value.isInfinite ? infinity : value.isNaN ? "null" : value.description
            text.append(contentsOf: written.utf8)
        case .string(let value): append(value, to: &text)
        case .array(let elements):
            text.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                append(element, to: &text)
            }
            text.append(UInt8(ascii: "]"))
        case .object(let members):
            var object = JSONObject()
            let inOrder = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            for (name, value) in inOrder { object.add(name, value) }
            text.append(contentsOf: object.encoded())
        }
    }

    /// Appends a string in quotes.
    public static func append(_ string: String, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        appendEscaped(string, to: &text)
        text.append(UInt8(ascii: "\""))
    }

    /// Appends a string without quotes, escaped as inside them.
    ///
    /// Beyond what JSON requires, everything is escaped that ends a line or steers a terminal or
    /// the direction of writing (C0, DEL, C1, U+2028 to U+202E, U+2066 to U+2069): a log line is
    /// written with this too, and must not be forged or disguised by what a client sent (CWE-117).
    ///
    /// - Parameters:
    ///   - string: What is appended.
    ///   - text: What it is appended to.
    ///   - quotes: Whether quotes and backslashes are escaped, too.
    public static func appendEscaped(
        _ string: String, to text: inout [UInt8], quotes: Bool = true
    ) {
        guard !isPlain(string.utf8Span.span) else { return text.append(contentsOf: string.utf8) }
        for scalar in string.unicodeScalars {
            switch scalar.value {
            case 0x22 where quotes, 0x5C where quotes:
                text.append(UInt8(ascii: "\\"))
                text.append(contentsOf: scalar.utf8)
            case 0x0A: text.append(contentsOf: "\\n".utf8)
            case 0x00...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069:
                let digits = String(scalar.value, radix: 16)
                text.append(contentsOf: "\\u".utf8)
                text.append(contentsOf: String(repeating: "0", count: 4 - digits.utf8.count).utf8)
                text.append(contentsOf: digits.utf8)
            default: text.append(contentsOf: scalar.utf8)
            }
        }
    }

    /// Whether no byte needs an escape or belongs to a longer scalar.
    private static func isPlain(_ bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): return false
            case 0x20...0x7E: continue
            default: return false
            }
        }
        return true
    }
}
