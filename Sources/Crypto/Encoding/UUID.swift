import Bytes

/// A universally unique identifier (RFC 9562), compared as 128 bits.
public struct UUID: Sendable, Hashable {
    /// The first eight octets.
    public let high: UInt64
    /// The last eight octets.
    public let low: UInt64

    /// An identifier from its 128 bits.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A new random identifier (version 4).
    public static func random() -> UUID {
        let octets = Random.bytes(16)
        let (high, low) = (Self.join(octets[0..<8]), Self.join(octets[8..<16]))
        return UUID(
            high: high & ~0xF000 | 0x4000, low: low & ~(0b11 << 62) | 0b10 << 62)
    }

    /// A new identifier that begins with a time (version 7), so that those of one time are neighbours in an
    /// index; 74 bits are random.
    ///
    /// - Parameter milliseconds: Since 1970; the last 48 bits count.
    /// - Returns: The identifier.
    public static func ordered(at milliseconds: Int64) -> UUID {
        let random = UUID.random()
        let time = UInt64(truncatingIfNeeded: milliseconds) << 16
        return UUID(high: time | 0x7000 | random.high & 0x0FFF, low: random.low)
    }

    /// Reads the 36 character form, in either case; nil when it is not one.
    public init?(parsing text: Span<UInt8>) {
        guard text.count == 36 else { return nil }
        for position in [8, 13, 18, 23] where text[position] != UInt8(ascii: "-") { return nil }
        guard let first = Hex.number(text.extracting(0..<8)),
            let second = Hex.number(text.extracting(9..<13)),
            let third = Hex.number(text.extracting(14..<18)),
            let fourth = Hex.number(text.extracting(19..<23)),
            let fifth = Hex.number(text.extracting(24..<36))
        else { return nil }
        self.init(high: first << 32 | second << 16 | third, low: fourth << 48 | fifth)
    }

    /// Reads the 36 character form, in either case; nil when it is not one.
    public init?(parsing text: some Collection<UInt8>) {
        guard let id = withSpan(of: text, { UUID(parsing: $0) }) else { return nil }
        self = id
    }

    /// Reads 16 octets; nil when there are more or fewer.
    public init?(octets: some Collection<UInt8>) {
        guard octets.count == 16 else { return nil }
        self.init(high: Self.join(octets.prefix(8)), low: Self.join(octets.dropFirst(8)))
    }

    /// The 16 octets.
    public var octets: [UInt8] {
        unsafe withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { unsafe Array($0) }
    }

    private static func join(_ octets: some Collection<UInt8>) -> UInt64 {
        octets.reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension UUID: CustomStringConvertible {
    /// The 36 character form, in lower case.
    public var description: String {
        String(decoding: [UInt8](capacity: 36) { $0.append(self) }, as: UTF8.self)
    }
}
