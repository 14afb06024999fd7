import Auth
import Crypto
import TestSupport
import Testing

@testable import StoreSupport

struct ActivityTests {
    /// 22:13:20, so that there are forty seconds of this minute left.
    private let start = Timestamp.start
    private let minute = Timestamp(milliseconds: Timestamp.start.milliseconds + 40_000)

    @Test func `new uses are dropped when the table is full and known ones are updated`() {
        let activity = Activity()
        let first = UUID.random()
        activity.note(.apiKey(first), at: start)
        for _ in 1...Activity.capacity + 5 { activity.note(.session(.random()), at: start) }
        #expect(activity.count == Activity.capacity)
        activity.note(.apiKey(first), at: minute)
        activity.note(.apiKey(first), at: start)
        var (taken, batches): ([Activity.Subject: Timestamp], Int) = ([:], 0)
        while activity.count > 0 {
            let part = activity.take()
            #expect(part.count <= Activity.batch)
            for use in part { taken[use.subject] = use.time }
            batches += 1
        }
        #expect(taken.count == Activity.capacity && taken[.apiKey(first)] == minute)
        #expect(batches == Activity.capacity / Activity.batch)
        activity.note(.apiKey(first), at: start)
        #expect(activity.count == 1)
    }

    @Test func `a use is visible while it is written and a newer one survives a failed write`() {
        let (activity, subject) = (Activity(), Activity.Subject.session(.random()))
        activity.note(subject, at: minute)
        #expect(activity.take().count == 1 && activity.count == 0)
        #expect(activity.lastUse(of: subject) == minute)
        activity.note(subject, at: minute.adding(seconds: 60))
        #expect(activity.lastUse(of: subject) == minute.adding(seconds: 60))
        activity.finish(isWritten: false)
        #expect(activity.take().map(\.time) == [minute.adding(seconds: 60)])
        activity.finish(isWritten: true)
        #expect(activity.lastUse(of: subject) == nil && activity.count == 0)
    }

    @Test(arguments: [(20, 1), (1, 1), (60, 3), (1_200, 60), (86_400, 60)])
    func `with an idle limit uses are recorded to a twentieth of it`(
        limit: Int, seconds: Int64
    ) throws {
        let period = try #require(IdleLimit(seconds: limit)?.period)
        #expect(period == seconds)
        let cached = CachedState(
            InstanceState(settings: Settings(), hasOwner: false, setup: nil), cacheBytes: 1 << 20,
            idleLimit: IdleLimit(seconds: limit), observers: .none)
        let id = UUID.random()
        cached.activity.note(.session(id), at: start.adding(seconds: 130))
        let use = try #require(cached.activity.lastUse(of: .session(id)))
        let age = start.adding(seconds: 130).milliseconds - use.milliseconds
        #expect((0..<1_000 * seconds).contains(age))
        #expect(cached.activity.interval == .seconds(min(seconds, 10)))
        #expect(IdleLimit(seconds: 0) == nil)
    }
}
