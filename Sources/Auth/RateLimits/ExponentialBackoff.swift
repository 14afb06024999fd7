import Synchronization

/// Delays that double with every failure, for many keys, in bounded memory.
///
/// A key without an entry is not delayed.
final class ExponentialBackoff<Key: Hashable & Sendable>: Sendable {
    /// How the delays grow.
    struct Rule {
        /// Failures before the first delay.
        var free = 5
        /// The first delay, in nanoseconds.
        var first: UInt64 = 30_000_000_000
        /// The longest delay, in nanoseconds.
        var longest: UInt64 = 3_600_000_000_000
        /// Nanoseconds after the last failure after which all failures are forgotten.
        var memory: UInt64 = 86_400_000_000_000

        /// The delay, in nanoseconds, between the last of so many failures and the next attempt.
        func delay(after failures: Int) -> UInt64 {
            guard failures >= free else { return 0 }
            let doublings = min(failures - free, 32)
            return min(first << UInt64(doublings), longest)
        }
    }

    /// What is needed to undo the count of an attempt.
    struct Receipt {
        fileprivate let previous: Entry
        fileprivate let time: UInt64
    }

    /// The outcome of an attempt.
    enum Outcome {
        /// It was counted.
        case counted(Receipt)
        /// It is too early, by so many nanoseconds.
        case early(UInt64)
    }

    fileprivate struct Entry {
        var failures = 0
        /// When the last failure was.
        var last: UInt64 = 0
    }

    private struct Table {
        var entries: [Key: Entry] = [:]
        /// Shared by all keys that do not fit into the table.
        var overflow = Entry()
        /// When it is worthwhile to try again to free entries.
        var nextSweep: UInt64 = 0
        var refusals: UInt64 = 0
    }

    private let table = Mutex(Table())
    private let rule: Rule
    private let capacity: Int

    /// Creates an empty table.
    ///
    /// - Parameters:
    ///   - rule: How the delays grow.
    ///   - capacity: The most keys that are tracked.
    init(_ rule: Rule = Rule(), capacity: Int) {
        self.rule = rule
        self.capacity = capacity
    }

    /// How often an attempt was too early.
    var refusals: UInt64 { table.withLock { $0.refusals } }

    /// Counts an attempt as a failure until it is undone.
    ///
    /// - Parameters:
    ///   - key: The key of the attempt.
    ///   - now: Nanoseconds of a monotonic clock.
    /// - Returns: Whether the attempt is allowed.
    func begin(_ key: Key, now: UInt64) -> Outcome {
        table.withLock { table in
            if table.entries[key] == nil && table.entries.count >= capacity
                && now >= table.nextSweep
            {
                makeRoom(in: &table, now: now)
            }
            let isTracked = table.entries[key] != nil || table.entries.count < capacity
            var entry = isTracked ? table.entries[key] ?? Entry() : table.overflow
            if age(of: entry, at: now) >= rule.memory { entry = Entry() }
            let wait = wait(of: entry, at: now)
            guard wait == 0 else {
                table.refusals &+= 1
                return .early(wait)
            }
            let counted = Entry(failures: entry.failures + 1, last: now)
            if isTracked { table.entries[key] = counted } else { table.overflow = counted }
            return .counted(Receipt(previous: entry, time: now))
        }
    }

    /// Undoes the count of an attempt that did not fail.
    func forget(_ key: Key, _ receipt: Receipt) {
        table.withLock { table in
            let isTracked = table.entries[key] != nil
            var entry = table.entries[key] ?? table.overflow
            entry.failures = max(entry.failures - 1, 0)
            if entry.last == receipt.time { entry.last = receipt.previous.last }
            if isTracked {
                table.entries[key] = entry.failures > 0 ? entry : nil
            } else {
                table.overflow = entry
            }
        }
    }

    /// The longest wait of the matching keys, in nanoseconds.
    func longestWait(now: UInt64, where isMeant: (Key) -> Bool) -> UInt64 {
        table.withLock { table in
            table.entries.filter { isMeant($0.key) }.values.map { wait(of: $0, at: now) }.max() ?? 0
        }
    }

    /// Forgets the failures of the matching keys.
    func remove(_ isMeant: (Key) -> Bool) {
        table.withLock { table in
            for key in table.entries.keys.filter(isMeant) { table.entries[key] = nil }
        }
    }

    private func age(of entry: Entry, at now: UInt64) -> UInt64 {
        // Another thread may have read its clock slightly later than this one.
        now > entry.last ? now - entry.last : 0
    }

    private func wait(of entry: Entry, at now: UInt64) -> UInt64 {
        let (delay, age) = (rule.delay(after: entry.failures), age(of: entry, at: now))
        return delay > age ? delay - age : 0
    }

    /// Forgets an eighth of the keys, those with the fewest failures, but never a key that is being delayed:
    /// filling the table must not lift a limit.
    private func makeRoom(in table: inout Table, now: UInt64) {
        let candidates = table.entries.filter { wait(of: $0.value, at: now) == 0 }
        let bound = max(1, capacity / 8)
        table.nextSweep = candidates.count < bound ? now + 1_000_000_000 : now
        let fewest = candidates.sorted { $0.value.failures < $1.value.failures }
        for (key, _) in fewest.prefix(bound) { table.entries[key] = nil }
    }
}
