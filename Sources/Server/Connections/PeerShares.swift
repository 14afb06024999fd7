import HTTP
import Synchronization

/// Counts the connections of each peer against its share of all there may be.
///
/// One client that holds every place keeps everybody else out (CWE-770). Through a proxy come many,
/// and the machine itself is no stranger: those have no bound of their own. Shared by all loops.
final class PeerShares: Sendable {
    /// The bits of an IPv6 address that one peer has to itself: all others are its own to choose.
    private static let networkBits = 64

    /// The most connections of one peer.
    let maximum: Int
    private let isUnlimited: @Sendable (IPAddress) -> Bool
    private let counts = Mutex<[AddressPrefix: Int]>([:])

    /// Shares of which none is in use.
    ///
    /// - Parameters:
    ///   - connections: The most of all peers together; one has a quarter, and at least one.
    ///   - isUnlimited: Whether a peer that is not on this machine may hold all of them.
    init(of connections: Int, isUnlimited: @escaping @Sendable (IPAddress) -> Bool) {
        maximum = max(1, connections / 4)
        self.isUnlimited = isUnlimited
    }

    /// Whose share a connection is counted in; nil where there is no bound but that of all.
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

    /// Of how many peers connections are counted.
    var peers: Int { counts.withLock { $0.count } }
}
