import Testing

@testable import StoreSupport

struct CacheTests {
    private func ticket(_ cache: Cache<Int, String>, _ key: Int) throws -> Cache<Int, String>.Ticket
    {
        guard case .miss(let ticket) = cache.lookUp(key) else {
            throw Unexpected()
        }
        return ticket
    }

    private func value(_ cache: Cache<Int, String>, _ key: Int) -> String? {
        if case .hit(let value, _) = cache.lookUp(key) { value } else { nil }
    }

    private struct Unexpected: Error {}

    @Test func `a filled value is found`() throws {
        let cache = Cache<Int, String>(capacity: 100)
        cache.fill(1, with: "one", ticket: try ticket(cache, 1))
        #expect(value(cache, 1) == "one")
        #expect(value(cache, 2) == nil)
    }

    @Test func `a fill from before an invalidation is dropped`() throws {
        let cache = Cache<Int, String>(capacity: 100)
        let stale = try ticket(cache, 1)
        cache.invalidate(1)
        cache.fill(1, with: "old", ticket: stale)
        #expect(value(cache, 1) == nil)
        cache.fill(1, with: "new", ticket: try ticket(cache, 1))
        #expect(value(cache, 1) == "new")
    }

    @Test func `a fill from before an invalidation of everything is dropped`() throws {
        let cache = Cache<Int, String>(capacity: 100)
        let stale = try ticket(cache, 1)
        cache.invalidateAll()
        cache.fill(1, with: "old", ticket: stale)
        #expect(value(cache, 1) == nil)
    }

    @Test func `an invalidated value is removed and its neighbours stay`() throws {
        let cache = Cache<Int, String>(capacity: 1_600)
        for key in 0..<50 { cache.fill(key, with: "\(key)", ticket: try ticket(cache, key)) }
        cache.invalidate(7)
        #expect(value(cache, 7) == nil)
        for key in 0..<50 where key != 7 { #expect(value(cache, key) == "\(key)") }
        cache.invalidateAll()
        #expect(cache.count == 0)
    }

    @Test(arguments: [0, 1, 7, 15, 16, 17, 100])
    func `a cache never exceeds its capacity and uses nearly all of it`(capacity: Int) throws {
        let cache = Cache<Int, String>(capacity: capacity)
        for key in 0..<5_000 { cache.fill(key, with: "", ticket: try ticket(cache, key)) }
        #expect(cache.count <= capacity)
        #expect(cache.count > capacity - 16)
        #expect(cache.count > 0 || capacity == 0)
    }

    @Test func `a value in use is not evicted`() {
        var map = ClockMap<Int, Int>(capacity: 4)
        map.insert(0, for: 0)
        for key in 1..<100 {
            #expect(map.value(for: 0)?.value == 0)
            map.insert(key, for: key)
        }
        #expect(map.count == 4)
    }

    @Test func `the first lookup of a minute is reported`() throws {
        let cache = Cache<Int, String>(capacity: 100)
        func isFirst(_ minute: UInt32) -> Bool? {
            if case .hit(_, let isFirst) = cache.lookUp(1, in: minute) { isFirst } else { nil }
        }
        cache.fill(1, with: "one", ticket: try ticket(cache, 1), in: 7)
        #expect([7, 8, 8, 9, 8].map(isFirst) == [false, true, false, true, true])
        cache.fill(1, with: "uno", ticket: try ticket(cache, 2), in: 20)
        #expect([20, 21].map(isFirst) == [false, true])
        #expect(value(cache, 1) == "uno")
    }

    @Test func `a value that was not used recently is a miss and is removed`() throws {
        let cache = Cache<Int, String>(capacity: 100)
        func isFound(in period: UInt32, usedAfter bound: UInt32?) -> Bool {
            if case .hit = cache.lookUp(1, in: period, usedAfter: bound) { true } else { false }
        }
        cache.fill(1, with: "one", ticket: try ticket(cache, 1), in: 7)
        #expect(isFound(in: 9, usedAfter: 6) && isFound(in: 12, usedAfter: 8))
        #expect(isFound(in: 30, usedAfter: nil))
        #expect(!isFound(in: 60, usedAfter: 30))
        #expect(!isFound(in: 60, usedAfter: nil) && cache.count == 0)
        // A thread that fetched the value meanwhile may fill it again.
        cache.fill(1, with: "uno", ticket: try ticket(cache, 1), in: 61)
        #expect(isFound(in: 61, usedAfter: 60))
    }

    @Test func `a removed entry leaves the others reachable and its slot free`() {
        var map = ClockMap<Int, Int>(capacity: 3)
        for key in 0..<3 { map.insert(key, for: key) }
        map.remove(0)
        map.remove(0)
        #expect(map.value(for: 1)?.value == 1)
        #expect(map.value(for: 2)?.value == 2)
        map.insert(3, for: 3)
        #expect((0...3).map { map.value(for: $0)?.value } == [nil, 1, 2, 3])
        map.insert(30, for: 3)
        #expect(map.value(for: 3)?.value == 30)
        #expect(map.count == 3)
    }
}

extension Int: CacheKey {
    var randomBits: UInt64 { UInt64(truncatingIfNeeded: self) }
}
