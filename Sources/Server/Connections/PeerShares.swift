import HTTP
import Synchronization

/// Counts the connections of each peer against its share of the limit.
///
/// A single client that uses all connections would exclude all others (CWE-770). Trusted proxies
/// carry many clients, and local clients are trusted: those have no limit of their own. Shared by
/// all loops.
final class PeerShares: Sendable {
    /// The bits of an IPv6 address that identify one peer, which chooses the others itself.
    private static let networkBits = 64

    /// The most connections of one peer.
    let maximum: Int
    private let isUnlimited: @Sendable (IPAddress) -> Bool
    private let counts = Mutex<[AddressPrefix: Int]>([:])

    /// Creates shares with no connections.
    ///
    /// - Parameters:
    ///   - connections: The limit over all peers; a peer has a quarter, and at least one.
    ///   - isUnlimited: Whether a peer that is not on this machine may use all of them.
    init(of connections: Int, isUnlimited: @escaping @Sendable (IPAddress) -> Bool) {
        maximum = max(1, connections / 4)
        self.isUnlimited = isUnlimited
    }

    /// The share that a connection of a peer counts towards; nil when only the overall limit applies.
    func share(of peer: Peer) -> AddressPrefix? {
        guard case .address(let address, _) = peer, !address.isLoopback, !isUnlimited(address)
        else { return nil }
        return switch address {
        case .v4: address.prefix(32)
        case .v6: address.prefix(Self.networkBits)
        }
    }

    /// Counts one more connection.
    ///
    /// - Returns: False, and nothing counted, when the share is used up.
    func enter(_ share: AddressPrefix) -> Bool {
        counts.withLock { counts in
            let count = counts[share, default: 0]
            guard count < maximum else { return false }
            counts[share] = count + 1
            return true
        }
    }

    /// Counts one connection less.
    func leave(_ share: AddressPrefix) {
        counts.withLock { counts in
            guard let count = counts[share] else { return }
            counts[share] = count > 1 ? count - 1 : nil
        }
    }

    /// The number of peers with counted connections.
    var peers: Int { counts.withLock { $0.count } }
}
