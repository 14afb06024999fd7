import Testing

@testable import Auth

struct TokenBucketsTests {
    private static let second: UInt64 = 1_000_000_000

    private func buckets(
        burst: UInt64 = 3, perMinute: UInt64 = 60, capacity: Int = 64
    ) -> TokenBuckets<Int> {
        TokenBuckets(burst: burst, perMinute: perMinute, capacity: capacity)
    }

    @Test func `a burst passes and the next request gets the time to wait`() {
        let buckets = buckets()
        for _ in 0..<3 { #expect(buckets.take(1, now: 0) == nil) }
        #expect(buckets.take(1, now: 0) == Self.second)
        #expect(buckets.take(1, now: Self.second / 2) == Self.second / 2)
    }

    @Test func `the reported wait is exact to the nanosecond`() throws {
        let buckets = buckets(burst: 10, perMinute: 7)
        for _ in 0..<10 { #expect(buckets.take(1, now: 5) == nil) }
        let wait = try #require(buckets.take(1, now: 5))
        #expect(buckets.take(1, now: 5 + wait - 1) == 1)
        #expect(buckets.take(1, now: 5 + wait) == nil)
    }

    @Test func `a bucket refills at its rate and no further than its burst`() {
        let buckets = buckets()
        for _ in 0..<3 { _ = buckets.take(1, now: 0) }
        #expect(buckets.take(1, now: Self.second) == nil)
        #expect(buckets.take(1, now: Self.second) != nil)
        let later = 1_000 * Self.second
        for _ in 0..<3 { #expect(buckets.take(1, now: later) == nil) }
        #expect(buckets.take(1, now: later) != nil)
    }

    @Test func `a bucket is moved by what others took, no further than to an exhausted one`() {
        let buckets = buckets()
        #expect(buckets.move(1, by: 2_000, now: 0))
        #expect(buckets.take(1, now: 0) == nil)
        #expect(buckets.take(1, now: 0) == Self.second)
        #expect(buckets.move(1, by: -1_000, now: 0))
        #expect(buckets.take(1, now: 0) == nil)
        #expect(buckets.move(1, by: .max, now: 0))
        #expect(buckets.level(of: 1, now: 0).untilFull == 3 * Self.second)
        #expect(buckets.move(1, by: .min, now: 0))
        #expect(buckets.level(of: 1, now: 0).tokens == 3)
    }

    @Test func `a bucket that does not fit is not moved`() {
        let buckets = buckets(capacity: 1)
        #expect(buckets.move(1, by: 1_000, now: 0))
        #expect(!buckets.move(2, by: 1_000, now: 0))
        #expect(buckets.move(1, by: 1_000, now: 0))
    }

    @Test func `a refusal takes no token`() {
        let buckets = buckets(burst: 1)
        #expect(buckets.take(1, now: 0) == nil)
        for _ in 0..<100 { #expect(buckets.take(1, now: 0) == Self.second) }
        #expect(buckets.take(1, now: Self.second) == nil)
    }

    @Test
    func
        `spending reports the remaining tokens and the times to the next token and to a full bucket`()
    {
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

    @Test func `each key has its own bucket`() {
        let buckets = buckets(burst: 1)
        #expect(buckets.take(1, now: 0) == nil)
        #expect(buckets.take(1, now: 0) != nil)
        #expect(buckets.take(2, now: 0) == nil)
    }

    @Test func `a returned token can be taken once and never exceeds the burst`() {
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

    @Test func `a full table evicts the fullest bucket and never an empty one`() {
        let buckets = buckets(burst: 2, capacity: 8)
        let half = Self.second / 2
        #expect(buckets.take(1, now: 0) == nil)
        for _ in 0..<2 { #expect(buckets.take(0, now: half) == nil) }
        for key in 2...7 { #expect(buckets.take(key, now: half) == nil) }
        // The table is full: the new key replaces the fullest bucket.
        for _ in 0..<2 { #expect(buckets.take(8, now: half) == nil) }
        #expect(buckets.take(8, now: half) != nil)
        #expect(buckets.take(0, now: half) != nil)
        for key in 2...7 {
            #expect(buckets.take(key, now: half) == nil)
            #expect(buckets.take(key, now: half) != nil)
        }
    }

    @Test func `keys without a place in a table of empty buckets share one bucket`() {
        let buckets = buckets(burst: 1, capacity: 2)
        #expect(buckets.take(0, now: 0) == nil)
        #expect(buckets.take(1, now: 0) == nil)
        #expect(buckets.take(2, now: 0) == nil)
        for key in 0..<1_000 { #expect(buckets.take(key, now: 0) == Self.second) }
        buckets.giveBack(2)
        #expect(buckets.take(3, now: 0) == nil)
        #expect(buckets.take(4, now: 0) == Self.second)
    }

    @Test func `refilled buckets make place for new keys`() {
        let buckets = buckets(burst: 1, capacity: 2)
        for key in 0...2 { #expect(buckets.take(key, now: 0) == nil) }
        for key in 3...4 { #expect(buckets.take(key, now: Self.second) == nil) }
        for key in 3...4 { #expect(buckets.take(key, now: Self.second) != nil) }
    }

    @Test func `many keys never take more tokens than the table has buckets`() {
        let buckets = buckets(burst: 1, capacity: 16)
        let taken = (0..<10_000).count { buckets.take($0, now: 0) == nil }
        #expect(taken == 17)
    }
}
