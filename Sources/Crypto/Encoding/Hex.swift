/// Hexadecimal (RFC 4648 §8): lower case out, both cases in.
public enum Hex {
    /// Two lower-case digits a byte.
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        var digits: [UInt8] = []
        digits.reserveCapacity(bytes.count * 2)
        append(bytes, to: &digits)
        return String(decoding: digits, as: UTF8.self)
    }

    /// Appends two lower-case digits a byte.
    public static func append(_ bytes: some Collection<UInt8>, to text: inout [UInt8]) {
        for byte in bytes {
            text.append(digit(byte >> 4))
            text.append(digit(byte & 0xF))
        }
    }

    /// The bytes of `digits`; nil for an odd count or any byte that is no digit.
    public static func decode(_ digits: some Collection<UInt8>) -> [UInt8]? {
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for digit in digits {
            guard let value = value(of: digit) else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return bytes
    }

    /// The number of at most 16 digits; nil where any byte is no digit.
    static func number(_ digits: Span<UInt8>) -> UInt64? {
        unsafe digits.withUnsafeBufferPointer { digits in
            unsafe values.withUnsafeBufferPointer { values in
                var number: UInt64 = 0
                var seen: UInt8 = 0
                for index in digits.indices {
                    let value = unsafe values[Int(digits[index])]
                    seen |= value
                    number = number << 4 | UInt64(value)
                }
                return seen < 16 ? number : nil
            }
        }
    }

    // By digit; 0xFF where there is none, so that the upper bits of all values read tell whether
    // each was a digit.
    private static let values = (UInt8.min ... .max).map { value(of: $0) ?? 0xFF }

    /// The value of one digit, 0 to 15; nil for any other byte.
    public static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The lower-case digit of a value from 0 to 15.
    static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
