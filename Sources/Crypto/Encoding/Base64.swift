/// Base64 without padding, in one of the two alphabets of RFC 4648.
///
/// Strict, so that a byte string has exactly one text: no padding, no white space, no foreign
/// symbol, and the unused bits of the last symbol are zero.
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

    /// How many symbols encode `count` bytes.
    static func encodedCount(_ count: Int) -> Int { (count * 4 + 2) / 3 }

    /// How many bytes `count` symbols encode.
    static func decodedCount(_ count: Int) -> Int { count * 3 / 4 }

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

    /// The bytes that `text` encodes, or nil when it is malformed.
    func decode(_ text: Span<UInt8>) -> [UInt8]? {
        let capacity = Self.decodedCount(text.count)
        var isValid = false
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            count = capacity
            guard let output = output.baseAddress else { return isValid = text.isEmpty }
            isValid = unsafe decode(text, into: output)
        }
        return isValid ? bytes : nil
    }

    /// The 32 bytes that `text` encodes, or nil when it is malformed or of another length.
    func decodeDigest(_ text: Span<UInt8>) -> Digest? {
        guard Self.decodedCount(text.count) == Digest.count else { return nil }
        var isValid = false
        let digest = unsafe Digest { isValid = unsafe decode(text, into: $0) }
        return isValid ? digest : nil
    }

    /// Writes `decodedCount` bytes to `output` and returns whether the text was well formed.
    func decode(_ text: Span<UInt8>, into output: UnsafeMutablePointer<UInt8>) -> Bool {
        unsafe text.withUnsafeBufferPointer { text in
            unsafe values.withUnsafeBufferPointer { values in
                unsafe Self.decode(text, by: values, into: output)
            }
        }
    }

    private static func decode(
        _ text: UnsafeBufferPointer<UInt8>, by values: UnsafeBufferPointer<UInt8>,
        into output: UnsafeMutablePointer<UInt8>
    ) -> Bool {
        let tail = text.count & 3
        // One symbol alone has six bits: not a byte.
        guard tail != 1 else { return false }
        var seen: UInt8 = 0
        var written = 0
        var index = 0
        let groups = text.count / 4
        for _ in 0..<groups {
            let first = unsafe values[Int(text[index])]
            let second = unsafe values[Int(text[index &+ 1])]
            let third = unsafe values[Int(text[index &+ 2])]
            let fourth = unsafe values[Int(text[index &+ 3])]
            seen |= first | second | third | fourth
            unsafe output[written] = first << 2 | second >> 4
            unsafe output[written &+ 1] = second << 4 | third >> 2
            unsafe output[written &+ 2] = third << 6 | fourth
            index &+= 4
            written &+= 3
        }
        var unused: UInt8 = 0
        if tail > 0 {
            let first = unsafe values[Int(text[index])]
            let second = unsafe values[Int(text[index &+ 1])]
            seen |= first | second
            unsafe output[written] = first << 2 | second >> 4
            unused = second << 4
            if tail == 3 {
                let third = unsafe values[Int(text[index &+ 2])]
                seen |= third
                unsafe output[written &+ 1] = second << 4 | third >> 2
                unused = third << 6
            }
        }
        return seen < 64 && unused == 0
    }
}
