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
    package init(of request: borrowing Request, trust: borrowing ProxyTrust) {
        guard trust.trusts(request.peer) else {
            self.init(address: request.peer.address, isSecure: false, isUnnamed: false)
            return
        }
        switch trust.fields {
        case .xForwarded where !request.has(.xForwardedFor):
            self.init(
                address: request.peer.address, isSecure: XForwarded.isSecure(request),
                isUnnamed: true)
        case .xForwarded:
            self.init(
                XForwarded.addresses(request), isSecure: XForwarded.isSecure(request),
                from: request.peer, trust: trust)
        case .forwarded:
            let hops = Forwarded.hops(of: request)
            self.init(
                hops.addresses.reversed(), isSecure: hops.isSecure, from: request.peer,
                trust: trust)
        case .none: self.init(address: request.peer.address, isSecure: false, isUnnamed: false)
        }
    }

    private init(address: IPAddress?, isSecure: Bool, isUnnamed: Bool) {
        self.address = address
        self.isSecure = isSecure
        self.isUnnamed = isUnnamed
    }

    /// The nearest address that is not trusted: the client may have written those behind it.
    ///
    /// A malformed element ends the walk at the proxy that passed it on.
    private init(
        _ addresses: some Sequence<IPAddress?>, isSecure: Bool, from peer: Peer,
        trust: borrowing ProxyTrust
    ) {
        var nearest = peer.address
        var isUnnamed = true
        for element in addresses {
            isUnnamed = false
            guard let address = element else { break }
            nearest = address
            if !trust.trusts(address) { break }
        }
        self.init(address: nearest, isSecure: isSecure, isUnnamed: isUnnamed)
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
