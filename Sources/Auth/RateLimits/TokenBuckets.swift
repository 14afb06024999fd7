import Synchronization

/// How full a bucket is after somebody wanted a token of it.
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
/// Kept by the generic cell rate algorithm (ITU-T I.371): a bucket is the one moment at which it
/// will be full again. A key without an entry has a full bucket.
final class TokenBuckets<Key: Hashable & Sendable>: Sendable {
    private struct Table {
        var fullAt: [Key: UInt64] = [:]
        /// Shared by every key that finds no room.
        var overflowFullAt: UInt64 = 0
        /// When looking for room again is worth while: a full look costs a walk over the table.
        var nextSweep: UInt64 = 0
        var refusals: UInt64 = 0
        /// The buckets that differ from what was last taken out; empty unless they are kept track of.
        var changed: Set<Key> = []
    }

    private let table = Mutex(Table())
    private let capacity: Int
    /// Tokens of a full bucket.
    private let burst: UInt64
    /// Nanoseconds in which one token comes back.
    private let interval: UInt64
    /// How far ahead a bucket's moment may lie: all tokens but one are spent then.
    private let tolerance: UInt64
    private let tracksChanges: Bool

    /// Empty tables.
    ///
    /// - Parameters:
    ///   - burst: Tokens of a full bucket, at least 1.
    ///   - perMinute: Tokens that come back in a minute, at least 1.
    ///   - capacity: The most buckets that are remembered.
    convenience init(burst: UInt64, perMinute: UInt64, capacity: Int) {
        self.init(burst: burst, interval: 60_000_000_000 / perMinute, capacity: capacity)
    }

    /// Empty tables.
    ///
    /// - Parameters:
    ///   - burst: Tokens of a full bucket, at least 1.
    ///   - interval: Nanoseconds in which one token comes back.
    ///   - capacity: The most buckets that are remembered.
    ///   - tracksChanges: Whether somebody writes down what changes.
    init(burst: UInt64, interval: UInt64, capacity: Int, tracksChanges: Bool = false) {
        self.interval = interval
        tolerance = interval * (burst - 1)
        self.burst = burst
        self.capacity = capacity
        self.tracksChanges = tracksChanges
    }

    /// How often there was no token.
    var refusals: UInt64 { table.withLock { $0.refusals } }

    /// Takes a token.
    ///
    /// - Parameters:
    ///   - key: Whose token.
    ///   - now: Nanoseconds of a monotonic clock.
    /// - Returns: Nil when there was one; else the nanoseconds until there will be.
    func take(_ key: Key, now: UInt64) -> UInt64? {
        spend(key, now: now).untilNext
    }

    /// Takes a token, and looks at what is left.
    ///
    /// - Parameters:
    ///   - key: Whose token.
    ///   - now: Nanoseconds of a monotonic clock.
    /// - Returns: How full the bucket is afterwards.
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
            } else {
                table.overflowFullAt = fullAt + interval
            }
            return level(untilFull: fullAt + interval - now, untilNext: nil)
        }
    }

    private func level(untilFull: UInt64, untilNext: UInt64?) -> BucketLevel {
        let missing = untilFull / interval + (untilFull % interval == 0 ? 0 : 1)
        // Another thread's clock may have been read a moment later than this one's.
        return BucketLevel(
            tokens: burst - min(missing, burst), untilFull: untilFull, untilNext: untilNext)
    }

    /// Gives back a token that was taken.
    func giveBack(_ key: Key) {
        table.withLock { table in
            if let fullAt = table.fullAt[key] {
                table.fullAt[key] = fullAt - min(interval, fullAt)
                noteChange(of: key, in: &table)
            } else {
                table.overflowFullAt -= min(interval, table.overflowFullAt)
            }
        }
    }

    /// Fills the buckets that are meant.
    func remove(_ isMeant: (Key) -> Bool) {
        table.withLock { table in
            for key in table.fullAt.keys.filter(isMeant) {
                table.fullAt[key] = nil
                noteChange(of: key, in: &table)
            }
        }
    }

    /// Forgets the fullest eighth of the buckets, so that the next call is far away; an exhausted
    /// one is never forgotten: filling the table must not free an attacker of a limit.
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
        // Twice as many as there are buckets: those that were forgotten meanwhile are named, too.
        guard tracksChanges, table.changed.count < 2 * capacity else { return }
        table.changed.insert(key)
    }
}

extension TokenBuckets {
    /// Takes out at most so many of the buckets that changed.
    ///
    /// - Parameters:
    ///   - limit: The most.
    ///   - now: Nanoseconds of a monotonic clock.
    /// - Returns: Of each the nanoseconds until it is full; 0 for one that is, or that was forgotten.
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

    /// Has buckets named again that were taken out in vain.
    func markChanged(_ keys: [Key]) {
        table.withLock { table in
            for key in keys { noteChange(of: key, in: &table) }
        }
    }

    /// Puts a bucket in place that was written down, unless there is no room.
    ///
    /// - Parameters:
    ///   - key: Whose.
    ///   - untilFull: Nanoseconds until it is full; never longer than an exhausted one takes.
    ///   - now: Nanoseconds of a monotonic clock.
    func restore(_ key: Key, untilFull: UInt64, now: UInt64) {
        table.withLock { table in
            guard table.fullAt.count < capacity else { return }
            table.fullAt[key] = now + min(untilFull, tolerance + interval)
        }
    }
}
