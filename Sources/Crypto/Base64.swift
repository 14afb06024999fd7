/// Base64 without padding, in one of the two alphabets of RFC 4648.
///
/// Strict, so that a byte string has exactly one text: no padding, no white space, no foreign
/// symbol, and the bits of the last symbol that stand for nothing are zero.
struct Base64: Sendable {
    /// The alphabet of RFC 4648 §5, with `-` and `_`.
    static let url = Base64(last: "-", "_")
    /// The alphabet of RFC 4648 §4, with `+` and `/`.
    static let standard = Base64(last: "+", "/")

    private let symbols: [UInt8]
    // By symbol; 0xFF where there is none, so that one look at the upper bits of all values read
    // tells whether each was a symbol.
    private let values: [UInt8]

    private init(last first: Unicode.Scalar, _ second: Unicode.Scalar) {
        let common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        symbols = Array(common.utf8) + [UInt8(ascii: first), UInt8(ascii: second)]
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, symbol) in zip(UInt8(0)..., symbols) { values[Int(symbol)] = value }
        self.values = values
    }

    /// How many symbols stand for `count` bytes.
    static func encodedCount(_ count: Int) -> Int { (count * 4 + 2) / 3 }

    /// Appends the text of `bytes`.
    func append(_ bytes: Span<UInt8>, to text: inout [UInt8]) {
        let symbols = symbols.span
        text.reserveCapacity(text.count + Self.encodedCount(bytes.count))
        var index = 0
        while index < bytes.count {
            let left = bytes.count - index
            let first = UInt32(bytes[index]) << 16
            let second = left > 1 ? UInt32(bytes[index + 1]) << 8 : 0
            let third = left > 2 ? UInt32(bytes[index + 2]) : 0
            let group = first | second | third
            text.append(symbols[Int(group >> 18)])
            text.append(symbols[Int(group >> 12 & 63)])
            if left > 1 { text.append(symbols[Int(group >> 6 & 63)]) }
            if left > 2 { text.append(symbols[Int(group & 63)]) }
            index += 3
        }
    }

    /// The text of `bytes`.
    func encode(_ bytes: Span<UInt8>) -> String {
        var text: [UInt8] = []
        append(bytes, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that `text` stands for, or nil when it is malformed.
    func decode(_ text: Span<UInt8>) -> [UInt8]? {
        let tail = text.count & 3
        // One symbol alone has six bits: not a byte.
        guard tail != 1 else { return nil }
        let values = values.span
        var seen: UInt8 = 0
        var unused: UInt32 = 0
        let bytes = [UInt8](capacity: text.count * 3 / 4) { output in
            func value(_ index: Int) -> UInt32 {
                let value = values[Int(text[index])]
                seen |= value
                return UInt32(value)
            }
            var index = 0
            while index < text.count - tail {
                let group =
                    value(index) << 18 | value(index + 1) << 12 | value(index + 2) << 6
                    | value(index + 3)
                output.append(UInt8(truncatingIfNeeded: group >> 16))
                output.append(UInt8(truncatingIfNeeded: group >> 8))
                output.append(UInt8(truncatingIfNeeded: group))
                index += 4
            }
            if tail == 2 {
                let group = value(index) << 6 | value(index + 1)
                output.append(UInt8(truncatingIfNeeded: group >> 4))
                unused = group & 0xF
            } else if tail == 3 {
                let group = value(index) << 12 | value(index + 1) << 6 | value(index + 2)
                output.append(UInt8(truncatingIfNeeded: group >> 10))
                output.append(UInt8(truncatingIfNeeded: group >> 2))
                unused = group & 3
            }
        }
        return seen < 64 && unused == 0 ? bytes : nil
    }
}
