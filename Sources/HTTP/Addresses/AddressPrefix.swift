import Bytes

/// A network: an address whose bits after the first `length` are zero (CIDR, RFC 4632 §3.1).
public struct AddressPrefix: Sendable, Hashable, CustomStringConvertible {
    /// The first address of the network.
    public let network: IPAddress
    /// The length of the common prefix: 0 to 32, or to 128 bits.
    public let length: Int

    /// The network that contains an address.
    ///
    /// The length is within 0 and the width of the address.
    init(of address: IPAddress, length: Int) {
        self.length = length
        switch address {
        case .v4(let bits):
            network = .v4(bits & UInt32.max << (32 - length))
        case .v6(let high, let low):
            network = .v6(
                high: high & UInt64.max << max(0, 64 - length),
                low: low & UInt64.max << (128 - length))
        }
    }

    /// Parses a network, `address/length`; an address alone is a network of its own.
    ///
    /// An address with bits after the length is rejected, as it is probably a mistake. The length of an
    /// IPv4-mapped network counts the bits of the IPv6 form, and is at least 96.
    public init?(parsing text: some Collection<UInt8>) {
        let slash = text.firstIndex(of: UInt8(ascii: "/")) ?? text.endIndex
        let addressText = text[..<slash]
        guard let address = IPAddress(parsing: addressText) else { return nil }
        var length = address.bitWidth
        if slash < text.endIndex {
            guard
                let parsed = Decimal.parse(
                    text[slash...].dropFirst(), maximumDigits: 3, leadingZeros: .refused)
            else { return nil }
            length = addressText.contains(.colon) ? parsed - 128 + length : parsed
            guard 0...address.bitWidth ~= length else { return nil }
        }
        self.init(of: address, length: length)
        guard network == address else { return nil }
    }

    /// The form that `init(parsing:)` reads.
    public var description: String { "\(network)/\(length)" }

    /// Whether an address belongs to this network; never one of the other family.
    public func contains(_ address: IPAddress) -> Bool {
        address.bitWidth == network.bitWidth && address.prefix(length) == self
    }
}
