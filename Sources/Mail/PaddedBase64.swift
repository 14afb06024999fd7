/// Base64 with padding (RFC 4648 §4), as MIME and SMTP logins write it.
public enum PaddedBase64 {
    private static let symbols = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text of some bytes.
    public static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let left = bytes.count - start
            let second = left > 1 ? UInt32(bytes[start + 1]) : 0
            let third = left > 2 ? UInt32(bytes[start + 2]) : 0
            let group = UInt32(bytes[start]) << 16 | second << 8 | third
            text.append(symbols[Int(group >> 18)])
            text.append(symbols[Int(group >> 12 & 63)])
            text.append(left > 1 ? symbols[Int(group >> 6 & 63)] : UInt8(ascii: "="))
            text.append(left > 2 ? symbols[Int(group & 63)] : UInt8(ascii: "="))
        }
        return String(decoding: text, as: UTF8.self)
    }
}
