/// An IPv4 or IPv6 address.
///
/// An IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) is represented as its IPv4 address.
public enum IPAddress: Sendable, Hashable {
    /// 32 bits, first octet highest.
    case v4(UInt32)
    /// 128 bits, first octet highest.
    case v6(high: UInt64, low: UInt64)

    /// Creates an address from 128 bits, first octet highest; an IPv4-mapped one becomes IPv4.
    public init(high: UInt64, low: UInt64) {
        let isMapped = high == 0 && low >> 32 == 0xFFFF
        self = isMapped ? .v4(UInt32(truncatingIfNeeded: low)) : .v6(high: high, low: low)
    }

    /// Whether this is a loopback address: 127.0.0.0/8 (RFC 1122 §3.2.1.3) or ::1
    /// (RFC 4291 §2.5.3).
    public var isLoopback: Bool {
        switch self {
        case .v4(let bits): bits >> 24 == 127
        case .v6(let high, let low): high == 0 && low == 1
        }
    }

    /// The number of bits of the address: 32 or 128.
    var bitWidth: Int {
        switch self {
        case .v4: 32
        case .v6: 128
        }
    }

    /// The network of the first bits of this address, such as the /64 of an IPv6 client.
    ///
    /// The number of bits is clamped to 0 and the width of the address.
    public func prefix(_ bits: Int) -> AddressPrefix {
        AddressPrefix(of: self, length: min(max(bits, 0), bitWidth))
    }
}
