package import Auth
package import HTTP

/// How a browser reached the server, for the operator who checks the proxy in front of it.
package struct ConnectionReview: Sendable, Equatable {
    /// The origin in the address bar of the browser, as the server sees it; nil without a valid Host.
    package let origin: Origin?
    /// The address of the browser; nil over a Unix socket.
    package let client: IPAddress?
    /// What the server sees.
    package let finding: Finding

    /// What the server sees of the connection; of several faults the one to mend first.
    package enum Finding: Sendable, Equatable {
        /// The browser is on this machine, and no proxy is in between.
        case thisMachine
        /// A trusted proxy names the client, and says that the connection is encrypted.
        case encrypted
        /// A peer that is not trusted sends fields that only proxies send: they are ignored.
        case untrustedProxy(IPAddress)
        /// A trusted proxy does not name the client: all clients share one address, and its limits.
        case unnamedClient
        /// A trusted proxy sends another Host than the browser did: links would lead elsewhere.
        case changedHost
        /// A trusted proxy does not say whether the connection is encrypted.
        case unknownScheme
        /// The connection is not encrypted.
        case unencrypted
    }

    /// Reviews a request.
    init(of request: Request, client: Client, trust: ProxyTrust) {
        origin = request.authority.flatMap {
            Origin(authority: $0, isSecure: client.isSecure)
        }
        self.client = client.address
        finding = Self.finding(of: request, client, trust)
    }

    private static func finding(
        of request: Request, _ client: Client, _ trust: ProxyTrust
    ) -> Finding {
        let isForwarded = request.fieldNames.contains { name in
            forwardingNames.contains { name.equalsIgnoringCase($0) }
        }
        if isForwarded, !trust.trusts(request.peer), let address = request.peer.address {
            return .untrustedProxy(address)
        }
        if !isForwarded, request.peer.isThisMachine, request.isAddressedToThisMachine {
            return .thisMachine
        }
        if client.isUnnamed { return .unnamedClient }
        if isForwarded, hasChangedHost(request, client) { return .changedHost }
        if client.isSecure { return .encrypted }
        return isForwarded && !request.saysScheme(trust) ? .unknownScheme : .unencrypted
    }

    /// Whether the Host is not the one of the browser: the proxy names another, or a browser elsewhere
    /// cannot have asked for this machine.
    private static func hasChangedHost(_ request: Request, _ client: Client) -> Bool {
        let forwarded = request.values(of: .xForwardedHost)
        if let host = forwarded.first {
            return request.authority.map { !host.elementsEqual($0) } ?? true
        }
        return request.isAddressedToThisMachine && client.address?.isLoopback != true
    }

    private static let forwardingNames = [
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host",
    ]
}

extension Request {
    /// Whether the proxy says anything of the scheme, in the family of fields that is read.
    func saysScheme(_ trust: ProxyTrust) -> Bool {
        switch trust.fields {
        case .xForwarded: !values(of: .xForwardedProto).isEmpty
        case .forwarded:
            values(of: .forwarded).contains { line in
                line.split { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ",") }
                    .contains { $0.trimmingOWS.prefix(6).equalsIgnoringCase("proto=") }
            }
        case .none: false
        }
    }
}

extension RequestContext {
    /// How the client reached the server.
    package var connectionReview: ConnectionReview {
        ConnectionReview(of: request, client: client, trust: configuration.proxies.current)
    }
}
