import Crypto
import Synchronization

/// How many requests an account may make, by its tier; all its keys and sessions count together.
///
/// Shared by all threads. As many as are allowed in a minute may come at once; what was used comes
/// back evenly over the minute.
public final class TierLimits: Sendable {
    /// What an operator configures of it.
    public struct Rules: Sendable, Equatable {
        /// Requests a minute, at least 1.
        public var perMinute = PerTier(free: 60, pro: 600, team: 6_000)
        /// Whether requests with an API key count.
        public var countsAPIKeys = true
        /// Whether requests with a JWT or a cookie count.
        public var countsSessions = false

        /// The rules of a server nobody has configured.
        public init() {}
    }

    private struct Tables {
        var perMinute: PerTier<Int>
        var buckets: PerTier<TokenBuckets<UUID>>
        /// By tables that were replaced.
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

    /// Limits that nobody has touched yet.
    ///
    /// - Parameters:
    ///   - rules: What holds.
    ///   - capacity: The most accounts of each tier that are remembered.
    init(_ rules: Rules, capacity: Int) {
        countsAPIKeys = Atomic(rules.countsAPIKeys)
        countsSessions = Atomic(rules.countsSessions)
        tables = Mutex(Self.tables(rules.perMinute, capacity: capacity))
        self.capacity = capacity
    }

    /// Puts other rules in force; where the numbers differ, everybody begins anew.
    public func replace(by rules: Rules) {
        countsAPIKeys.store(rules.countsAPIKeys, ordering: .relaxed)
        countsSessions.store(rules.countsSessions, ordering: .relaxed)
        tables.withLock { tables in
            guard tables.perMinute != rules.perMinute else { return }
            let refusals = tables.refusals
            tables = Self.tables(rules.perMinute, capacity: capacity)
            tables.formerRefusals = refusals
        }
    }

    /// How often an account had to wait.
    var refusals: UInt64 { tables.withLock { $0.refusals } }

    /// Counts a request.
    ///
    /// - Parameters:
    ///   - caller: Who makes it.
    ///   - now: Nanoseconds of a monotonic clock.
    /// - Returns: What the account may still do; nil when such requests do not count.
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

    private static func tables(_ perMinute: PerTier<Int>, capacity: Int) -> Tables {
        Tables(
            perMinute: perMinute,
            buckets: perMinute.map { count in
                TokenBuckets(
                    burst: UInt64(count), perMinute: UInt64(count), capacity: capacity)
            })
    }
}

/// What an account may still do within the limit of its tier.
public struct Allowance: Sendable, Equatable {
    /// Requests a minute; as many may come at once.
    public let limit: Int
    /// How many may still come at once now.
    public let remaining: Int
    /// Seconds, rounded up, until `limit` may come at once again.
    public let resetSeconds: Int
    /// Seconds, rounded up, until the next may come; nil when this one was within the limit.
    public let retryAfter: Int?

    fileprivate init(limit: Int, _ level: BucketLevel) {
        self.limit = limit
        remaining = Int(level.tokens)
        resetSeconds = level.untilFull.secondsRoundedUp
        retryAfter = level.untilNext?.secondsRoundedUp
    }
}
