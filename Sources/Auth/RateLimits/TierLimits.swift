import Crypto
import Synchronization

/// How many requests an account may make, by its tier; all its keys and sessions count together.
///
/// Shared by all threads. The requests of a minute may come all at once; the allowance refills evenly
/// over the minute.
public final class TierLimits: Sendable {
    /// The configured limits.
    public struct Rules: Sendable, Equatable {
        /// Requests a minute, at least 1.
        public var perMinute = PerTier(free: 60, pro: 600, team: 6_000)
        /// Whether requests with an API key count.
        public var countsAPIKeys = true
        /// Whether requests with a JWT or a cookie count.
        public var countsSessions = false

        /// The default limits.
        public init() {}
    }

    private struct Tables {
        var perMinute: PerTier<Int>
        var buckets: PerTier<TokenBuckets<UUID>>
        /// Refusals by tables that were replaced.
        var formerRefusals: UInt64 = 0

        var refusals: UInt64 {
            formerRefusals &+ buckets.free.refusals &+ buckets.pro.refusals
                &+ buckets.team.refusals
        }
    }

    private let countsAPIKeys: Atomic<Bool>
    private let countsSessions: Atomic<Bool>
    private let tables: Mutex<Tables>
    private let capacity: Int
    private let isShared: Bool

    /// Creates limits at full allowance.
    ///
    /// - Parameters:
    ///   - rules: The configured limits.
    ///   - capacity: The most accounts of each tier that are tracked.
    ///   - isShared: Whether other processes learn which requests are counted here.
    init(_ rules: Rules, capacity: Int, isShared: Bool = false) {
        countsAPIKeys = Atomic(rules.countsAPIKeys)
        countsSessions = Atomic(rules.countsSessions)
        tables = Mutex(Self.tables(rules.perMinute, capacity: capacity, isShared: isShared))
        self.capacity = capacity
        self.isShared = isShared
    }

    /// Replaces the rules; where the numbers differ, every account starts at full allowance.
    public func replace(by rules: Rules) {
        countsAPIKeys.store(rules.countsAPIKeys, ordering: .relaxed)
        countsSessions.store(rules.countsSessions, ordering: .relaxed)
        tables.withLock { tables in
            guard tables.perMinute != rules.perMinute else { return }
            let refusals = tables.refusals
            tables = Self.tables(rules.perMinute, capacity: capacity, isShared: isShared)
            tables.formerRefusals = refusals
        }
    }

    /// The buckets of the accounts of a tier, until the rules are replaced.
    func buckets(of tier: Account.Tier) -> TokenBuckets<UUID> {
        tables.withLock { $0.buckets[tier] }
    }

    /// How often an account was refused.
    var refusals: UInt64 { tables.withLock { $0.refusals } }

    /// Counts a request.
    ///
    /// - Parameters:
    ///   - caller: The caller.
    ///   - now: Nanoseconds of a monotonic clock.
    /// - Returns: What the account has left; nil when such requests do not count.
    func count(_ caller: borrowing Caller, now: () -> UInt64) -> Allowance? {
        let counts =
            switch caller.means {
            case .apiKey: countsAPIKeys.load(ordering: .relaxed)
            case .session: countsSessions.load(ordering: .relaxed)
            }
        guard counts else { return nil }
        let (limit, buckets) = tables.withLock { tables in
            (tables.perMinute[caller.account.tier], tables.buckets[caller.account.tier])
        }
        return Allowance(limit: limit, buckets.spend(caller.account.id, now: now()))
    }

    private static func tables(
        _ perMinute: PerTier<Int>, capacity: Int, isShared: Bool
    ) -> Tables {
        Tables(
            perMinute: perMinute,
            buckets: perMinute.map { count in
                TokenBuckets(
                    burst: UInt64(count), perMinute: UInt64(count), capacity: capacity,
                    isShared: isShared)
            })
    }
}

/// What an account has left of the limit of its tier.
public struct Allowance: Sendable, Equatable {
    /// Requests per minute; as many may come at once.
    public let limit: Int
    /// Requests that may still come at once now.
    public let remaining: Int
    /// Seconds, rounded up, until `limit` requests may come at once again.
    public let resetSeconds: Int
    /// Seconds, rounded up, until the next request is allowed; nil when this one was within the limit.
    public let retryAfter: Int?

    fileprivate init(limit: Int, _ level: BucketLevel) {
        self.limit = limit
        remaining = Int(level.tokens)
        resetSeconds = level.untilFull.secondsRoundedUp
        retryAfter = level.untilNext?.secondsRoundedUp
    }
}
