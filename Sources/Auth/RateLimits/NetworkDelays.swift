import Crypto
import Synchronization

/// Growing delays after failures, for networks at an account, in bounded memory.
///
/// An attempt counts for the client's own network and for each network around it, which has more
/// failures before its first delay, by the multiple of its scope.
final class NetworkDelays: Sendable {
    /// What is needed to undo the count of an attempt.
    struct Receipt {
        fileprivate let entries:
            [(Throttle.Network.Scope, Digest, ExponentialBackoff<Digest>.Receipt)]
    }

    /// The outcome of an attempt.
    enum Outcome {
        /// It was counted.
        case counted(Receipt)
        /// It is too early, by so many nanoseconds.
        case early(UInt64)
    }

    private let scopes: [Throttle.Network.Scope: ExponentialBackoff<Digest>]
    private let refused = Atomic<UInt64>(0)

    /// Creates empty tables.
    ///
    /// - Parameter capacity: The most entries of each scope that are tracked.
    init(capacity: Int) {
        let all = Throttle.Network.Scope.allCases.map { scope in
            var rule = ExponentialBackoff<Digest>.Rule()
            rule.free *= Int(scope.multiple)
            return (scope, ExponentialBackoff<Digest>(rule, capacity: capacity))
        }
        scopes = Dictionary(uniqueKeysWithValues: all)
    }

    /// How often an attempt was too early.
    var refusals: UInt64 { refused.load(ordering: .relaxed) }

    /// Counts an attempt as a failure until it is undone.
    ///
    /// All scopes are consulted, for the longest of their waits; an attempt that is too early for one is
    /// counted by none.
    /// - Parameters:
    ///   - network: The client's network.
    ///   - now: Nanoseconds of a monotonic clock.
    ///   - key: The key under which the failures of a network at the account are counted.
    /// - Returns: Whether the attempt is allowed.
    func begin(
        _ network: Throttle.Network, now: UInt64, key: (Throttle.Network) -> Digest
    ) -> Outcome {
        var entries: [(Throttle.Network.Scope, Digest, ExponentialBackoff<Digest>.Receipt)] = []
        var longest: UInt64?
        for (scope, network) in network.scopes {
            guard let delays = scopes[scope] else { continue }
            let key = key(network)
            switch delays.begin(key, now: now) {
            case .counted(let receipt): entries.append((scope, key, receipt))
            case .early(let wait): longest = max(longest ?? 0, wait)
            }
        }
        let receipt = Receipt(entries: entries)
        guard let longest else { return .counted(receipt) }
        forget(receipt)
        refused.wrappingAdd(1, ordering: .relaxed)
        return .early(longest)
    }

    /// The longest wait of the matching keys, in nanoseconds.
    func longestWait(now: UInt64, where isMeant: (Digest) -> Bool) -> UInt64 {
        scopes.values.map { $0.longestWait(now: now, where: isMeant) }.max() ?? 0
    }

    /// Forgets the failures of the matching keys.
    func remove(_ isMeant: (Digest) -> Bool) {
        for delays in scopes.values { delays.remove(isMeant) }
    }

    /// Undoes the count of an attempt that did not fail.
    func forget(_ receipt: Receipt) {
        for (scope, key, receipt) in receipt.entries { scopes[scope]?.forget(key, receipt) }
    }
}
