import Auth
import TestSupport
import Testing

@testable import Storage

struct PurgeTests {
    @Test func `what ended before is removed, whether it expired or was ended`() throws {
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
            try transaction.endSession(.id(ended.id), at: Timestamp.start.adding(seconds: 5))
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

    @Test func `an invitation is removed once it could long not be used`() throws {
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

    @Test func `keys that were revoked or expired before are removed`() throws {
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

    @Test func `it comes in batches`() throws {
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
    func `history is kept for as long as setup said, or six months`(
        period: String?, seconds: Int64
    ) throws {
        let fixture = try Fixture()
        let (store, account) = (fixture.store(), try Account.sample())
        try store.add(account)
        try store.add(.sample(of: account, lifetime: 10))
        var setup: SetupRecord?
        if let period {
            setup = try .sample("main")
            setup?.retentionPeriod = try #require(RetentionPeriod(period))
        }
        let configuration = Fixture.configuration(fixture.directory, fixture.clock)
        let state = InstanceState(settings: Settings(), hasOwner: false, setup: setup)
        let writer = Writer(try Instance(configuration, state: state))
        let database = try fixture.otherProcess()
        fixture.clock.advance(seconds: seconds + 10)
        writer.purge()
        #expect(try database.integer("SELECT count(*) FROM sessions") == 1)
        fixture.clock.advance(seconds: 1)
        writer.purge()
        #expect(try database.integer("SELECT count(*) FROM sessions") == 0)
    }
}
