import StoreSupport
import TestSupport
import Testing

@testable import Auth
@testable import SQLiteStore

struct PurgeTests {
    @Test func `sessions that ended or expired before the limit are removed`() throws {
        let fixture = try Fixture()
        let (store, account) = (fixture.store(), try Account.sample())
        try store.add(account)
        let expired = Session.sample(of: account, lifetime: 10)
        let ended = Session.sample(of: account, lifetime: 1_000)
        let live = Session.sample(of: account, lifetime: 1_000)
        try store.write { transaction throws(AuthError) in
            for session in [expired, ended, live] {
                try transaction.insert(session, from: .commandLine)
            }
        }
        fixture.clock.set(to: .start.adding(seconds: 5))
        _ = try store.write { transaction throws(AuthError) in
            try transaction.endSession(.id(ended.id), of: nil)
        }
        let database = try fixture.otherProcess()
        func remaining(_ end: Int64) throws -> Int64 {
            let isMore = try Purge.removeBatch(
                from: database, endedBefore: Timestamp.start.adding(seconds: end))
            #expect(!isMore)
            return try database.integer("SELECT count(*) FROM sessions")
        }
        #expect(try remaining(5) == 3)
        #expect(try remaining(6) == 2)
        #expect(try remaining(10) == 2)
        #expect(try remaining(11) == 1)
        #expect(try store.session(.id(live.id), now: .start) == live)
    }

    @Test func `invites are removed a retention period after they expired`() throws {
        let fixture = try Fixture()
        let short = InviteSample(maximumUses: 1, expiresAt: .start.adding(seconds: 10))
        let long = InviteSample(maximumUses: 1, expiresAt: .start.adding(seconds: 11))
        for invite in [short, long] { try fixture.store().add(invite) }
        let database = try fixture.otherProcess()
        for (end, remaining) in [(10, 2), (11, 1)] as [(Int64, Int)] {
            _ = try Purge.removeBatch(
                from: database, endedBefore: Timestamp.start.adding(seconds: end))
            #expect(try fixture.store().invites(PageRequest()).items.count == remaining)
        }
    }

