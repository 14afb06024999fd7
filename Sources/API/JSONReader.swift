import Crypto

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
    mutating func read() throws(JSONError) -> JSON {
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

    private mutating func value(depth: Int) throws(JSONError) -> JSON {
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

    private mutating func word(_ word: String, _ value: JSON) throws(JSONError) -> JSON {
        for scalar in word.unicodeScalars {
            guard take(scalar) else { throw .malformed }
        }
        return value
    }

    private mutating func elements(depth: Int) throws(JSONError) -> [JSON] {
        guard depth <= JSON.maximumDepth else { throw .tooDeep }
        position += 1
        var elements: [JSON] = []
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

    private mutating func members(depth: Int) throws(JSONError) -> [String: JSON] {
        guard depth <= JSON.maximumDepth else { throw .tooDeep }
        position += 1
        var members: [String: JSON] = [:]
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
    private mutating func number() throws(JSONError) -> JSON {
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
        return Int64(exactly: number).map(JSON.integer) ?? .number(number)
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
        position += 1
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
            guard byte >= 0x20 else { throw .malformed }
            position += 1
        }
        guard next == UInt8(ascii: "\"") else { return try escapedString(from: start) }
        defer { position += 1 }
        return try validated(text[(start + 1)..<position], from: start)
    }

    /// Takes the rest of a string that has an escape next, or ends too early.
    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var resolved = Array(text[(start + 1)..<position])
        // Bodies hold passwords.
        defer { wipe(&resolved) }
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                defer { position += 1 }
                return try validated(resolved[...], from: start)
            case UInt8(ascii: "\\"):
                position += 1
                resolved.append(contentsOf: try escape())
            case 0..<0x20: throw .malformed
            default:
                position += 1
                resolved.append(byte)
            }
        }
        throw .malformed
    }

    /// The text of bytes that have to be UTF-8.
    private mutating func validated(
        _ bytes: ArraySlice<UInt8>, from start: Int
    ) throws(JSONError) -> String {
        guard let string = String(validating: bytes, as: UTF8.self) else {
            position = start
            throw .malformed
        }
        return string
    }

    /// Takes what follows a backslash and gives the UTF-8 it stands for.
    private mutating func escape() throws(JSONError) -> [UInt8] {
        guard let byte = next else { throw .malformed }
        switch byte {
        case UInt8(ascii: "u"):
            position += 1
            return try Array(scalar().utf8)
        default:
            guard let resolved = Self.escapes[byte] else { throw .malformed }
            position += 1
            return [resolved]
        }
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
        UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]

    /// Takes the digits of a `\u` escape, and the low surrogate that has to follow a high one.
    private mutating func scalar() throws(JSONError) -> Unicode.Scalar {
        var code = try codeUnit()
        if 0xD800..<0xDC00 ~= code {
            guard take("\\"), take("u") else { throw .malformed }
            let low = try codeUnit()
            guard 0xDC00..<0xE000 ~= low else { throw .malformed }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        // None for a low surrogate alone.
        guard let scalar = Unicode.Scalar(code) else { throw .malformed }
        return scalar
    }

    private mutating func codeUnit() throws(JSONError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = next.flatMap(Hex.value(of:)) else { throw .malformed }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }
}
