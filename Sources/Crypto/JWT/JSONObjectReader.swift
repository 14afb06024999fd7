/// Reads the members of one JSON object, strictly (RFC 8259).
///
/// The caller asks for the next name, then takes its value by type or skips it; each call is given
/// the same bytes. Repeated names are refused, as two readers could otherwise take different values
/// from one signed text. After an error the reader is of no further use.
struct JSONObjectReader {
    /// Members an object may have: names are compared each with each.
    static let maximumMembers = 64
    /// How deep a skipped value may nest.
    static let maximumDepth = 16
    /// The integers every JSON reader keeps exact (RFC 8259 §6), either way.
    static let maximumInteger: Int64 = 9_007_199_254_740_991

    private var scanner = JSONScanner()
    private var names: [String] = []
    private var isStarted = false

    /// A reader before the first byte.
    init() {}

    /// The next name, after which its value must be taken or skipped.
    ///
    /// - Parameter input: The whole text.
    /// - Returns: The name, or nil at the end of the object, with nothing but white space after it.
    /// - Throws: Any case but those of values.
    mutating func nextName(in input: Span<UInt8>) throws(JSONError) -> String? {
        scanner.skipSpace(in: input)
        if isStarted {
            if scanner.take(UInt8(ascii: "}"), in: input) { return try end(of: input) }
            guard scanner.take(UInt8(ascii: ","), in: input) else { throw .syntax }
        } else {
            guard scanner.take(UInt8(ascii: "{"), in: input) else { throw .syntax }
            isStarted = true
            names.reserveCapacity(8)
            scanner.skipSpace(in: input)
            if scanner.take(UInt8(ascii: "}"), in: input) { return try end(of: input) }
        }
        let name = try scanner.name(in: input)
        guard names.count < Self.maximumMembers else { throw .tooManyMembers }
        guard !names.contains(name) else { throw .repeatedName }
        names.append(name)
        return name
    }

    /// The value as a string.
    mutating func string(in input: Span<UInt8>) throws(JSONError) -> String {
        guard scanner.next(in: input) == UInt8(ascii: "\"") else { throw .wrongType }
        return try scanner.string(in: input)
    }

    /// The value as an integer of at most `maximumInteger` either way.
    mutating func integer(in input: Span<UInt8>) throws(JSONError) -> Int64 {
        switch scanner.next(in: input) ?? 0 {
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
        default: throw .wrongType
        }
        let start = scanner.position
        guard try scanner.skipNumber(in: input) else { throw .wrongType }
        return try Self.value(of: input.extracting(start..<scanner.position))
    }

    /// Checks the syntax of the value and leaves it aside.
    mutating func skipValue(in input: Span<UInt8>) throws(JSONError) {
        try scanner.skipValue(in: input, depth: Self.maximumDepth)
    }

    private mutating func end(of input: Span<UInt8>) throws(JSONError) -> String? {
        scanner.skipSpace(in: input)
        guard scanner.position == input.count else { throw .syntax }
        return nil
    }

    /// The value of digits with an optional minus, which the scanner has seen to.
    private static func value(of digits: Span<UInt8>) throws(JSONError) -> Int64 {
        let isNegative = digits[0] == UInt8(ascii: "-")
        var magnitude: Int64 = 0
        // Beyond 16 digits, which 2^53 has, the product below could overflow.
        guard digits.count <= (isNegative ? 17 : 16) else { throw .outOfRange }
        for index in (isNegative ? 1 : 0)..<digits.count {
            magnitude = magnitude * 10 + Int64(digits[index] - UInt8(ascii: "0"))
        }
        guard magnitude <= maximumInteger else { throw .outOfRange }
        return isNegative ? -magnitude : magnitude
    }
}
