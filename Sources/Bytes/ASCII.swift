/// The classes of ASCII (RFC 5234 appendix B.1).
extension UInt8 {
    /// Whether this is one of `0` to `9`.
    @inlinable
    public var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

    /// Whether this is one of `A` to `Z` or `a` to `z`.
    @inlinable
    public var isLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }

    /// Whether this is a space or a tab.
    @inlinable
    public var isWhiteSpace: Bool { self == 0x20 || self == 0x09 }

    /// The value of this decimal digit; nil for another byte.
    @inlinable
    public var decimalDigit: Int? { isDigit ? Int(self & 0x0F) : nil }

    /// The value of this hexadecimal digit, in either case; nil for another byte.
    @inlinable
    public var hexadecimalDigit: Int? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(self & 0x0F)
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
            Int(self & 0x0F) + 9
        default: nil
        }
    }

    /// This letter in lower case; any other byte as it is.
    @inlinable
    public var lowercased: UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self
    }
}
