import Synchronization

/// Token buckets for networks, in bounded memory.
///
/// A token is taken from the client's own network and from each network around it, whose buckets are
/// larger by the multiple of its scope.
final class NetworkBuckets: Sendable {
    private let scopes: [Throttle.Network.Scope: TokenBuckets<Throttle.Network>]
    private let refused = Atomic<UInt64>(0)

    /// Creates full buckets.
    ///
    /// - Parameters:
    ///   - burst: Tokens in the full bucket of a single client, at least 1.
    ///   - perMinute: Tokens refilled per minute for a single client, at least 1.
    ///   - capacity: The most buckets of each scope that are tracked.
    ///   - isShared: Whether other processes learn what is taken here.
    init(burst: UInt64, perMinute: UInt64, capacity: Int, isShared: Bool = false) {
        let all = Throttle.Network.Scope.allCases.map { scope in
            (
                scope,
                TokenBuckets<Throttle.Network>(
                    burst: burst * scope.multiple, perMinute: perMinute * scope.multiple,
                    capacity: capacity, isShared: isShared)
            )
        }
        scopes = Dictionary(uniqueKeysWithValues: all)
    }

    /// The buckets of a scope.
    func buckets(of scope: Throttle.Network.Scope) -> TokenBuckets<Throttle.Network>? {
        scopes[scope]
    }

    /// How often no token was left.
    var refusals: UInt64 { refused.load(ordering: .relaxed) }

    /// Takes a token of every scope, or none at all.
    ///
    /// The tokens are taken first and returned if one scope refuses, so that concurrent requests never
    /// exceed a limit.
    /// - Parameters:
    ///   - network: The client's network.
    ///   - now: Nanoseconds of a monotonic clock.
    /// - Returns: Nil if every scope had a token; otherwise the nanoseconds until every scope has one.
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

    /// Returns tokens that were taken.
    func giveBack(_ network: Throttle.Network) {
        for (scope, network) in network.scopes { scopes[scope]?.giveBack(network) }
    }
}
