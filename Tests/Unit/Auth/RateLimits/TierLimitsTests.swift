import Crypto
import Testing
import TestSupport

@testable import Auth

struct TierLimitsTests {
    private static let second: UInt64 = 1_000_000_000

    private func caller(_ tier: Account.Tier = .free, withKey: Bool = true) throws -> Caller {
        let account = Account(
            id: .random(), email: try #require(Email("ada@example.org")), name: "Ada", tier: tier,
            role: .user, status: .active, createdAt: TestClock.start)
        let session = Session(
            id: .random(), tokenHash: SHA256.digest([]), accountID: account.id,
            createdAt: TestClock.start, expiresAt: TestClock.start.adding(seconds: 60),
            methods: .password, authenticatedAt: TestClock.start)
        let key = APIKey(id: .random(), accountID: account.id, scopes: .standard, expiresAt: nil)
        return Caller(
            record: AccountRecord(account: account, profile: []),
            means: withKey ? .apiKey(key) : .session(session))
    }

    private func limits(
        _ edit: (inout TierLimits.Rules) -> Void = { _ in }
    ) -> TierLimits {
        var rules = TierLimits.Rules()
        edit(&rules)
        return TierLimits(rules, capacity: 64)
    }

    @Test(arguments: [(Account.Tier.free, 60), (.pro, 600), (.team, 6_000)])
    func `a tier has its requests of one minute at once and then evenly`(
        tier: Account.Tier, perMinute: Int
    ) throws {
        let (limits, caller) = (limits(), try caller(tier))
        for left in (0..<perMinute).reversed() {
            let allowance = try #require(limits.count(caller, now: { 7 }))
            #expect(allowance.limit == perMinute && allowance.remaining == left)
            #expect(allowance.resetSeconds == (60 * (perMinute - left) - 1) / perMinute + 1)
            #expect(allowance.retryAfter == nil)
        }
        let refused = try #require(limits.count(caller, now: { 7 }))
        #expect(refused.remaining == 0 && refused.resetSeconds == 60 && refused.retryAfter == 1)
        let admitted = try (0..<perMinute).count { _ in
            try #require(limits.count(caller, now: { 7 + 30 * Self.second })).retryAfter == nil
        }
        #expect(admitted == perMinute / 2)
    }

    @Test func `all keys and sessions of an account share one limit`() throws {
        let limits = limits { $0.countsSessions = true }
        let (key, other) = (try caller(), try caller())
        let session = Caller(record: key.record, means: try caller(withKey: false).means)
        let secondKey = Caller(record: key.record, means: other.means)
        let left = [key, session, secondKey, other].map { caller in
            limits.count(caller, now: { 0 })?.remaining
        }
        #expect(left == [59, 58, 57, 59])
    }

    @Test(arguments: [(true, false), (false, true), (false, false), (true, true)])
    func `only the configured kinds of credentials are counted`(keys: Bool, sessions: Bool) throws {
        let limits = limits()
        var rules = TierLimits.Rules()
        (rules.countsAPIKeys, rules.countsSessions) = (keys, sessions)
        limits.replace(by: rules)
        #expect((limits.count(try caller(), now: { 0 }) != nil) == keys)
        #expect((limits.count(try caller(withKey: false), now: { 0 }) != nil) == sessions)
    }

    @Test func `new limits apply at once and unchanged limits keep their counts`() throws {
        let (limits, caller) = (limits(), try caller())
        for _ in 0..<60 { _ = limits.count(caller, now: { 0 }) }
        limits.replace(by: TierLimits.Rules())
        #expect(limits.count(caller, now: { 0 })?.retryAfter == 1)
        var rules = TierLimits.Rules()
        rules.perMinute.free = 2
        limits.replace(by: rules)
        let left = (0..<3).map { _ in limits.count(caller, now: { 0 }) }
        #expect(left.map { $0?.remaining } == [1, 0, 0])
        #expect(left.map { $0?.retryAfter } == [nil, nil, 30])
        #expect(left.allSatisfy { $0?.limit == 2 })
        #expect(limits.refusals == 2)
    }

    @Test func `a change of tier applies its limit at once`() throws {
        let (limits, caller) = (limits(), try caller())
        for _ in 0..<61 { _ = limits.count(caller, now: { 0 }) }
        var account = caller.account
        account.tier = .pro
        let upgraded = Caller(
            record: AccountRecord(account: account, profile: []), means: caller.means)
        #expect(limits.count(upgraded, now: { 0 })?.remaining == 599)
    }

    @Test func `an earlier time from another thread does not free requests`() throws {
        let (limits, caller) = (limits(), try caller())
        for _ in 0..<60 { _ = limits.count(caller, now: { 1_000 }) }
        let refused = try #require(limits.count(caller, now: { 1 }))
        #expect(refused.remaining == 0 && refused.retryAfter == 2 && refused.resetSeconds == 61)
    }

    @Test(arguments: [1, 7, 1_000_000])
    func `every configurable limit is enforced exactly`(perMinute: Int) throws {
        let (limits, caller) = (limits { $0.perMinute.free = perMinute }, try caller())
        #expect(limits.count(caller, now: { 0 })?.remaining == perMinute - 1)
        for _ in 1..<perMinute { _ = limits.count(caller, now: { 0 }) }
        let seconds = try #require(limits.count(caller, now: { 0 })?.retryAfter)
        #expect(seconds == (perMinute + 59) / perMinute)
        let later = UInt64(seconds) * Self.second
        #expect(limits.count(caller, now: { later })?.retryAfter == nil)
    }
}
