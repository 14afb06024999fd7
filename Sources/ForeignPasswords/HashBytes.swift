import Bytes
import Crypto

/// The bytes of salts and keys, and their texts.
enum HashBytes {
    /// Bytes that a salt may have.
    static let saltBounds = 4...128
    /// Bytes that a key may have.
    static let keyBounds = 16...64
    /// Bytes of the salt of a decoy.
    static let decoySaltCount = 16

    /// The bytes of a text in base 64, with or without padding; passlib's `.` is a `+`.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - bounds: How many bytes it may have.
    /// - Returns: The bytes; nil for another text.
    static func decode(_ text: Substring, _ bounds: ClosedRange<Int>) -> [UInt8]? {
        var symbols = text.utf8.map { $0 == UInt8(ascii: ".") ? UInt8(ascii: "+") : $0 }
        if symbols.count.isMultiple(of: 4) {
            for _ in 0..<2 where symbols.last == UInt8(ascii: "=") { symbols.removeLast() }
        }
        guard let bytes = Base64Text.decode(symbols), bounds.contains(bytes.count) else {
            return nil
        }
        return bytes
    }

    /// In standard base 64 without padding.
    static func encode(_ bytes: [UInt8]) -> String { Base64Text.encode(bytes) }

    /// The same with passlib's alphabet.
    static func encodeAdapted(_ bytes: [UInt8]) -> String {
        String(encode(bytes).map { $0 == "+" ? "." : $0 })
    }
}
