/// A set of ASCII bytes, one bit for each: two tests instead of a dozen comparisons.
struct ASCIISet: Sendable {
    private let low: UInt64
    private let high: UInt64

    /// The set whose bit n of `low` is for byte n, and of `high` for byte 64 + n.
    private init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// Whether a byte is one of them.
    func contains(_ byte: UInt8) -> Bool {
        let bits = byte < 64 ? low : byte < 128 ? high : 0
        return bits >> UInt64(byte & 63) & 1 == 1
    }

    // Computed, because a stored one would be looked up behind a check whether it is there.

    /// tchar: letters, digits and `!#$%&'*+-.^_`|~` (RFC 9110 §5.6.2).
    static var token: ASCIISet {
        ASCIISet(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE)
    }

    /// Unreserved characters and sub-delims: letters, digits and `-._~!$&'()*+,;=` (RFC 3986 §2.2, §2.3).
    static var registeredName: ASCIISet {
        ASCIISet(low: 0x2BFF_7FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)
    }

    /// Those, `:`, `@` and `/`: what may occur unencoded in a path (RFC 3986 §3.3).
    static var path: ASCIISet {
        ASCIISet(low: 0x2FFF_FFD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF)
    }
}
