/// Reads the members of one JSON object, strictly (RFC 8259).
///
/// The caller asks for the next member and then takes its value by type; each call is given the
/// same bytes. Members not asked for are checked for syntax and left aside. Repeated names are
/// refused, as two readers could otherwise take different values from one signed text. After an
/// error the reader is of no further use.
struct JSONObjectReader<Member: CaseIterable & RawRepresentable<String> & Sendable> {
    private let wanted: JSONMembers<Member>
    // Where in `wanted` the next member is looked for first.
    private var turn = 0
    // One bit for each of `wanted`, set when it has come.
    private var seen: UInt64 = 0
    private var others: [String] = []
    private var scanner = JSONScanner()
    private var isStarted = false

    /// A reader before the first byte.
    init(_ wanted: JSONMembers<Member>) {
        self.wanted = wanted
    }

    /// The next member, whose value must be taken before the next call.
    ///
    /// - Parameter input: The whole text.
    /// - Returns: The member, or nil at the end of the object, with nothing but white space after.
    /// - Throws: `repeatedName`, or what is wrong with the syntax.
    mutating func nextMember(in input: Span<UInt8>) throws(JSONError) -> Member? {
        while try startMember(in: input) {
            let index = try takeName(in: input)
            try scanner.skipColon(in: input)
            if let index { return wanted.members[index] }
            try scanner.skipValue(in: input, depth: JSONLimits.depth)
        }
        scanner.skipSpace(in: input)
        guard scanner.position == input.count else { throw .syntax }
        return nil
    }

    /// The value as a string.
    mutating func string(in input: Span<UInt8>) throws(JSONError) -> String {
        guard scanner.next(in: input) == UInt8(ascii: "\"") else { throw .wrongType }
        return try scanner.string(in: input)
    }

    /// Passes the value, which has to be a string.
    mutating func skipString(in input: Span<UInt8>) throws(JSONError) {
        if scanner.takePlainString(in: input) == nil { _ = try string(in: input) }
    }

    /// The value as a UUID.
    mutating func uuid(in input: Span<UInt8>) throws(JSONError) -> UUID {
        if let id = scanner.takeUUID(in: input) { return id }
        guard let id = UUID(parsing: try string(in: input).utf8) else { throw .wrongType }
        return id
    }

    /// The value as an integer of at most `JSONLimits.integer` either way.
    mutating func integer(in input: Span<UInt8>) throws(JSONError) -> Int64 {
        switch scanner.next(in: input) ?? 0 {
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
        default: throw .wrongType
        }
        let start = scanner.position
        guard try scanner.skipNumber(in: input) else { throw .wrongType }
        return try Self.value(of: input.extracting(start..<scanner.position))
    }

    /// Takes what stands before a name, and says whether there is one.
    private mutating func startMember(in input: Span<UInt8>) throws(JSONError) -> Bool {
        scanner.skipSpace(in: input)
        if isStarted {
            if scanner.take(UInt8(ascii: "}"), in: input) { return false }
            guard scanner.take(UInt8(ascii: ","), in: input) else { throw .syntax }
            scanner.skipSpace(in: input)
            return true
        }
        isStarted = true
        guard scanner.take(UInt8(ascii: "{"), in: input) else { throw .syntax }
        scanner.skipSpace(in: input)
        return !scanner.take(UInt8(ascii: "}"), in: input)
    }

    /// Takes a name and gives its index in `wanted`; nil for any other.
    private mutating func takeName(in input: Span<UInt8>) throws(JSONError) -> Int? {
        for index in turn..<wanted.names.count
        where scanner.takeString(wanted.names[index], in: input) {
            turn = index + 1
            return try markSeen(index)
        }
        // Out of order, written with escapes, or unknown.
        let name = try scanner.string(in: input)
        for index in wanted.names.indices where name.utf8.elementsEqual(wanted.names[index]) {
            return try markSeen(index)
        }
        guard others.count < JSONLimits.otherMembers else { throw .tooManyMembers }
        // `==` also takes canonically equal names for repeats, which is no loss.
        guard !others.contains(name) else { throw .repeatedName }
        others.append(name)
        return nil
    }

    private mutating func markSeen(_ index: Int) throws(JSONError) -> Int {
        let bit: UInt64 = 1 << UInt64(index)
        guard seen & bit == 0 else { throw .repeatedName }
        seen |= bit
        return index
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
        guard magnitude <= JSONLimits.integer else { throw .outOfRange }
        return isNegative ? -magnitude : magnitude
    }
}
