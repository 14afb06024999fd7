import Bytes

/// Reads the members of one JSON object without building values, strictly (RFC 8259).
///
/// The caller takes the next member and then its value by type; each call is given the same bytes.
/// Other members are checked for syntax and left aside. After an error the reader is of no further
/// use.
public struct JSONObjectReader {
    private let limits: JSONLimits
    // Where among the names the next member is looked for first.
    private var turn = 0
    // One bit for each of the names, set once it was read.
    private var seen: UInt64 = 0
    private var others: [String] = []
    private var scanner = JSONScanner()
    private var isStarted = false

    /// A reader before the first byte.
    public init(limits: JSONLimits = .token) {
        self.limits = limits
    }

    /// The next member, whose value must be taken before the next call.
    ///
    /// - Parameters:
    ///   - members: The members to read; the same in each call.
    ///   - input: The whole text.
    /// - Returns: The member, or nil at the end of the object, with nothing but white space after.
    /// - Throws: `repeatedMember`, `tooMany`, or what is wrong with the syntax.
    @inlinable
    public mutating func nextMember<Member>(
        of members: JSONMembers<Member>, in input: Span<UInt8>
    ) throws(JSONError) -> Member? {
        guard let index = try nextIndex(of: members.names, in: input) else { return nil }
        return members.members[index]
    }

    @usableFromInline
    mutating func nextIndex(
        of names: [[UInt8]], in input: Span<UInt8>
    ) throws(JSONError) -> Int? {
        while try startMember(in: input) {
            let index = try takeName(of: names, in: input)
            try scanner.skipColon(in: input)
            if let index { return index }
            try scanner.skipValue(in: input, depth: limits.depth)
        }
        scanner.skipSpace(in: input)
        guard scanner.position == input.count else { throw scanner.error(.syntax) }
        return nil
    }

    /// The value as a string.
    public mutating func string(in input: Span<UInt8>) throws(JSONError) -> String {
        guard scanner.next(in: input) == UInt8(ascii: "\"") else { throw scanner.error(.wrongType) }
        return try scanner.string(in: input)
    }

    /// Passes the value, which has to be a string.
    public mutating func skipString(in input: Span<UInt8>) throws(JSONError) {
        guard scanner.next(in: input) == UInt8(ascii: "\"") else { throw scanner.error(.wrongType) }
        try scanner.skipString(in: input)
    }

    /// Passes the value, whatever it is.
    public mutating func skipValue(in input: Span<UInt8>) throws(JSONError) {
        try scanner.skipValue(in: input, depth: limits.depth)
    }

    /// Where the value is if it is a string of printable ASCII without escapes, without its quotes.
    ///
    /// - Parameter input: The whole text.
    /// - Returns: Nil for any other value, which is not taken.
    public mutating func plainString(in input: Span<UInt8>) -> Range<Int>? {
        scanner.takePlainString(in: input)
    }

    /// The value as an integer of at most 2^53 - 1 either way.
    public mutating func integer(in input: Span<UInt8>) throws(JSONError) -> Int64 {
        let start = scanner.position
        let isNegative = scanner.next(in: input) == UInt8(ascii: "-")
        guard isNegative || scanner.next(in: input)?.isDigit == true,
            try scanner.skipNumber(in: input)
        else { throw JSONError(.wrongType, at: start) }
        let digits = input.extracting(start + (isNegative ? 1 : 0)..<scanner.position)
        guard let magnitude = Decimal.parse(digits),
            Int64(magnitude) <= JSONLimits.integers.upperBound
        else { throw JSONError(.outOfRange, at: start) }
        return isNegative ? -Int64(magnitude) : Int64(magnitude)
    }

    /// Takes what precedes a name, and returns whether there is one.
    private mutating func startMember(in input: Span<UInt8>) throws(JSONError) -> Bool {
        scanner.skipSpace(in: input)
        if isStarted {
            if scanner.take(UInt8(ascii: "}"), in: input) { return false }
            guard scanner.take(UInt8(ascii: ","), in: input) else { throw scanner.error(.syntax) }
            scanner.skipSpace(in: input)
            return true
        }
        isStarted = true
        guard scanner.take(UInt8(ascii: "{"), in: input) else { throw scanner.error(.syntax) }
        scanner.skipSpace(in: input)
        return !scanner.take(UInt8(ascii: "}"), in: input)
    }

    /// Takes a name and returns its index in `names`; nil for any other.
    private mutating func takeName(
        of names: [[UInt8]], in input: Span<UInt8>
    ) throws(JSONError) -> Int? {
        let start = scanner.position
        for index in turn..<names.count where scanner.takeString(names[index], in: input) {
            turn = index + 1
            try markSeen(index, of: names, at: start)
            return index
        }
        // Out of order, written with escapes, or unknown.
        let name = try scanner.string(in: input)
        for index in names.indices where name.utf8.elementsEqual(names[index]) {
            try markSeen(index, of: names, at: start)
            return index
        }
        guard others.count < limits.values else { throw JSONError(.tooMany, at: start) }
        // `==` also takes canonically equal names for repeats, which is no loss.
        guard !others.contains(name) else { throw JSONError(.repeatedMember(name), at: start) }
        others.append(name)
        return nil
    }

    private mutating func markSeen(
        _ index: Int, of names: [[UInt8]], at start: Int
    ) throws(JSONError) {
        let bit: UInt64 = 1 << UInt64(index)
        guard seen & bit == 0 else {
            throw JSONError(
                .repeatedMember(String(decoding: names[index], as: UTF8.self)), at: start)
        }
        seen |= bit
    }
}
