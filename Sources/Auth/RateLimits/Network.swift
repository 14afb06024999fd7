extension Throttle {
    /// A network that counts as one client.
    public struct Network: Hashable, Sendable {
        /// Distinguishes an IPv4 address, an IPv6 prefix, the networks around them, and the peers of a
        /// Unix socket.
        let kind: UInt64
        let bits: UInt64

        /// One IPv4 address.
        public static func ipv4(_ address: UInt32) -> Network {
            Network(kind: 4, bits: UInt64(address))
        }

        /// One IPv6 /64: the smallest network a provider assigns to a customer.
        public static func ipv6(prefix: UInt64) -> Network { Network(kind: 6, bits: prefix) }

        /// Every peer of a Unix socket that sends no forwarding header fields.
        public static let local = Network(kind: 0, bits: 0)
    }
}

extension Throttle.Network {
    /// The size of a network, which determines how much more it may do than a single client.
    ///
    /// Providers assign a /64, a /56 or a /48 to a customer (RFC 6177), and a customer who rents servers
    /// often has many neighbouring IPv4 addresses: a limit on the smallest of these alone would not limit
    /// the holder of a larger one.
    enum Scope: UInt64, CaseIterable {
        /// An IPv4 address, an IPv6 /64, this machine.
        case single = 1
        /// An IPv6 /56.
        case site = 4
        /// An IPv6 /48, an IPv4 /24.
        case organization = 16

        /// How many times more it may do than a single client.
        var multiple: UInt64 { rawValue }
    }

    /// This network and the networks around it, the smallest first.
    var scopes: [(scope: Scope, network: Throttle.Network)] {
        switch kind {
        case Self.ipv4(0).kind:
            [(.single, self), (.organization, around(keeping: 24, of: 32))]
        case Self.ipv6(prefix: 0).kind:
            [
                (.single, self), (.site, around(keeping: 56, of: 64)),
                (.organization, around(keeping: 48, of: 64)),
            ]
        default: [(.single, self)]
        }
    }

    /// What this network is the scope of; nil for none of the networks that are counted.
    var scope: Scope? {
        switch kind {
        case 0, 4, 6: .single
        case 6 << 8 | 56: .site
        case 6 << 8 | 48, 4 << 8 | 24: .organization
        default: nil
        }
    }

    /// The network of the first bits; its kind includes their number.
    private func around(keeping length: UInt64, of width: UInt64) -> Throttle.Network {
        Throttle.Network(kind: kind << 8 | length, bits: bits >> (width - length))
    }
}
