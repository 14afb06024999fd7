/// CBOR as a test writes it, well-formed or not.
indirect enum CBORValue: Sendable {
    /// An integer.
    case integer(Int)
    /// A byte string.
    case bytes([UInt8])
    /// A text.
    case text(String)
    /// An array.
    case array([CBORValue])
    /// A map: its pairs in this order, twice where they are there twice.
    case map([(CBORValue, CBORValue)])
    /// Bytes as they are.
    case raw([UInt8])

    /// Its bytes (RFC 8949 §3).
    var encoded: [UInt8] {
        switch self {
        case .integer(let value) where value < 0: Self.head(1, UInt64(bitPattern: Int64(~value)))
        case .integer(let value): Self.head(0, UInt64(value))
        case .bytes(let bytes): Self.head(2, UInt64(bytes.count)) + bytes
        case .text(let text): Self.head(3, UInt64(text.utf8.count)) + text.utf8
        case .array(let values): Self.head(4, UInt64(values.count)) + values.flatMap(\.encoded)
        case .map(let pairs):
            Self.head(5, UInt64(pairs.count)) + pairs.flatMap { $0.encoded + $1.encoded }
        case .raw(let bytes): bytes
        }
    }

    /// The head of an item: its major type, then the number in the fewest bytes.
    static func head(_ major: UInt8, _ number: UInt64) -> [UInt8] {
        let type = major << 5
        func bytes(_ count: Int) -> [UInt8] {
            (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
        }
        return switch number {
        case ..<24: [type | UInt8(number)]
        case ...0xFF: [type | 24] + bytes(1)
        case ...0xFFFF: [type | 25] + bytes(2)
        case ...0xFFFF_FFFF: [type | 26] + bytes(4)
        default: [type | 27] + bytes(8)
        }
    }
}
