import Crypto
import TestSupport
import Testing

@testable import StoreSupport

struct CacheTests {
    /// A text, found under a number.
    private struct Item: CacheValue {
        let key: Int
        let text: String
        var heapBytes = 0

        var cacheKey: Int { key }
    }

    private typealias TestCache = Cache<Item>

    private static let itemBytes = ClockMap<Item>.entryBytes

    private func cache(items: Int = 1_000) -> TestCache {
        TestCache(maximumBytes: 16 * items * Self.itemBytes)
    }

    private func ticket(_ cache: TestCache, _ key: Int) throws -> TestCache.Ticket {
        guard case .miss(let ticket) = cache.lookUp(key) else {
            throw Unexpected()
        }
        return ticket
    }

    private func fill(_ cache: TestCache, _ key: Int, _ text: String) throws {
        cache.fill(with: Item(key: key, text: text), ticket: try ticket(cache, key))
    }

    private func value(_ cache: TestCache, _ key: Int) -> String? {
        if case .hit(let value, _) = cache.lookUp(key) { value.text } else { nil }
    }

    private struct Unexpected: Error {}

    @Test func `a filled value is found`() throws {
        let cache = cache()
        try fill(cache, 1, "one")
        #expect(value(cache, 1) == "one")
        #expect(value(cache, 2) == nil)
    }

    @Test func `a fill from before an invalidation is dropped`() throws {
        let cache = cache()
        let stale = try ticket(cache, 1)
        cache.invalidate(1)
        cache.fill(with: Item(key: 1, text: "old"), ticket: stale)
        #expect(value(cache, 1) == nil)
        try fill(cache, 1, "new")
        #expect(value(cache, 1) == "new")
    }

    @Test func `a fill from before an invalidation of everything is dropped`() throws {
        let cache = cache()
        let stale = try ticket(cache, 1)
        cache.invalidateAll()
        cache.fill(with: Item(key: 1, text: "old"), ticket: stale)
        #expect(value(cache, 1) == nil)
    }

    @Test func `an invalidated value is removed and its neighbours stay`() throws {
        let cache = cache()
        for key in 0..<50 { try fill(cache, key, "\(key)") }
        cache.invalidate(7)
        #expect(value(cache, 7) == nil)
        for key in 0..<50 where key != 7 { #expect(value(cache, key) == "\(key)") }
        cache.invalidateAll()
        #expect(cache.count == 0)
    }

    @Test(arguments: [0, 1, 7, 100])
    func `a cache never exceeds its bytes and uses nearly all of them`(items: Int) throws {
        let cache = cache(items: items)
        for key in 0..<5_000 { try fill(cache, key, "") }
        #expect(cache.count == 16 * items)
    }

    @Test func `keys that fall together may use what the others leave`() throws {
        let cache = cache(items: 7)
        for key in 0..<200 { try fill(cache, 16 * key, "") }
        #expect(cache.count == 16 * 7)
        try fill(cache, 16 * 200, "last")
        #expect(value(cache, 16 * 200) == "last")
    }

    @Test func `the bytes of values count, and one that is too large is not kept`() {
        var map = ClockMap<Item>(maximumBytes: 3 * (Self.itemBytes + 1_000))
        for key in 0..<50 { map.insert(Item(key: key, text: "", heapBytes: 1_000)) }
        #expect(map.count == 3)
        #expect(map.byteCount == 3 * (Self.itemBytes + 1_000))
        map.insert(Item(key: 50, text: "", heapBytes: 2_000 + Self.itemBytes))
        #expect(map.count == 2)
        map.insert(Item(key: 51, text: "", heapBytes: 4_000 + 3 * Self.itemBytes))
        #expect(map.count == 2 && map.value(for: 51) == nil)
        map.insert(Item(key: 50, text: "", heapBytes: 0))
        #expect(map.byteCount == 2 * Self.itemBytes + 1_000)
        map.removeAll()
        #expect(map.byteCount == 0)
    }

    @Test func `a value in use is not evicted, and new ones leave in the order of their arrival`() {
        var map = ClockMap<Item>(maximumBytes: 4 * Self.itemBytes)
        map.insert(Item(key: 0, text: ""))
        for key in 1..<100 {
            #expect(map.value(for: 0) != nil)
            map.insert(Item(key: key, text: ""))
            if key >= 3 { #expect(map.value(for: key - 3) == nil || key == 3) }
        }
        #expect(map.count == 4)
    }

    /// What a dictionary says is what the map says, whatever is done in which order.
    @Test(arguments: [1, 2, 3, 4])
    func `values are found whatever was inserted and removed before`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var map = ClockMap<Item>(maximumBytes: .max)
        var model: [Int: String] = [:]
        for step in 0..<20_000 {
            // Few keys, of which several begin at one slot.
            let key = Int(random.next() % 97) << 32
            switch random.next() % 5 {
            case 0, 1:
                map.insert(Item(key: key, text: "\(step)"))
                model[key] = "\(step)"
            case 2:
                map.remove(key)
                model[key] = nil
            default: #expect(map.value(for: key)?.value.text == model[key])
            }
        }
        #expect(map.count == model.count)
        for (key, text) in model { #expect(map.value(for: key)?.value.text == text) }
    }

    @Test func `ids of one machine differ in all of their bits`() {
        let bits = (0..<1_000).map { (number: UInt64) in
            UUID(high: number << 32 | 0x1D3B_11EF, low: 0x9C4A_0242_AC12_0002).randomBits
        }
        #expect(Set(bits.map { $0 % 16 }).count == 16)
        #expect(Set(bits.map { $0 >> 56 }).count > 200)
        #expect(Set(bits).count == 1_000)
    }

    @Test func `the first lookup of a minute is reported`() throws {
        let cache = cache()
        func isFirst(_ minute: UInt32) -> Bool? {
            if case .hit(_, let isFirst) = cache.lookUp(1, in: minute) { isFirst } else { nil }
        }
        let ticket = try ticket(cache, 1)
        cache.fill(with: Item(key: 1, text: "one"), ticket: ticket, in: 7)
        #expect([7, 8, 8, 9, 8].map(isFirst) == [false, true, false, true, true])
        cache.fill(with: Item(key: 1, text: "uno"), ticket: ticket, in: 20)
        #expect([20, 21].map(isFirst) == [false, true])
        #expect(value(cache, 1) == "uno")
    }

    @Test func `a value that was not used recently is a miss and is removed`() throws {
        let cache = cache()
        func isFound(in period: UInt32, usedAfter bound: UInt32?) -> Bool {
            if case .hit = cache.lookUp(1, in: period, usedAfter: bound) { true } else { false }
        }
        let ticket = try ticket(cache, 1)
        cache.fill(with: Item(key: 1, text: "one"), ticket: ticket, in: 7)
        #expect(isFound(in: 9, usedAfter: 6) && isFound(in: 12, usedAfter: 8))
        #expect(isFound(in: 30, usedAfter: nil))
        #expect(!isFound(in: 60, usedAfter: 30))
        #expect(!isFound(in: 60, usedAfter: nil) && cache.count == 0)
        // A thread that fetched the value meanwhile may fill it again.
        cache.fill(with: Item(key: 1, text: "uno"), ticket: ticket, in: 61)
        #expect(isFound(in: 61, usedAfter: 60))
    }
}

extension Int: CacheKey {
    var randomBits: UInt64 { UInt64(truncatingIfNeeded: self) }
}
