/// Standard base64 without padding (RFC 4648 §4), as PHC strings have it.
public enum Base64Text {
    /// The text of bytes.
    public static func encode(_ bytes: [UInt8]) -> String { Base64.standard.encode(bytes.span) }

    /// The bytes of a text; nil for padding, another symbol, and unused bits that are not zero.
    public static func decode(_ text: [UInt8]) -> [UInt8]? { Base64.standard.decode(text.span) }
}
