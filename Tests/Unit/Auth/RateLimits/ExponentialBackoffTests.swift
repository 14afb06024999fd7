import Testing

@testable import Auth

struct GrowingDelaysTests {
    private static let second: UInt64 = 1_000_000_000
    private static let day: UInt64 = 86_400 * second

    private func delays(capacity: Int = 64) -> ExponentialBackoff<Int> {
        ExponentialBackoff(capacity: capacity)
    }

    /// Nanoseconds to wait; 0 when the attempt was counted.
    private func wait(_ delays: ExponentialBackoff<Int>, _ key: Int = 1, at now: UInt64) -> UInt64 {
        switch delays.begin(key, now: now) {
        case .counted: 0
        case .early(let wait): wait
        }
    }

    @Test func `five failures are free and then the delay doubles up to an hour`() {
        let delays = delays()
        for _ in 0..<5 { #expect(wait(delays, at: 0) == 0) }
        var now: UInt64 = 0
        for seconds in [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600] as [UInt64] {
            #expect(wait(delays, at: now) == seconds * Self.second)
            now += seconds * Self.second
            #expect(wait(delays, at: now - 1) == 1)
            #expect(wait(delays, at: now) == 0)
        }
    }

    @Test func `in a day a network makes thirty-four guesses`() {
        let delays = delays()
        let guesses = (0..<86_400).count { wait(delays, at: UInt64($0) * Self.second) == 0 }
        #expect(guesses == 34)
    }

    @Test func `failures are forgotten after a day without another`() {
        let delays = delays()
        for _ in 0..<5 { _ = wait(delays, at: 0) }
        #expect(wait(delays, at: Self.day - 1) == 0)
        #expect(wait(delays, at: Self.day) == 60 * Self.second - 1)
        for _ in 0..<5 { #expect(wait(delays, at: 2 * Self.day) == 0) }
        #expect(wait(delays, at: 2 * Self.day) == 30 * Self.second)
    }

    @Test func `an attempt that did not fail neither counts nor prolongs a delay`() throws {
        let delays = delays()
        for _ in 0..<5 { _ = wait(delays, at: 0) }
        let later = 40 * Self.second
        for _ in 0..<100 {
            guard case .counted(let receipt) = delays.begin(1, now: later) else {
                Issue.record("refused")
                return
            }
            delays.forget(1, receipt)
        }
        #expect(wait(delays, at: later) == 0)
        #expect(wait(delays, at: later) == 60 * Self.second)
    }

    @Test func `a full table forgets those with the fewest failures and none that waits`() {
        let delays = delays(capacity: 8)
        for _ in 0..<5 { _ = wait(delays, 0, at: 0) }
        for key in 1...7 { for _ in 0..<2 { _ = wait(delays, key, at: 0) } }
        for key in 100..<10_000 { _ = wait(delays, key, at: 1) }
        #expect(wait(delays, 0, at: 2) == 30 * Self.second - 2)
    }

    @Test func `those without room share one delay`() {
        let delays = delays(capacity: 2)
        for key in 0...1 { for _ in 0..<5 { _ = wait(delays, key, at: 0) } }
        for _ in 0..<100 {
            guard case .counted(let receipt) = delays.begin(5_000, now: 0) else {
                Issue.record("what did not fail was counted")
                return
            }
            delays.forget(5_000, receipt)
        }
        let admitted = (2..<1_000).count { wait(delays, $0, at: 0) == 0 }
        #expect(admitted == 5)
    }
}
