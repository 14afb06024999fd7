import Synchronization

/// Token buckets for networks, in bounded memory.
///
/// A token is taken of the client's own network and of each network around it, whose buckets are as
/// many times larger as its scope says.
final class NetworkBuckets: Sendable {
    private let scopes: [Throttle.Network.Scope: TokenBuckets<Throttle.Network>]
    private let refused = Atomic<UInt64>(0)

    /// Empty tables.
    ///
    /// - Parameters:
    ///   - burst: Tokens of the full bucket of a single client, at least 1.
    ///   - perMinute: Tokens that come back to it in a minute, at least 1.
    ///   - capacity: The most buckets of each scope that are remembered.
    init(burst: UInt64, perMinute: UInt64, capacity: Int) {
        let all = Throttle.Network.Scope.allCases.map { scope in
            (
                scope,
                TokenBuckets<Throttle.Network>(
                    burst: burst * scope.multiple, perMinute: perMinute * scope.multiple,
                    capacity: capacity)
            )
        }
        scopes = Dictionary(uniqueKeysWithValues: all)
    }

    /// How often there was no token.
    var refusals: UInt64 { refused.load(ordering: .relaxed) }

    /// Takes a token of every scope, or of none.
    ///
    /// Taken first and given back when one refuses, so that requests made side by side never have
    /// more than there are.
    /// - Parameters:
    ///   - network: Whose token.
    ///   - now: Nanoseconds of a monotonic clock.
    /// - Returns: Nil when each had one; else the nanoseconds until each will have one.
    func take(_ network: Throttle.Network, now: UInt64) -> UInt64? {
        var taken: [(TokenBuckets<Throttle.Network>, Throttle.Network)] = []
        var longest: UInt64?
        for (scope, network) in network.scopes {
            guard let buckets = scopes[scope] else { continue }
            if let wait = buckets.take(network, now: now) {
                longest = max(longest ?? 0, wait)
            } else {
                taken.append((buckets, network))
            }
        }
        guard let longest else { return nil }
        for (buckets, network) in taken { buckets.giveBack(network) }
        refused.wrappingAdd(1, ordering: .relaxed)
        return longest
    }

    /// Gives back the tokens that were taken.
    func giveBack(_ network: Throttle.Network) {
        for (scope, network) in network.scopes { scopes[scope]?.giveBack(network) }
    }
}
