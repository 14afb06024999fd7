import Testing

@testable import Auth

struct TokenBucketsTests {
    private static let second: UInt64 = 1_000_000_000

    private func buckets(
        burst: UInt64 = 3, perMinute: UInt64 = 60, capacity: Int = 64
    ) -> TokenBuckets<Int> {
        TokenBuckets(burst: burst, perMinute: perMinute, capacity: capacity)
    }

    @Test func `a burst passes and the next is told how long to wait`() {
        let buckets = buckets()
        for _ in 0..<3 { #expect(buckets.take(1, now: 0) == nil) }
        #expect(buckets.take(1, now: 0) == Self.second)
        #expect(buckets.take(1, now: Self.second / 2) == Self.second / 2)
    }

    @Test func `waiting exactly as long as told suffices and a nanosecond less does not`() throws {
        let buckets = buckets(burst: 10, perMinute: 7)
        for _ in 0..<10 { #expect(buckets.take(1, now: 5) == nil) }
        let wait = try #require(buckets.take(1, now: 5))
        #expect(buckets.take(1, now: 5 + wait - 1) == 1)
        #expect(buckets.take(1, now: 5 + wait) == nil)
    }

    @Test func `a bucket fills at its rate and no further than its burst`() {
        let buckets = buckets()
        for _ in 0..<3 { _ = buckets.take(1, now: 0) }
        #expect(buckets.take(1, now: Self.second) == nil)
        #expect(buckets.take(1, now: Self.second) != nil)
        let later = 1_000 * Self.second
        for _ in 0..<3 { #expect(buckets.take(1, now: later) == nil) }
        #expect(buckets.take(1, now: later) != nil)
    }

    @Test func `being refused costs nothing`() {
        let buckets = buckets(burst: 1)
        #expect(buckets.take(1, now: 0) == nil)
        for _ in 0..<100 { #expect(buckets.take(1, now: 0) == Self.second) }
        #expect(buckets.take(1, now: Self.second) == nil)
    }

    @Test func `what is left is told, and when it is full and holds one again`() {
        let buckets = buckets(burst: 3, perMinute: 60)
        let half = Self.second / 2
        let levels = [0, 0, half, half, 2 * Self.second].map { buckets.spend(1, now: $0) }
        #expect(levels.map(\.tokens) == [2, 1, 0, 0, 1])
        let untilFull: [UInt64] = [
            Self.second, 2 * Self.second, 2 * Self.second + half, 2 * Self.second + half,
            2 * Self.second,
        ]
        #expect(levels.map(\.untilFull) == untilFull)
        #expect(levels.map(\.untilNext) == [nil, nil, nil, half, nil])
    }

    @Test func `one key does not touch another`() {
        let buckets = buckets(burst: 1)
        #expect(buckets.take(1, now: 0) == nil)
        #expect(buckets.take(1, now: 0) != nil)
        #expect(buckets.take(2, now: 0) == nil)
    }

    @Test func `a token given back can be taken again and no more than that`() {
        let buckets = buckets(burst: 2)
        for _ in 0..<2 { #expect(buckets.take(1, now: 0) == nil) }
        buckets.giveBack(1)
        #expect(buckets.take(1, now: 0) == nil)
        #expect(buckets.take(1, now: 0) != nil)
        for _ in 0..<10 { buckets.giveBack(1) }
        buckets.giveBack(2)
        for _ in 0..<2 { #expect(buckets.take(1, now: 0) == nil) }
        #expect(buckets.take(1, now: 0) != nil)
    }

    @Test func `a full table forgets the fullest and never an exhausted one`() {
        let buckets = buckets(burst: 2, capacity: 8)
        let half = Self.second / 2
        #expect(buckets.take(1, now: 0) == nil)
        for _ in 0..<2 { #expect(buckets.take(0, now: half) == nil) }
        for key in 2...7 { #expect(buckets.take(key, now: half) == nil) }
        // No room is left: the newcomer takes the place of the fullest.
        for _ in 0..<2 { #expect(buckets.take(8, now: half) == nil) }
        #expect(buckets.take(8, now: half) != nil)
        #expect(buckets.take(0, now: half) != nil)
        for key in 2...7 {
            #expect(buckets.take(key, now: half) == nil)
            #expect(buckets.take(key, now: half) != nil)
        }
    }

    @Test func `among exhausted buckets those without room share one`() {
        let buckets = buckets(burst: 1, capacity: 2)
        #expect(buckets.take(0, now: 0) == nil)
        #expect(buckets.take(1, now: 0) == nil)
        #expect(buckets.take(2, now: 0) == nil)
        for key in 0..<1_000 { #expect(buckets.take(key, now: 0) == Self.second) }
        buckets.giveBack(2)
        #expect(buckets.take(3, now: 0) == nil)
        #expect(buckets.take(4, now: 0) == Self.second)
    }

    @Test func `room is found again when buckets have filled`() {
        let buckets = buckets(burst: 1, capacity: 2)
        for key in 0...2 { #expect(buckets.take(key, now: 0) == nil) }
        for key in 3...4 { #expect(buckets.take(key, now: Self.second) == nil) }
        for key in 3...4 { #expect(buckets.take(key, now: Self.second) != nil) }
    }

    @Test func `many keys never take more tokens than their buckets hold`() {
        let buckets = buckets(burst: 1, capacity: 16)
        let taken = (0..<10_000).count { buckets.take($0, now: 0) == nil }
        #expect(taken == 17)
    }
}
