/// Reads one JSON text, strictly (RFC 8259).
///
/// After an error the position is where it was found.
struct JSONReader {
    /// The next byte's index.
    private(set) var position = 0
    /// The name that an object has twice; nil without such an error.
    private(set) var repeatedMember: String?

    private let text: [UInt8]
    private let maximumValues: Int
    private var values = 0

    /// A reader at the start of a text.
    init(_ text: [UInt8], maximumValues: Int) {
        self.text = text
        self.maximumValues = maximumValues
        if text.starts(with: Self.byteOrderMark) { position = Self.byteOrderMark.count }
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Reads the whole text.
    ///
    /// - Returns: Its one value.
    /// - Throws: Why it is none.
    mutating func read() throws(JSONError) -> JSONValue {
        skipSpace()
        let value = try value(depth: 0)
        skipSpace()
        guard next == nil else { throw .malformed }
        return value
    }

    private var next: UInt8? { position < text.count ? text[position] : nil }

    /// Passes white space (RFC 8259 §2).
    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        switch next {
        case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try elements(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for scalar in word.unicodeScalars {
            guard take(scalar) else { throw .malformed }
        }
        return value
    }

    private mutating func elements(depth: Int) throws(JSONError) -> [JSONValue] {
        guard depth <= JSONValue.maximumDepth else { throw .tooDeep }
        position += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take("]") { return elements }
        while true {
            skipSpace()
            elements.append(try value(depth: depth))
            skipSpace()
            if take("]") { return elements }
            guard take(",") else { throw .malformed }
            try count()
        }
    }

    private mutating func members(depth: Int) throws(JSONError) -> [String: JSONValue] {
        guard depth <= JSONValue.maximumDepth else { throw .tooDeep }
        position += 1
        var members: [String: JSONValue] = [:]
        skipSpace()
        if take("}") { return members }
        while true {
            skipSpace()
            let start = position
            guard next == UInt8(ascii: "\"") else { throw .malformed }
            let name = try string()
            guard members[name] == nil else {
                position = start
                repeatedMember = name
                throw .repeatedMember
            }
            skipSpace()
            guard take(":") else { throw .malformed }
            try count()
            skipSpace()
            members[name] = try value(depth: depth)
            skipSpace()
            if take("}") { return members }
            guard take(",") else { throw .malformed }
            try count()
        }
    }

    /// Counts a name, or what separates two values.
    private mutating func count() throws(JSONError) {
        values += 1
        guard values <= maximumValues else { throw .tooMany }
    }

    /// Takes a number (RFC 8259 §6).
    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        _ = take("-")
        // No digit may follow a leading zero: one is found where a comma should be.
        if !take("0") { try skipDigits() }
        if take(".") { try skipDigits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try skipDigits()
        }
        let written = String(decoding: text[start..<position], as: UTF8.self)
        if let integer = Int64(written) { return .integer(integer) }
        guard let number = Double(written) else { throw .malformed }
        return Int64(exactly: number).map(JSONValue.integer) ?? .number(number)
    }

    private mutating func skipDigits() throws(JSONError) {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            position += 1
        }
        guard position > start else { throw .malformed }
    }
}

// MARK: - Strings

extension JSONReader {
    /// Takes a string (RFC 8259 §7), whose opening quote is next.
    private mutating func string() throws(JSONError) -> String {
        let start = position
        var hasEscapes = false
        position += 1
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw .malformed }
            position += 1
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                try skipEscape()
            }
        }
        guard next == UInt8(ascii: "\"") else { throw .malformed }
        let raw = text[(start + 1)..<position]
        // What is UTF-8 with its escapes, which are ASCII, is UTF-8 without them.
        guard let string = Self.resolved(raw, hasEscapes: hasEscapes) else {
            position = start
            throw .malformed
        }
        position += 1
        return string
    }

    /// Takes what follows a backslash.
    private mutating func skipEscape() throws(JSONError) {
        guard let byte = next else { throw .malformed }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return
        case UInt8(ascii: "u"):
            switch try codeUnit() {
            case 0xD800..<0xDC00:
                // Only a low surrogate, itself escaped, may follow a high one.
                guard take("\\"), take("u"), 0xDC00..<0xE000 ~= (try codeUnit()) else {
                    throw .malformed
                }
            case 0xDC00..<0xE000: throw .malformed
            default: return
            }
        default:
            position -= 1
            throw .malformed
        }
    }

    private mutating func codeUnit() throws(JSONError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = next.flatMap(Self.hexadecimal) else { throw .malformed }
            code = code << 4 | digit
            position += 1
        }
        return code
    }

    /// The text of a string's bytes; nil unless they are UTF-8.
    ///
    /// Escapes are resolved in the string's own storage: bodies hold passwords, and a copy on the way
    /// would have to be wiped.
    private static func resolved(_ raw: ArraySlice<UInt8>, hasEscapes: Bool) -> String? {
        let span = raw.span
        guard let utf8 = try? UTF8Span(validating: span) else { return nil }
        guard hasEscapes else { return String(copying: utf8) }
        return unsafe String(unsafeUninitializedCapacity: raw.count) { storage in
            var (index, count) = (0, 0)
            while index < span.count {
                let byte = span[index]
                index += 1
                if byte != UInt8(ascii: "\\") {
                    unsafe storage[count] = byte
                    count += 1
                } else {
                    for byte in escaped(in: span, at: &index).utf8 {
                        unsafe storage[count] = byte
                        count += 1
                    }
                }
            }
            return count
        }
    }

    /// What the escape after a backslash stands for, which `skipEscape` has checked.
    private static func escaped(in raw: Span<UInt8>, at index: inout Int) -> Unicode.Scalar {
        let byte = raw[index]
        index += 1
        switch byte {
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            var code = codeUnit(in: raw, at: &index)
            if 0xD800..<0xDC00 ~= code {
                index += 2
                code = 0x10000 + (code - 0xD800) << 10 + (codeUnit(in: raw, at: &index) - 0xDC00)
            }
            return Unicode.Scalar(code) ?? "\u{FFFD}"
        default: return Unicode.Scalar(byte)
        }
    }

    private static func codeUnit(in raw: Span<UInt8>, at index: inout Int) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            code = code << 4 | (hexadecimal(raw[index]) ?? 0)
            index += 1
        }
        return code
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt32? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(digit - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(digit - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
