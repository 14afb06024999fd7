import Crypto

/// The points of Ed25519 that are no key: eight times each is the neutral element (RFC 8032 §5.1).
///
/// Under such a key one text is the signature of every message, or of one in two to eight, as with an
/// RSA exponent of 1. OpenSSL accepts them.
enum SmallOrderPoint {
    /// Whether 32 bytes are one.
    static func isEncoded(in bytes: ArraySlice<UInt8>) -> Bool {
        guard let last = bytes.last else { return false }
        // The highest bit is the sign of x.
        return encodings.contains(bytes.dropLast() + [last & 0x7F])
    }

    /// The y of each in little-endian order: also p and p + 1, which OpenSSL takes for 0 and 1.
    private static let encodings: Set<[UInt8]> = Set(
        [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ].compactMap { Hex.decode($0.utf8) })
}
