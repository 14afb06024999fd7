/// A bounded map that evicts approximately the least recently used entry: the CLOCK algorithm.
///
/// A look-up only sets a bit. The hand goes round, clears the bits that are set, and evicts the first
/// entry without one. Beside the bit is the period of the last look-up: it tells the first use of a
/// period from the others, and entries that were not used lately.
struct ClockMap<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry {
        let key: Key
        var value: Value
        var wasUsed: Bool
        var period: UInt32

        /// Notes a use; true for the first in another period than the last.
        mutating func use(in period: UInt32) -> Bool {
            wasUsed = true
            guard period != self.period else { return false }
            self.period = period
            return true
        }
    }

    private let capacity: Int
    private var entries: [Entry] = []
    private var positions: [Key: Int] = [:]
    private var hand = 0

    /// How often something was invalidated; counted by `Cache`.
    var generation: UInt64 = 0

    /// An empty map.
    ///
    /// - Parameter capacity: At least 1.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// How many entries it holds.
    var count: Int { entries.count }

    /// The value of a key, which counts as a use.
    ///
    /// - Parameters:
    ///   - key: Whose.
    ///   - period: The period of the use.
    ///   - bound: An entry that was last used in this period or before is removed; nil for no bound.
    /// - Returns: The value, and whether this is the first use of that period.
    mutating func value(
        for key: Key, in period: UInt32 = 0, usedAfter bound: UInt32? = nil
    ) -> (value: Value, isFirst: Bool)? {
        guard let position = positions[key] else { return nil }
        if let bound, entries[position].period <= bound {
            remove(key)
            return nil
        }
        let isFirst = entries[position].use(in: period)
        return (entries[position].value, isFirst)
    }

    /// Sets the value of a key, used in this period; evicts another entry when the map is full.
    mutating func insert(_ value: Value, for key: Key, in period: UInt32 = 0) {
        if let position = positions[key] {
            entries[position].value = value
            entries[position].period = period
            return
        }
        // A new entry starts without the bit: one-off look-ups do not evict what is used often.
        let entry = Entry(key: key, value: value, wasUsed: false, period: period)
        guard entries.count == capacity else {
            positions[key] = entries.count
            entries.append(entry)
            return
        }
        while entries[hand].wasUsed {
            entries[hand].wasUsed = false
            hand = (hand + 1) % capacity
        }
        positions[entries[hand].key] = nil
        positions[key] = hand
        entries[hand] = entry
        hand = (hand + 1) % capacity
    }

    /// Removes a key, if it is present.
    mutating func remove(_ key: Key) {
        guard let position = positions.removeValue(forKey: key), let last = entries.popLast(),
            position < entries.count
        else { return }
        entries[position] = last
        positions[last.key] = position
    }

    /// Removes everything.
    mutating func removeAll() {
        entries = []
        positions = [:]
        hand = 0
    }
}
