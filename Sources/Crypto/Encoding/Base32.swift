/// Base32 (RFC 4648 §6): upper case without padding out; what people type in.
///
/// The alphabet has neither `0`, `1` nor `8`, so its texts can be read from paper.
public enum Base32 {
    /// The text of `bytes`, eight symbols for five bytes, without padding.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        var (bits, count) = (UInt32(0), 0)
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(symbol(bits >> UInt32(count)))
            }
        }
        if count > 0 { text.append(symbol(bits << UInt32(5 - count))) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text as a person types it: in either case, spaces and dashes anywhere.
    ///
    /// - Parameter text: Without padding; a reader of untrusted text bounds it before.
    /// - Returns: The bytes; nil for any other symbol, for an impossible length, and where the unused
    ///   bits of the last symbol are not zero, so that a byte string has one text beside case and
    ///   separators.
    public static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var (bits, count) = (UInt32(0), 0)
        for byte in text where byte != UInt8(ascii: " ") && byte != UInt8(ascii: "-") {
            guard let value = value(of: byte) else { return nil }
            bits = bits << 5 | value
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        let unused = bits & (1 << UInt32(count) - 1)
        return count < 5 && unused == 0 ? bytes : nil
    }

    /// The symbol of the low five bits.
    private static func symbol(_ bits: UInt32) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: bits & 31)
        return value < 26 ? UInt8(ascii: "A") + value : UInt8(ascii: "2") + value - 26
    }

    /// The value of one symbol, 0 to 31; nil for any other byte.
    private static func value(of symbol: UInt8) -> UInt32? {
        switch symbol {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(symbol - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(symbol - UInt8(ascii: "a"))
        case UInt8(ascii: "2")...UInt8(ascii: "7"): UInt32(symbol - UInt8(ascii: "2") + 26)
        default: nil
        }
    }
}
