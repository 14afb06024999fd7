import Auth
package import HTTP

/// Who sent a request, seen through the proxies in front.
package struct Client: Equatable {
    /// Where it is; nil for a process of this machine on a Unix socket.
    package let address: IPAddress?
    /// Whether it speaks https to the outermost proxy we trust.
    package let isSecure: Bool
    /// Whether a trusted proxy sent the request without saying for whom.
    let isUnnamed: Bool

    /// Reads the forwarding fields, where the peer is trusted to send them.
    package init(of request: Request, trust: ProxyTrust) {
        guard trust.trusts(request.peer) else {
            self.init(address: request.peer.address, isSecure: false, isUnnamed: false)
            return
        }
        let hops =
            switch trust.fields {
            case .xForwarded: XForwarded.hops(of: request)
            case .forwarded: Forwarded.hops(of: request)
            case .none: ForwardedHops()
            }
        self.init(
            address: Self.walk(hops.addresses, from: request.peer, trust: trust),
            isSecure: hops.isSecure, isUnnamed: hops.addresses.isEmpty && trust.fields != .none)
    }

    private init(address: IPAddress?, isSecure: Bool, isUnnamed: Bool) {
        self.address = address
        self.isSecure = isSecure
        self.isUnnamed = isUnnamed
    }

    /// The right-most address that is not trusted: the client may have written those to its left.
    ///
    /// A malformed element ends the walk at the proxy that passed it on.
    private static func walk(
        _ addresses: [IPAddress?], from peer: Peer, trust: ProxyTrust
    ) -> IPAddress? {
        var nearest = peer.address
        for element in addresses.reversed() {
            guard let address = element else { return nearest }
            nearest = address
            if !trust.trusts(address) { break }
        }
        return nearest
    }
}

extension Client {
    /// What it counts as for the limits.
    var network: Throttle.Network {
        switch address {
        case .v4(let address): .ipv4(address)
        case .v6(let prefix, _): .ipv6(prefix: prefix)
        case nil: .local
        }
    }
}

extension Peer {
    /// Where it is; nil for a process of this machine on a Unix socket.
    var address: IPAddress? {
        switch self {
        case .address(let address, _): address
        case .local: nil
        }
    }
}

/// What the forwarding fields of a request say, nearest hop last.
struct ForwardedHops: Equatable {
    /// An address a hop; nil where it is malformed or withheld.
    var addresses: [IPAddress?] = []
    /// Whether the nearest hop was reached over https.
    var isSecure = false
}
