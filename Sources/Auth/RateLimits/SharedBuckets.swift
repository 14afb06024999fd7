import Crypto

/// Tokens of one bucket that a process gave out.
struct BucketUse: Equatable {
    /// The key of the bucket.
    let key: [UInt8]
    /// How many.
    let tokens: UInt64
}

/// Buckets of a limit that several processes count together.
protocol SharedBuckets {
    /// Returns what was taken here since it was last reported, of buckets from which enough was taken.
    ///
    /// - Parameters:
    ///   - limit: The most buckets.
    ///   - now: Nanoseconds of a monotonic clock.
    /// - Returns: One use a bucket.
    func takeUses(limit: Int, now: UInt64) -> [BucketUse]

    /// Counts what another process gave out; does nothing for a key that is none of these buckets.
    func add(_ use: BucketUse, now: UInt64)
}

/// The key of a bucket that several processes have.
protocol SharedKey: Hashable, Sendable {
    /// The same in every process, at most 255 of them.
    var sharedOctets: [UInt8] { get }
    /// The key of these octets; nil for none.
    init?(sharedOctets: [UInt8])
}

extension TokenBuckets: SharedBuckets where Key: SharedKey {
    func takeUses(limit: Int, now: UInt64) -> [BucketUse] {
        takeUnreported(limit: limit, now: now).map {
            BucketUse(key: $0.key.sharedOctets, tokens: $0.tokens)
        }
    }

    func add(_ use: BucketUse, now: UInt64) {
        guard let key = Key(sharedOctets: use.key) else { return }
        takeElsewhere(use.tokens, of: key, now: now)
    }
}

extension NetworkBuckets: SharedBuckets {
    func takeUses(limit: Int, now: UInt64) -> [BucketUse] {
        Throttle.Network.Scope.allCases.reduce(into: []) { uses, scope in
            guard let buckets = buckets(of: scope) else { return }
            uses += buckets.takeUses(limit: limit - uses.count, now: now)
        }
    }

    func add(_ use: BucketUse, now: UInt64) {
        let scope = Throttle.Network(sharedOctets: use.key)?.scope
        scope.flatMap(buckets(of:))?.add(use, now: now)
    }
}

extension UUID: SharedKey {
    var sharedOctets: [UInt8] { octets }

    init?(sharedOctets: [UInt8]) { self.init(octets: sharedOctets) }
}

extension Digest: SharedKey {
    var sharedOctets: [UInt8] { bytes }

    init?(sharedOctets: [UInt8]) { self.init(bytes: sharedOctets) }
}

extension Throttle.Network: SharedKey {
    var sharedOctets: [UInt8] { UUID(high: kind, low: bits).octets }

    init?(sharedOctets: [UInt8]) {
        guard let pair = UUID(octets: sharedOctets) else { return nil }
        self.init(kind: pair.high, bits: pair.low)
    }
}
