import Synchronization
import Testing

@testable import StoreSupport

struct FreshnessTests {
    private final class Clock: Sendable {
        let time = Mutex(UInt64(5))
    }

    private let clock = Clock()

    private func freshness(staleSeconds: Int) -> Freshness {
        Freshness(staleSeconds: staleSeconds) { [clock] in clock.time.withLock { $0 } }
    }

    private func pass(_ seconds: Double) {
        clock.time.withLock { $0 += UInt64(seconds * 1_000_000_000) }
    }

    @Test func `without a confirmation memory never answers`() {
        let freshness = freshness(staleSeconds: 10)
        #expect(!freshness.isCurrent && freshness.age == nil)
        freshness.lose()
        #expect(!freshness.isCurrent)
    }

    @Test func `while the database is reached memory answers for a second`() {
        let freshness = freshness(staleSeconds: 10)
        freshness.confirm(at: 5)
        pass(0.9)
        #expect(freshness.isCurrent && freshness.age == 900_000_000)
        pass(0.2)
        #expect(!freshness.isCurrent)
        freshness.confirm(at: clock.time.withLock { $0 })
        #expect(freshness.isCurrent)
    }

    @Test(arguments: [(0, 1.0), (3, 3.0)])
    func `while it is not reached memory answers for as long as it may be stale`(
        staleSeconds: Int, seconds: Double
    ) {
        let freshness = freshness(staleSeconds: staleSeconds)
        freshness.confirm(at: 5)
        freshness.lose()
        pass(seconds - 0.1)
        #expect(freshness.isCurrent)
        pass(0.2)
        #expect(!freshness.isCurrent)
    }

    @Test func `a confirmation ends what was allowed while it was not reached`() {
        let freshness = freshness(staleSeconds: 10)
        freshness.confirm(at: 5)
        freshness.lose()
        pass(2)
        #expect(freshness.isCurrent)
        freshness.confirm(at: 5)
        #expect(!freshness.isCurrent, "it is reached, and was not confirmed for two seconds")
    }
}
