import Crypto
import TestSupport
import Testing

@testable import Auth

/// Limits that several processes count together.
struct SharedLimitTests {
    private static let second: UInt64 = 1_000_000_000
    private let clock = TestClock()
    private let key = Secret.random()

    private func throttle(_ key: Secret?) -> Throttle {
        let clock = clock
        return Throttle(isEnabled: true, capacity: 1_024, sharingKey: key) { clock.monotonic }
    }

    /// Each tells all others.
    private func exchange(_ throttles: [Throttle]) {
        let told = throttles.map { $0.takeUses() }
        for (index, throttle) in throttles.enumerated() {
            for (other, uses) in told.enumerated() where other != index {
                if let uses { #expect(throttle.add(uses)) }
            }
        }
    }

    /// How many logins of a network are admitted of so many.
    private func admitted(
        _ count: Int, by throttle: Throttle, from network: Throttle.Network = .sample
    ) -> Int {
        (0..<count).filter { _ in
            (try? throttle.admit(.login, from: network)) != nil
        }.count
    }

    @Test func `what one gives out is missing at the others`() {
        let throttles = (0..<3).map { _ in throttle(key) }
        #expect(admitted(30, by: throttles[0]) == 30)
        exchange(throttles)
        #expect(throttles.map { admitted(1, by: $0) } == [0, 0, 0])
        #expect(admitted(1, by: throttles[1], from: .ipv4(77)) == 1)
    }

    @Test func `little use of a limit is not told`() {
        let throttles = [throttle(key), throttle(key)]
        _ = admitted(2, by: throttles[0])
        #expect(throttles[0].takeUses() == nil)
        _ = admitted(1, by: throttles[0])
        exchange(throttles)
        #expect(throttles[0].takeUses() == nil, "it was told")
        #expect(admitted(60, by: throttles[1]) == 27)
    }

    @Test func `what was given out too often at once is made up for`() {
        let throttles = (0..<3).map { _ in throttle(key) }
        // At once each gives out a whole burst: that is the error.
        #expect(throttles.map { admitted(40, by: $0) } == [30, 30, 30])
        exchange(throttles)
        // Then sixty tokens are missing beyond an empty bucket, at twenty a minute.
        clock.advance(seconds: 179)
        #expect(throttles.map { admitted(1, by: $0) } == [0, 0, 0])
        var total = 0
        for _ in 0..<1_200 {
            clock.advance(seconds: 1)
            for throttle in throttles { total += admitted(3, by: throttle) }
            exchange(throttles)
        }
        // Twenty minutes, and not three times as much; some that were not told yet.
        #expect((390...415).contains(total), "\(total)")
    }

    @Test func `the longest debt is of eight bursts`() {
        let buckets = TokenBuckets<Int>(burst: 3, perMinute: 60, capacity: 2, isShared: true)
        for _ in 0..<100 { buckets.takeElsewhere(1_000_000, of: 1, now: 0) }
        #expect(buckets.level(of: 1, now: 0).untilFull == 24 * Self.second)
        buckets.takeElsewhere(1, of: 2, now: 0)
        buckets.takeElsewhere(1, of: 3, now: 0)
        #expect(buckets.level(of: 3, now: 0).tokens == 3, "there is no room for it")
    }

    @Test func `of what was refilled nothing is told`() {
        let buckets = TokenBuckets<Int>(burst: 8, perMinute: 60, capacity: 64, isShared: true)
        for _ in 0..<4 { _ = buckets.take(1, now: 0) }
        let told = buckets.takeUnreported(limit: 10, now: 3 * Self.second)
        #expect(told.map(\.tokens) == [1])
        _ = buckets.take(2, now: 0)
        #expect(buckets.takeUnreported(limit: 10, now: 60 * Self.second).isEmpty)
    }

    @Test func `every limit is told of and counted`() throws {
        let (first, second) = (throttle(key), throttle(key))
        for limit in SharedLimit.allCases {
            let key =
                switch limit {
                case .login, .signup, .setup, .mail, .passwordCheck, .challenge,
                    .deviceLoginsByNetwork:
                    Throttle.Network.sample.sharedOctets
                case .newAccount, .hashingOfAddress: SHA256.digest([1]).bytes
                default: UUID(high: 1, low: 2).octets
                }
            let buckets = try #require(first.buckets(of: limit))
            buckets.add(BucketUse(key: key, tokens: 5), now: clock.monotonic)
            #expect(buckets.takeUses(limit: 10, now: clock.monotonic).isEmpty, "not its own")
        }
        for action in Throttle.Action.allCases {
            for _ in 0..<15 { _ = try? first.admit(action, from: .sample) }
        }
        let account = UUID.random()
        for kind in CreationLimits.Kind.allCases {
            for _ in 0..<200 { try? first.admit(kind, of: account) }
        }
        #expect(second.add(try #require(first.takeUses())))
        for action in Throttle.Action.allCases {
            let buckets = try #require(second.buckets(of: action).buckets(of: .single))
            #expect(buckets.level(of: .sample, now: clock.monotonic).untilFull > 0)
        }
        for kind in CreationLimits.Kind.allCases {
            #expect(throws: AuthError.self) { try second.admit(kind, of: account) }
        }
    }

    @Test func `what another key has sealed counts as nothing, and one alone tells nothing`() {
        let (alone, other, throttle) = (throttle(nil), throttle(.random()), throttle(key))
        for one in [alone, other] { #expect(admitted(30, by: one) == 30) }
        #expect(alone.takeUses() == nil)
        let told = other.takeUses() ?? []
        #expect(!told.isEmpty)
        #expect(!throttle.add(told) && !throttle.add([]) && !alone.add(told))
        #expect(admitted(30, by: throttle) == 30)
    }
}
