/// Reads one JSON text into a value, strictly (RFC 8259).
struct JSONValueReader {
    private let limits: JSONLimits
    private var scanner = JSONScanner()
    private var values = 0

    /// A reader at the start of a text.
    init(limits: JSONLimits) {
        self.limits = limits
    }

    /// Reads the whole text.
    mutating func read(_ text: Span<UInt8>) throws(JSONError) -> JSONValue {
        let isMarked = text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
        if isMarked { scanner.position = 3 }
        scanner.skipSpace(in: text)
        let value = try value(in: text, depth: limits.depth)
        scanner.skipSpace(in: text)
        guard scanner.next(in: text) == nil else { throw scanner.error(.syntax) }
        return value
    }

    private mutating func value(
        in text: Span<UInt8>, depth: Int
    ) throws(JSONError) -> JSONValue {
        switch scanner.next(in: text) {
        case UInt8(ascii: "{"): return .object(try members(in: text, depth: depth))
        case UInt8(ascii: "["): return .array(try elements(in: text, depth: depth))
        case UInt8(ascii: "\""): return .string(try scanner.string(in: text))
        case UInt8(ascii: "t"): return try literal("true", .bool(true), in: text)
        case UInt8(ascii: "f"): return try literal("false", .bool(false), in: text)
        case UInt8(ascii: "n"): return try literal("null", .null, in: text)
        default: return try number(in: text)
        }
    }

    private mutating func literal(
        _ word: StaticString, _ value: JSONValue, in text: Span<UInt8>
    ) throws(JSONError) -> JSONValue {
        try scanner.skipLiteral(word, in: text)
        return value
    }

    private mutating func elements(
        in text: Span<UInt8>, depth: Int
    ) throws(JSONError) -> [JSONValue] {
        guard depth > 0 else { throw scanner.error(.tooDeep) }
        scanner.position += 1
        var elements: [JSONValue] = []
        scanner.skipSpace(in: text)
        if scanner.take(UInt8(ascii: "]"), in: text) { return elements }
        while true {
            scanner.skipSpace(in: text)
            elements.append(try value(in: text, depth: depth - 1))
            scanner.skipSpace(in: text)
            if scanner.take(UInt8(ascii: "]"), in: text) { return elements }
            guard scanner.take(UInt8(ascii: ","), in: text) else { throw scanner.error(.syntax) }
            try count()
        }
    }

    private mutating func members(
        in text: Span<UInt8>, depth: Int
    ) throws(JSONError) -> [String: JSONValue] {
        guard depth > 0 else { throw scanner.error(.tooDeep) }
        scanner.position += 1
        var members: [String: JSONValue] = [:]
        scanner.skipSpace(in: text)
        if scanner.take(UInt8(ascii: "}"), in: text) { return members }
        while true {
            scanner.skipSpace(in: text)
            let start = scanner.position
            let name = try scanner.string(in: text)
            guard members[name] == nil else {
                throw JSONError(.repeatedMember(name), at: start)
            }
            try scanner.skipColon(in: text)
            try count()
            members[name] = try value(in: text, depth: depth - 1)
            scanner.skipSpace(in: text)
            if scanner.take(UInt8(ascii: "}"), in: text) { return members }
            guard scanner.take(UInt8(ascii: ","), in: text) else { throw scanner.error(.syntax) }
            try count()
        }
    }

    /// Counts a name, or what separates two values.
    private mutating func count() throws(JSONError) {
        values += 1
        guard values <= limits.values else { throw scanner.error(.tooMany) }
    }

    private mutating func number(in text: Span<UInt8>) throws(JSONError) -> JSONValue {
        let start = scanner.position
        let isInteger = try scanner.skipNumber(in: text)
        let written = String(
            copying: unsafe UTF8Span(
                unchecked: text.extracting(start..<scanner.position), isKnownASCII: true))
        if isInteger, let integer = Int64(written) { return .integer(integer) }
        guard let number = Double(written) else { throw JSONError(.syntax, at: start) }
        return Int64(exactly: number).map(JSONValue.integer) ?? .number(number)
    }
}
