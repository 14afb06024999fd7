/// A map bounded by the bytes that it occupies, which evicts approximately the least recently used value: the
/// CLOCK algorithm.
///
/// A look-up only sets a bit. The hand goes round, clears the bits that are set, and evicts the first
/// value without one. Beside the bit is the period of the last look-up: it tells the first use of a
/// period from the others, and values that were not used lately.
///
/// Values are stored one after another, and found by open addressing with linear probing (Knuth, The Art of
/// Computer Programming, vol. 3, 6.4, algorithms L and R): a look-up reads one slot and one value, mostly.
struct ClockMap<Value: CacheValue>: Sendable {
    private struct Entry {
        let value: Value
        // Here and not at the end, where they fit into what a value leaves of its last word.
        var wasUsed = false
        var period: UInt32

        var bits: UInt64 { value.cacheKey.randomBits }

        /// Notes a use; true for the first in another period than the last.
        mutating func use(in period: UInt32) -> Bool {
            wasUsed = true
            guard period != self.period else { return false }
            self.period = period
            return true
        }

        /// What it occupies.
        var byteCount: Int { ClockMap.entryBytes + value.heapBytes }
    }

    /// What an entry occupies beside the heap of its value, in bytes: itself, its part of the room in which
    /// entries grow, and of the slots, of which between 2/5 and 4/5 are used.
    static var entryBytes: Int {
        MemoryLayout<Entry>.stride * (growth + 1) / growth + 2 * MemoryLayout<Slot>.stride
    }
    /// By which part of themselves entries grow: doubling would leave half of the memory unused.
    private static var growth: Int { 16 }

    /// What the entries may occupy; a value that needs more is not kept.
    var maximumBytes: Int
    private var entries: [Entry] = []
    /// A power of two, or none.
    private var slots: [Slot] = []
    private var hand = 0
    /// What the entries occupy, in bytes.
    private(set) var byteCount = 0

    /// How often something was invalidated; counted by `Cache`.
    var generation: UInt64 = 0

    /// An empty map.
    ///
    /// - Parameter maximumBytes: What the entries may occupy.
    init(maximumBytes: Int) {
        self.maximumBytes = maximumBytes
    }

    /// How many values it holds.
    var count: Int { entries.count }

    /// The value of a key, which counts as a use.
    ///
    /// - Parameters:
    ///   - key: Whose.
    ///   - period: The period of the use.
    ///   - bound: A value that was last used in this period or before is removed; nil for no bound.
    /// - Returns: The value, and whether this is the first use of that period.
    mutating func value(
        for key: Value.Key, in period: UInt32 = 0, usedAfter bound: UInt32? = nil
    ) -> (value: Value, isFirst: Bool)? {
        guard let position = position(of: key) else { return nil }
        if let bound, entries[position].period <= bound {
            remove(at: position)
            return nil
        }
        let isFirst = entries[position].use(in: period)
        return (entries[position].value, isFirst)
    }

    /// Sets the value of its key, used in this period; evicts others where there is no room.
    mutating func insert(_ value: Value, in period: UInt32 = 0) {
        remove(value.cacheKey)
        // It starts without the bit: one-off look-ups do not evict what is used often.
        let entry = Entry(value: value, period: period)
        guard entry.byteCount <= maximumBytes else { return }
        while byteCount + entry.byteCount > maximumBytes || entries.count == Slot.maximumCount {
            evict()
        }
        append(entry)
    }

    /// Removes a key, if it is present.
    mutating func remove(_ key: Value.Key) {
        if let position = position(of: key) { remove(at: position) }
    }

    /// Removes everything.
    mutating func removeAll() {
        entries = []
        slots = []
        hand = 0
        byteCount = 0
    }

    private mutating func append(_ entry: Entry) {
        if entries.count == entries.capacity {
            entries.reserveCapacity(entries.count + max(4, entries.count / Self.growth))
        }
        entries.append(entry)
        byteCount += entry.byteCount
        if entries.count * 5 > slots.count * 4 {
            slots = Array(repeating: .empty, count: max(8, slots.count * 2))
            for position in entries.indices { fillSlot(of: position) }
        } else {
            fillSlot(of: entries.count - 1)
        }
    }

    /// Removes the next value that was not used since the hand passed it.
    private mutating func evict() {
        while entries[hand].wasUsed {
            entries[hand].wasUsed = false
            hand = (hand + 1) % entries.count
        }
        remove(at: hand)
        // The last one, which came last, has its place: the hand has passed it.
        hand = hand + 1 < entries.count ? hand + 1 : 0
    }

    private mutating func remove(at position: Int) {
        emptySlot(of: position)
        byteCount -= entries[position].byteCount
        let last = entries.count - 1
        if position < last {
            slots[slot(of: last)] = Slot(position, entries[last].bits)
            entries[position] = entries[last]
        }
        entries.removeLast()
        if hand == last { hand = 0 }
    }
}

/// The slots.
extension ClockMap {
    /// Where an entry is, and eight bits of its key: an entry of another key is rarely looked at.
    private struct Slot {
        /// The most entries.
        static var maximumCount: Int { 1 << 24 - 2 }
        static var empty: Slot { Slot(rawValue: 0) }

        private let rawValue: UInt32

        private init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        init(_ position: Int, _ bits: UInt64) {
            rawValue = UInt32(position + 1) | UInt32(truncatingIfNeeded: bits >> 56) << 24
        }

        var isEmpty: Bool { rawValue == 0 }
        var position: Int { Int(rawValue & 0xFF_FFFF) - 1 }

        func mayBe(of bits: UInt64) -> Bool { UInt64(rawValue >> 24) == bits >> 56 }
    }

    private func next(_ slot: Int) -> Int { (slot + 1) & (slots.count - 1) }

    /// Where the search for a key begins (Fibonacci hashing): the shard has used the last bits.
    private func home(of bits: UInt64) -> Int {
        let product = bits &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: product >> 32) & (slots.count - 1)
    }

    private func position(of key: Value.Key) -> Int? {
        guard !slots.isEmpty else { return nil }
        let bits = key.randomBits
        var slot = home(of: bits)
        while !slots[slot].isEmpty {
            let position = slots[slot].position
            if slots[slot].mayBe(of: bits), entries[position].value.cacheKey == key {
                return position
            }
            slot = next(slot)
        }
        return nil
    }

    private func slot(of position: Int) -> Int {
        var slot = home(of: entries[position].bits)
        while slots[slot].position != position { slot = next(slot) }
        return slot
    }

    private mutating func fillSlot(of position: Int) {
        var slot = home(of: entries[position].bits)
        while !slots[slot].isEmpty { slot = next(slot) }
        slots[slot] = Slot(position, entries[position].bits)
    }

    /// Empties a slot; those behind it that would no longer be found move up.
    private mutating func emptySlot(of position: Int) {
        var hole = slot(of: position)
        var slot = next(hole)
        while !slots[slot].isEmpty {
            let home = home(of: entries[slots[slot].position].bits)
            let mask = slots.count - 1
            if (slot - home) & mask >= (slot - hole) & mask {
                slots[hole] = slots[slot]
                hole = slot
            }
            slot = next(slot)
        }
        slots[hole] = .empty
    }
}
