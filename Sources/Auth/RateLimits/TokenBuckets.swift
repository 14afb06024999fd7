import Synchronization

/// The level of a bucket after an attempt to take a token.
struct BucketLevel: Equatable {
    /// Whole tokens that are left.
    let tokens: UInt64
    /// Nanoseconds until it is full.
    let untilFull: UInt64
    /// Nanoseconds until it holds a token; nil when one was taken.
    let untilNext: UInt64?
}

/// Token buckets for many keys, in bounded memory.
///
/// Implemented by the generic cell rate algorithm (ITU-T I.371): a bucket is represented by the time
/// at which it will be full again. A key without an entry has a full bucket.
final class TokenBuckets<Key: Hashable & Sendable>: Sendable {
    private struct Table {
        var fullAt: [Key: UInt64] = [:]
        /// Shared by all keys that do not fit into the table.
        var overflowFullAt: UInt64 = 0
        /// When it is worthwhile to try again to free entries: that walks the whole table.
        var nextSweep: UInt64 = 0
        var refusals: UInt64 = 0
        /// The buckets that changed since they were last taken out; empty unless changes are tracked.
        var changed: Set<Key> = []
        /// Tokens that were taken here since they were last reported; empty unless the limit is shared.
        var uses: [Key: Int64] = [:]
    }

    private let table = Mutex(Table())
    private let capacity: Int
    /// Tokens in a full bucket.
    private let burst: UInt64
    /// Nanoseconds in which one token is refilled.
    private let interval: UInt64
    /// How far ahead a bucket's time may be: all tokens but one are spent then.
    private let tolerance: UInt64
    private let tracksChanges: Bool
    private let isShared: Bool

    /// Creates full buckets.
    ///
    /// - Parameters:
    ///   - burst: Tokens in a full bucket, at least 1.
    ///   - perMinute: Tokens refilled per minute, at least 1.
    ///   - capacity: The most buckets that are tracked.
    ///   - isShared: Whether other processes learn what is taken here, by `takeUnreported`.
    convenience init(
        burst: UInt64, perMinute: UInt64, capacity: Int, isShared: Bool = false
    ) {
        self.init(
            burst: burst, interval: 60_000_000_000 / perMinute, capacity: capacity,
            isShared: isShared)
    }

    /// Creates full buckets.
    ///
    /// - Parameters:
    ///   - burst: Tokens in a full bucket, at least 1.
    ///   - interval: Nanoseconds in which one token is refilled.
    ///   - capacity: The most buckets that are tracked.
    ///   - tracksChanges: Whether changes are recorded for `takeChanges`.
    ///   - isShared: Whether other processes learn what is taken here, by `takeUnreported`.
    init(
        burst: UInt64, interval: UInt64, capacity: Int, tracksChanges: Bool = false,
        isShared: Bool = false
    ) {
        self.interval = interval
        tolerance = interval * (burst - 1)
        self.burst = burst
        self.capacity = capacity
        self.tracksChanges = tracksChanges
        self.isShared = isShared
    }

    /// How often no token was left.
    var refusals: UInt64 { table.withLock { $0.refusals } }

    /// Takes a token.
    ///
    /// - Parameters:
    ///   - key: The key of the bucket.
    ///   - now: Nanoseconds of a monotonic clock.
    /// - Returns: Nil if there was one; otherwise the nanoseconds until there is one.
    func take(_ key: Key, now: UInt64) -> UInt64? {
        spend(key, now: now).untilNext
    }

    /// Takes a token and reports what is left.
    ///
    /// - Parameters:
    ///   - key: The key of the bucket.
    ///   - now: Nanoseconds of a monotonic clock.
    /// - Returns: The level of the bucket afterwards.
    func spend(_ key: Key, now: UInt64) -> BucketLevel {
        table.withLock { table in
            if table.fullAt[key] == nil && table.fullAt.count >= capacity && now >= table.nextSweep
            {
                makeRoom(in: &table, now: now)
            }
            let isTracked = table.fullAt[key] != nil || table.fullAt.count < capacity
            let fullAt = max(isTracked ? table.fullAt[key] ?? now : table.overflowFullAt, now)
            guard fullAt - now <= tolerance else {
                table.refusals &+= 1
                return level(untilFull: fullAt - now, untilNext: fullAt - now - tolerance)
            }
            if isTracked {
                table.fullAt[key] = fullAt + interval
                noteChange(of: key, in: &table)
                noteUse(1, of: key, in: &table)
            } else {
                table.overflowFullAt = fullAt + interval
            }
            return level(untilFull: fullAt + interval - now, untilNext: nil)
        }
    }

