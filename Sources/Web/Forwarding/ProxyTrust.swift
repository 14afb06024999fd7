package import HTTP
import Synchronization

/// Which peers speak for the clients behind them, and in which fields.
package struct ProxyTrust: Sendable, Equatable {
    /// The peers that are believed; the peers of a Unix socket always are.
    package var proxies: [AddressPrefix]
    /// The fields that are read; those of the other family are ignored.
    package var fields: Fields

    /// The families of forwarding fields.
    package enum Fields: String, Sendable, CaseIterable {
        /// `X-Forwarded-For` and `X-Forwarded-Proto`.
        case xForwarded = "x-forwarded"
        /// `Forwarded` (RFC 7239).
        case forwarded
        /// None of them.
        case none
    }

    /// A trust from its parts.
    package init(proxies: [AddressPrefix], fields: Fields) {
        self.proxies = proxies
        self.fields = fields
    }

    package func trusts(_ peer: Peer) -> Bool {
        switch peer {
        case .address(let address, _): trusts(address)
        case .local: true
        }
    }

    /// Whether an address is one of the proxies'.
    package func trusts(_ address: IPAddress) -> Bool {
        proxies.contains { $0.contains(address) }
    }
}

/// The trust in force, replaceable while the server runs.
///
/// Shared by all threads.
package final class LiveProxyTrust: Sendable {
    private let trust: Mutex<ProxyTrust>

    /// A trust to begin with.
    package init(_ trust: ProxyTrust) {
        self.trust = Mutex(trust)
    }

    /// The trust in force.
    package var current: ProxyTrust { trust.withLock { $0 } }

    /// Puts another trust in force.
    package func replace(by other: ProxyTrust) {
        trust.withLock { $0 = other }
    }
}
