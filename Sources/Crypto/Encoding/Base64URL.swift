import Bytes

/// Base64url without padding (RFC 4648 §5, RFC 7515 §2).
public enum Base64URL {
    /// The text of `bytes`.
    public static func encode(_ bytes: Span<UInt8>) -> String {
        Base64.url.encode(bytes)
    }

    /// The text of `bytes`.
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        withSpan(of: bytes) { Base64.url.encode($0) }
    }

    /// The bytes that `text` encodes, or nil when it is malformed.
    ///
    /// Malformed is padding, white space, any symbol outside the alphabet, an impossible length,
    /// and a last symbol whose unused bits are not zero.
    public static func decode(_ text: Span<UInt8>) -> [UInt8]? {
        Base64.url.decode(text)
    }

    /// The 32 bytes that `text` encodes, or nil when it is malformed or of another length.
    public static func decodeDigest(_ text: Span<UInt8>) -> Digest? {
        Base64.url.decodeDigest(text)
    }

    /// The bytes that `text` encodes, or nil when it is malformed.
    ///
    /// Malformed is what it is for a span.
    public static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        withSpan(of: text) { Base64.url.decode($0) }
    }
}