    private func level(untilFull: UInt64, untilNext: UInt64?) -> BucketLevel {
        let missing = untilFull / interval + (untilFull % interval == 0 ? 0 : 1)
        // Another thread may have read its clock slightly later than this one.
        return BucketLevel(
            tokens: burst - min(missing, burst), untilFull: untilFull, untilNext: untilNext)
    }

    /// Returns a token that was taken.
    func giveBack(_ key: Key) {
        table.withLock { table in
            if let fullAt = table.fullAt[key] {
                table.fullAt[key] = fullAt - min(interval, fullAt)
                noteChange(of: key, in: &table)
                noteUse(-1, of: key, in: &table)
            } else {
                table.overflowFullAt -= min(interval, table.overflowFullAt)
            }
        }
    }

    /// The level of a bucket; takes nothing.
    func level(of key: Key, now: UInt64) -> BucketLevel {
        table.withLock { table in
            let untilFull = max(table.fullAt[key] ?? now, now) - now
            return level(
                untilFull: untilFull,
                untilNext: untilFull > tolerance ? untilFull - tolerance : nil)
        }
    }

    /// How many tokens were taken from the matching buckets and are not refilled yet.
    func taken(now: UInt64, where isMeant: (Key) -> Bool) -> UInt64 {
        table.withLock { table in
            table.fullAt.filter { isMeant($0.key) }.values.reduce(0) { sum, fullAt in
                sum + burst - level(untilFull: max(fullAt, now) - now, untilNext: nil).tokens
            }
        }
    }

    /// Refills the matching buckets.
    func remove(_ isMeant: (Key) -> Bool) {
        table.withLock { table in
            for key in table.fullAt.keys.filter(isMeant) {
                table.fullAt[key] = nil
                noteChange(of: key, in: &table)
            }
        }
    }

    /// Forgets the fullest eighth of the buckets, so that the next call is far away, but never an exhausted
    /// one: filling the table must not lift a limit.
    private func makeRoom(in table: inout Table, now: UInt64) {
        let exhausted = now + tolerance
        let candidates = table.fullAt.filter { $0.value <= exhausted }
        let bound = max(1, capacity / 8)
        table.nextSweep = candidates.count < bound ? now + 1_000_000_000 : now
        for (key, _) in candidates.sorted(by: { $0.value < $1.value }).prefix(bound) {
            table.fullAt[key] = nil
            noteChange(of: key, in: &table)
        }
    }

    private func noteChange(of key: Key, in table: inout Table) {
        // Twice as many as there are buckets, because forgotten buckets are reported, too.
        guard tracksChanges, table.changed.count < 2 * capacity else { return }
        table.changed.insert(key)
    }

    private func noteUse(_ tokens: Int64, of key: Key, in table: inout Table) {
        guard isShared, table.uses[key] != nil || table.uses.count < capacity else { return }
        table.uses[key, default: 0] += tokens
    }
}

extension TokenBuckets {
    /// Returns at most so many of the changed buckets.
    ///
    /// - Parameters:
    ///   - limit: The most.
    ///   - now: Nanoseconds of a monotonic clock.
    /// - Returns: For each, the nanoseconds until it is full; 0 if it is full or was forgotten.
    func takeChanges(limit: Int, now: UInt64) -> [(key: Key, untilFull: UInt64)] {
        table.withLock { table in
            let keys = Array(table.changed.prefix(limit))
            table.changed.subtract(keys)
            return keys.map { key in
                let fullAt = table.fullAt[key] ?? 0
                return (key, fullAt > now ? fullAt - now : 0)
            }
        }
    }

