/// An IPv4 or IPv6 address. An IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) is its IPv4 address.
public enum IPAddress: Sendable, Hashable {
    /// 32 bits, first octet highest.
    case v4(UInt32)
    /// 128 bits, first octet highest.
    case v6(high: UInt64, low: UInt64)
}
