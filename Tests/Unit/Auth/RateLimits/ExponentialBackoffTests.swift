import Testing

@testable import Auth

struct ExponentialBackoffTests {
    private static let second: UInt64 = 1_000_000_000
    private static let day: UInt64 = 86_400 * second

    private func backoff(capacity: Int = 64) -> ExponentialBackoff<Int> {
        ExponentialBackoff(capacity: capacity)
    }

    /// Nanoseconds to wait; 0 when the attempt was counted.
    private func wait(_ backoff: ExponentialBackoff<Int>, _ key: Int = 1, at now: UInt64) -> UInt64
    {
        switch backoff.begin(key, now: now) {
        case .counted: 0
        case .early(let wait): wait
        }
    }

    @Test func `five failures are free and then the delay doubles up to one hour`() {
        let backoff = backoff()
        for _ in 0..<5 { #expect(wait(backoff, at: 0) == 0) }
        var now: UInt64 = 0
        for seconds in [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600] as [UInt64] {
            #expect(wait(backoff, at: now) == seconds * Self.second)
            now += seconds * Self.second
            #expect(wait(backoff, at: now - 1) == 1)
            #expect(wait(backoff, at: now) == 0)
        }
    }

    @Test func `a network makes at most thirty-four guesses in a day`() {
        let backoff = backoff()
        let guesses = (0..<86_400).count { wait(backoff, at: UInt64($0) * Self.second) == 0 }
        #expect(guesses == 34)
    }

    @Test func `failures are forgotten after one day without another`() {
        let backoff = backoff()
        for _ in 0..<5 { _ = wait(backoff, at: 0) }
        #expect(wait(backoff, at: Self.day - 1) == 0)
        #expect(wait(backoff, at: Self.day) == 60 * Self.second - 1)
        for _ in 0..<5 { #expect(wait(backoff, at: 2 * Self.day) == 0) }
        #expect(wait(backoff, at: 2 * Self.day) == 30 * Self.second)
    }

    @Test func `a successful attempt neither counts nor extends the delay`() throws {
        let backoff = backoff()
        for _ in 0..<5 { _ = wait(backoff, at: 0) }
        let later = 40 * Self.second
        for _ in 0..<100 {
            guard case .counted(let receipt) = backoff.begin(1, now: later) else {
                Issue.record("refused")
                return
            }
            backoff.forget(1, receipt)
        }
        #expect(wait(backoff, at: later) == 0)
        #expect(wait(backoff, at: later) == 60 * Self.second)
    }

    @Test func `a full table evicts entries with the fewest failures and none that is delayed`() {
        let backoff = backoff(capacity: 8)
        for _ in 0..<5 { _ = wait(backoff, 0, at: 0) }
        for key in 1...7 { for _ in 0..<2 { _ = wait(backoff, key, at: 0) } }
        for key in 100..<10_000 { _ = wait(backoff, key, at: 1) }
        #expect(wait(backoff, 0, at: 2) == 30 * Self.second - 2)
    }

    @Test func `keys beyond the capacity share one delay`() {
        let backoff = backoff(capacity: 2)
        for key in 0...1 { for _ in 0..<5 { _ = wait(backoff, key, at: 0) } }
        for _ in 0..<100 {
            guard case .counted(let receipt) = backoff.begin(5_000, now: 0) else {
                Issue.record("a successful attempt was counted")
                return
            }
            backoff.forget(5_000, receipt)
        }
        let admitted = (2..<1_000).count { wait(backoff, $0, at: 0) == 0 }
        #expect(admitted == 5)
    }
}