    /// Marks buckets as changed again after they could not be stored.
    func markChanged(_ keys: [Key]) {
        table.withLock { table in
            for key in keys { noteChange(of: key, in: &table) }
        }
    }

    /// Restores a stored bucket, if it fits into the table.
    ///
    /// - Parameters:
    ///   - key: The key of the bucket.
    ///   - untilFull: Nanoseconds until it is full; at most those of an exhausted bucket.
    ///   - now: Nanoseconds of a monotonic clock.
    func restore(_ key: Key, untilFull: UInt64, now: UInt64) {
        table.withLock { table in
            guard table.fullAt.count < capacity else { return }
            table.fullAt[key] = now + min(untilFull, tolerance + interval)
        }
    }

    /// How long an exhausted bucket takes to be full, in nanoseconds.
    var longestTime: UInt64 { tolerance + interval }

    /// Moves the time at which a bucket is full, if it fits into the table; not reported as a change.
    ///
    /// - Parameters:
    ///   - key: The key of the bucket.
    ///   - milliseconds: By how much, at most to that of an exhausted bucket.
    ///   - now: Nanoseconds of a monotonic clock.
    /// - Returns: False where it does not fit.
    func move(_ key: Key, by milliseconds: Int64, now: UInt64) -> Bool {
        table.withLock { table in
            guard table.fullAt[key] != nil || table.fullAt.count < capacity else { return false }
            let (change, overflow) = milliseconds.magnitude.multipliedReportingOverflow(
                by: 1_000_000)
            let fullAt = max(table.fullAt[key] ?? now, now)
            table.fullAt[key] =
                milliseconds < 0
                ? fullAt - min(fullAt, overflow ? .max : change)
                : min(
                    fullAt + min(overflow ? .max : change, longestTime), now + longestTime)
            return true
        }
    }
}

extension TokenBuckets {
    /// The part of a burst that is taken before it is reported: most keys never take so much, and cost the
    /// others nothing.
    private static var reportedPart: UInt64 { 8 }
    /// How many bursts a bucket may lack at the most.
    private static var mostBursts: UInt64 { 8 }

    /// Returns what was taken here since it was last reported, of buckets from which enough was taken.
    ///
    /// - Parameters:
    ///   - limit: The most buckets.
    ///   - now: Nanoseconds of a monotonic clock.
    /// - Returns: The tokens of each that are not refilled yet.
    func takeUnreported(limit: Int, now: UInt64) -> [(key: Key, tokens: UInt64)] {
        let enough = Int64(max(1, burst / Self.reportedPart))
        return table.withLock { table in
            var taken: [(key: Key, tokens: UInt64)] = []
            var full: [Key] = []
            for (key, used) in table.uses {
                guard let fullAt = table.fullAt[key], fullAt > now else {
                    full.append(key)
                    continue
                }
                guard used >= enough, taken.count < limit else { continue }
                let missing = (fullAt - now + interval - 1) / interval
                taken.append((key, min(UInt64(used), missing)))
            }
            for key in full + taken.map(\.key) { table.uses[key] = nil }
            return taken
        }
    }

    /// Takes tokens that another process has given out, if the bucket fits into the table.
    ///
    /// The bucket may lack more than a burst afterwards: what several processes gave out at once is made up
    /// for, and over time no more is given out than by one.
    /// - Parameters:
    ///   - tokens: How many.
    ///   - key: The key of the bucket.
    ///   - now: Nanoseconds of a monotonic clock.
    func takeElsewhere(_ tokens: UInt64, of key: Key, now: UInt64) {
        table.withLock { table in
            guard table.fullAt[key] != nil || table.fullAt.count < capacity else { return }
            let most = Self.mostBursts * longestTime
            let fullAt = max(table.fullAt[key] ?? now, now)
            let time = min(tokens, Self.mostBursts * burst) * interval
            table.fullAt[key] = max(fullAt, min(fullAt + time, now + most))
        }
    }
}
