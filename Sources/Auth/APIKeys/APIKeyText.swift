public import Crypto

/// The text of an API key: `luna_`, 32 base62 characters (190 random bits) and their CRC-32 in 6 more
/// characters.
///
/// The prefix lets scanners find leaked keys, the checksum distinguishes them from similar text, and
/// a mistyped key is refused without a database lookup.
public struct APIKeyText: Sendable {
    /// The key for its owner; displayed once.
    public let text: String

    private static let prefix = Array("luna_".utf8)
    private static let randomCount = 32
    private static let checksumCount = 6
    private static let alphabet = Array(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    /// How many characters are stored and displayed to distinguish keys; 149 random bits stay unknown.
    private static let shownCount = 12

    /// Creates a new key.
    public static func random() -> APIKeyText {
        var bytes = prefix
        while bytes.count < prefix.count + randomCount {
            // 248 is the largest multiple of 62 in a byte: higher values would favour some characters.
            for byte in Random.bytes(64)
            where byte < 248 && bytes.count < prefix.count + randomCount {
                bytes.append(alphabet[Int(byte) % alphabet.count])
            }
        }
        return APIKeyText(text: String(decoding: bytes + checksum(of: bytes), as: UTF8.self))
    }

    /// The hash under which it is stored.
    public var hash: Digest { SHA256.digest(text.utf8) }

    /// Its first characters, to be displayed.
    public var shown: String { String(text.prefix(Self.shownCount)) }

    /// Whether a Bearer token is an API key and not a JWT, which begins with `ey`.
    static func isMeant(by token: ArraySlice<UInt8>) -> Bool {
        token.starts(with: prefix)
    }

    /// The hash under which a key would be stored; nil when it cannot be a key.
    static func hash(of token: ArraySlice<UInt8>) -> Digest? {
        guard isMeant(by: token), token.count == prefix.count + randomCount + checksumCount,
            token.suffix(checksumCount).elementsEqual(checksum(of: token.dropLast(checksumCount)))
        else { return nil }
        return SHA256.digest(token)
    }

    private static func checksum(of bytes: some Sequence<UInt8>) -> [UInt8] {
        var rest = Int(CRC32.checksum(bytes))
        var digits: [UInt8] = []
        for _ in 0..<checksumCount {
            digits.append(alphabet[rest % alphabet.count])
            rest /= alphabet.count
        }
        return digits.reversed()
    }
}