    @Test func `keys that were revoked or expired before the limit are removed`() throws {
        let fixture = try Fixture()
        let (store, account) = (fixture.store(), try Account.sample())
        try store.add(account)
        let revoked = APIKeySample(of: account, lifetime: 1_000)
        let kept = [APIKeySample(of: account), APIKeySample(of: account, lifetime: 1_000)]
        for sample in [revoked, APIKeySample(of: account, lifetime: 10)] + kept {
            try store.add(sample)
        }
        #expect(try store.revoke(revoked.key.id, of: account.id))
        let database = try fixture.otherProcess()
        for (end, count) in [(0, 4), (1, 3), (10, 3), (11, 2)] as [(Int64, Int64)] {
            let time = Timestamp.start.adding(seconds: end)
            #expect(try !Purge.removeBatch(from: database, endedBefore: time))
            #expect(try database.integer("SELECT count(*) FROM api_keys") == count)
        }
        for sample in kept { #expect(try store.apiKey(sample.hash, now: .start) == sample.key) }
    }

    @Test func `the outcome of a link is kept until its token would have expired`() throws {
        let fixture = try Fixture()
        let (store, account) = (fixture.store(), try Account.sample())
        try store.add(account)
        let tokens = [10, 11].map { (seconds: Int64) in
            LinkToken(
                hash: .random(), purpose: .decide, accountID: account.id, email: nil,
                createdAt: .start, expiresAt: .start.adding(seconds: seconds))
        }
        try store.write { transaction throws(AuthError) in
            for token in tokens {
                try transaction.issue(token)
                try transaction.settle(token, as: .approved)
            }
        }
        let database = try fixture.otherProcess()
        for (end, count) in [(10, 2), (11, 1), (12, 0)] as [(Int64, Int64)] {
            let time = Timestamp.start.adding(seconds: end)
            #expect(try !Purge.removeBatch(from: database, endedBefore: time))
            #expect(try database.integer("SELECT count(*) FROM settled_links") == count)
        }
    }

    @Test func `rows are removed in batches`() throws {
        let fixture = try Fixture()
        let (store, account) = (fixture.store(), try Account.sample())
        try store.add(account)
        try store.write { transaction throws(AuthError) in
            for _ in 0...Purge.batch {
                try transaction.insert(
                    Session.sample(of: account, lifetime: 1), from: .commandLine)
            }
        }
        let database = try fixture.otherProcess()
        let end = Timestamp.start.adding(seconds: 100)
        #expect(try Purge.removeBatch(from: database, endedBefore: end))
        #expect(try database.integer("SELECT count(*) FROM sessions") == 1)
        #expect(try !Purge.removeBatch(from: database, endedBefore: end))
        #expect(try database.integer("SELECT count(*) FROM sessions") == 0)
    }

    @Test(arguments: [(nil, 180 * 86_400), ("1d", 86_400)] as [(String?, Int64)])
    func `history is kept for the configured period, or six months`(
        period: String?, seconds: Int64
    ) throws {
        let fixture = try Fixture()
        let (store, account) = (fixture.store(), try Account.sample())
        try store.add(account)
        try store.add(.sample(of: account, lifetime: 10))
        var setup: SetupRecord?
        if let period {
            setup = .sample("main")
            setup?.retentionPeriod = Period.retention(period)
        }
        let writer = try fixture.idleWriter(setup)
        let database = try fixture.otherProcess()
        fixture.clock.advance(seconds: Int(seconds) + 10)
        for _ in 0...seconds / Purge.longestStep { writer.purge() }
        #expect(try database.integer("SELECT count(*) FROM sessions") == 1)
        fixture.clock.advance(seconds: 1)
        writer.purge()
        #expect(try database.integer("SELECT count(*) FROM sessions") == 0)
    }

    @Test func `idle sessions are ended for good and used ones are not`() throws {
        let fixture = try Fixture()
        let (store, account) = (fixture.store(), try Account.sample())
        try store.add(account)
        let sessions = (0..<3).map { _ in Session.sample(of: account, lifetime: 100_000) }
        let expired = Session.sample(of: account, lifetime: 10)
        for session in sessions + [expired] { try store.add(session) }
        let instance = try fixture.idleInstance(nil, idleLimit: IdleLimit(seconds: 1_200))
        let (writer, idle) = (Writer(instance), SQLiteStore(instance, mayWait: true))
        let database = try fixture.otherProcess()
        func ended() throws -> Int64 {
            writer.purge()
            return try database.integer("SELECT count(*) FROM sessions WHERE ended_at IS NOT NULL")
        }
        fixture.clock.advance(seconds: 1_000)
        // One use is written already, the other not yet.
        _ = try idle.session(.id(sessions[0].id), now: fixture.clock.now)
        writer.writeActivity()
        _ = try idle.session(.id(sessions[1].id), now: fixture.clock.now)
        fixture.clock.advance(seconds: 300)
        #expect(try ended() == 0, "idle, but a use may not be written yet")
        fixture.clock.advance(seconds: 20)
        #expect(try ended() == 1)
        #expect(try store.session(.id(sessions[2].id), now: .start) == nil)
        for session in sessions[..<2] {
            #expect(try idle.session(.id(session.id), now: fixture.clock.now) == session)
        }
        fixture.clock.advance(seconds: 2_000)
        writer.writeActivity()
        fixture.clock.advance(seconds: 1_400)
        #expect(try ended() == 3)
    }

    @Test func `a wrong clock for days removes no live session`() throws {
        let fixture = try Fixture()
        let (store, account) = (fixture.store(), try Account.sample())
        try store.add(account)
        let month = Session.sample(of: account, lifetime: 30 * 86_400)
        try store.add(month)
        let writer = try fixture.idleWriter(nil)
        let database = try fixture.otherProcess()
        let hours = 30 * 24
        fixture.clock.jump(seconds: 366 * 86_400)
        for _ in 1...hours { writer.purge() }
        fixture.clock.jump(seconds: -366 * 86_400)
        writer.purge()
        #expect(try store.session(.id(month.id), now: .start) == month)
        // A year that has really passed is caught up with.
        fixture.clock.jump(seconds: 366 * 86_400)
        for _ in 1...366 * 4 { writer.purge() }
        #expect(try database.integer("SELECT count(*) FROM sessions") == 0)
    }

    @Test func `each purge advances by a limited step and follows the clock back`() throws {
        let fixture = try Fixture()
        let database = try fixture.otherProcess()
        func time(after seconds: Int64) throws -> Int64 {
            let now = Timestamp.start.adding(seconds: seconds)
            return try Purge.advance(in: database, to: now).seconds - Timestamp.start.seconds
        }
        #expect(try time(after: 3_600) == 3_600)
        try Purge.begin(in: database, at: Timestamp.start.adding(seconds: 1_000_000))
        #expect(try time(after: 1_000_000) == 3_600 + Purge.longestStep)
        #expect(try time(after: 1_000_000) == 3_600 + 2 * Purge.longestStep)
        #expect(try time(after: 7_200) == 7_200)
        #expect(Purge.longestStep == Period.retention("6h")?.seconds)
        #expect(Period.retention("5h") == nil)
    }
}

extension Fixture {
    /// A writer without a thread.
    fileprivate func idleWriter(
        _ setup: SetupRecord?, idleLimit: IdleLimit? = nil
    ) throws -> Writer {
        Writer(try idleInstance(setup, idleLimit: idleLimit))
    }

    /// The state that a writer shares with its stores.
    fileprivate func idleInstance(
        _ setup: SetupRecord?, idleLimit: IdleLimit?
    ) throws -> SharedState {
        let state = InstanceState(settings: Settings(), hasOwner: false, setup: setup)
        var configuration = Fixture.configuration(directory, clock)
        configuration.idleLimit = idleLimit
        return try SharedState(configuration, state: state)
    }
}
