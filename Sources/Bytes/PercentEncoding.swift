/// Percent-encoding (RFC 3986 §2.1).
public enum PercentEncoding {
    /// Appends bytes, all but the unreserved ones (§2.3) as escapes: what comes out delimits nothing,
    /// in a query and in a field value alike.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - text: It must have capacity for three times as many.
    public static func append(_ bytes: some Collection<UInt8>, to text: inout OutputSpan<UInt8>) {
        for byte in bytes {
            if isUnreserved(byte) {
                text.append(byte)
            } else {
                text.append(UInt8(ascii: "%"))
                text.append(digit(byte >> 4))
                text.append(digit(byte & 0xF))
            }
        }
    }

    /// Appends bytes in the same way.
    public static func append(_ bytes: some Collection<UInt8>, to text: inout [UInt8]) {
        text.append(addingCapacity: 3 * bytes.count) { append(bytes, to: &$0) }
    }

    /// Bytes as text that delimits nothing in a query, as `append` writes it.
    public static func encoded(_ text: some Collection<UInt8>) -> String {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Bytes without their escapes; nil where a `%` begins none.
    public static func decoded(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.next()?.hexadecimalDigit, let low = rest.next()?.hexadecimalDigit
            else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// In upper case, as §2.1 wants it.
    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
