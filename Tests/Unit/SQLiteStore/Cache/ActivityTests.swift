import Auth
import Crypto
import StoreSupport
import TestSupport
import Testing

@testable import SQLiteStore

struct ActivityTests {
    /// 22:13:20, so forty seconds of this minute are left.
    private let start = Timestamp.start
    private let minute = Timestamp(milliseconds: Timestamp.start.milliseconds + 40_000)

    private func key(
        of account: Account, in store: any Store
    ) throws(AuthError) -> (details: APIKeyDetails, hash: Digest) {
        let hash = Digest.random()
        let key = APIKey(id: .random(), accountID: account.id, scopes: .read, expiresAt: nil)
        let details = APIKeyDetails(
            key: key, name: "key", prefix: "luna_", createdAt: start, lastUsedAt: nil)
        try store.write { transaction throws(AuthError) in
            try transaction.insert(details, hash: hash)
        }
        return (details, hash)
    }

    private func lastSeen(of account: Account, in store: any Store) throws -> Timestamp? {
        try store.sessions(of: account.id, PageRequest(), now: start).items.first?.lastSeenAt
    }

    private func lastUsed(of account: Account, in store: any Store) throws -> Timestamp? {
        try store.apiKeys(of: account.id, PageRequest(), now: start).items.first?.lastUsedAt
    }

    @Test(arguments: [1_000, 0])
    func `uses are written on close, to the minute, with and without caches`(
        cached: Int
    ) throws {
        let fixture = try Fixture(cached: cached)
        let (store, account) = (fixture.store(), try Account.sample())
        try store.add(account)
        let session = Session.sample(of: account)
        try store.add(session)
        let key = try key(of: account, in: store)
        for seconds in [0, 70, 130] as [Int64] {
            let now = start.adding(seconds: seconds)
            #expect(try store.session(.id(session.id), now: now) == session)
            #expect(try store.apiKey(key.hash, now: now) == key.details.key)
        }
        fixture.storage.close()

        let again = try Fixture(in: fixture.directory)
        #expect(try lastSeen(of: account, in: again.store()) == minute.adding(seconds: 60))
        #expect(try lastUsed(of: account, in: again.store()) == minute.adding(seconds: 60))
        again.storage.close()
    }

    @Test func `a recorded use is never earlier than the creation`() throws {
        let fixture = try Fixture()
        let (store, account) = (fixture.store(), try Account.sample())
        try store.add(account)
        try store.add(.sample(of: account))
        let key = try key(of: account, in: store)
        let session = try #require(
            try store.sessions(of: account.id, PageRequest(), now: start).items.first?.session)
        #expect(try lastUsed(of: account, in: store) == nil)
        _ = try store.session(.id(session.id), now: start.adding(seconds: 39))
        _ = try store.apiKey(key.hash, now: start.adding(seconds: 39))
        fixture.storage.close()

        let again = try Fixture(in: fixture.directory)
        #expect(try lastSeen(of: account, in: again.store()) == start)
        #expect(try lastUsed(of: account, in: again.store()) == start)
        again.storage.close()
    }

    @Test func `a use is recorded once a minute for all threads and keys`() throws {
        let fixture = try Fixture()
        let (store, account) = (fixture.store(), try Account.sample())
        let loop = fixture.store(mayWait: false)
        let session = Session.sample(of: account)
        try store.add(account)
        try store.add(session)
        let activity = fixture.storage.instance.activity
        let keys = [Session.Key.id(session.id), .tokenHash(session.tokenHash)]
        for key in keys { _ = try store.session(key, now: start) }
        #expect(activity.count == 1)
        #expect(activity.take().map(\.subject) == [.session(session.id)])
        for second in 0..<40 as Range<Int64> {
            for key in keys { _ = try loop.session(key, now: start.adding(seconds: second)) }
        }
        #expect(activity.count == 0)
        for key in keys { _ = try loop.session(key, now: minute) }
        #expect(activity.take().map(\.time) == [minute])
        _ = try store.session(.id(session.id), now: session.expiresAt)
        _ = try store.session(.id(.random()), now: start)
        #expect(activity.count == 0)
    }

    /// A writer driven by the test, on a database whose own writer has ended.
    private struct Driven {
        let fixture: Fixture
        let instance: SharedState
        let writer: Writer
        let account: Account
        let session: Session

        init(writeSeconds: Int = 30) throws {
            fixture = try Fixture()
            account = try .sample()
            session = .sample(of: account)
            try fixture.store().add(account)
            try fixture.store().add(session)
            fixture.storage.close()
            let configuration = Fixture.configuration(
                fixture.directory, fixture.clock, writeSeconds: writeSeconds)
            let state = InstanceState(settings: Settings(), hasOwner: false, setup: nil)
            instance = try SharedState(configuration, state: state)
            writer = Writer(instance)
        }

        func store(mayWait: Bool = true) -> SQLiteStore {
            SQLiteStore(instance, mayWait: mayWait)
        }
    }

    @Test func `writing uses does not invalidate the caches`() throws {
        let driven = try Driven()
        driven.writer.noticeOtherProcesses()
        let loop = driven.store(mayWait: false)
        _ = try driven.store().session(.id(driven.session.id), now: start)
        _ = try driven.store().account(driven.account.id)
        _ = try loop.session(.id(driven.session.id), now: minute)
        #expect(!driven.writer.writeActivity())
        #expect(try lastSeen(of: driven.account, in: driven.store()) == minute)
        driven.writer.noticeOtherProcesses()
        #expect(try loop.session(.id(driven.session.id), now: minute) == driven.session)
        #expect(try loop.account(driven.account.id)?.account == driven.account)
    }

    @Test func `a row is written at most once a minute and never with an earlier time`() throws {
        let driven = try Driven()
        let other = try driven.fixture.otherProcess()
        func isWritten(_ time: Timestamp) throws -> Bool {
            let before = try other.integer("PRAGMA data_version")
            driven.instance.activity.note(.session(driven.session.id), at: time)
            driven.writer.writeActivity()
            return try other.integer("PRAGMA data_version") != before
        }
        #expect(try isWritten(minute))
        #expect(try !isWritten(minute.adding(seconds: 59)))
        #expect(try !isWritten(start))
        #expect(try isWritten(minute.adding(seconds: 60)))
        driven.instance.activity.note(.session(.random()), at: minute)
        driven.instance.activity.note(.apiKey(.random()), at: minute)
        #expect(!driven.writer.writeActivity() && driven.instance.activity.count == 0)
    }

    @Test func `many uses are written in batches`() throws {
        let driven = try Driven()
        for _ in 0...Activity.batch {
            driven.instance.activity.note(.session(.random()), at: minute)
        }
        #expect(driven.writer.writeActivity())
        #expect(driven.instance.activity.count == 1)
        #expect(!driven.writer.writeActivity())
        #expect(driven.instance.activity.count == 0)
    }

    @Test func `uses that could not be written are written later, or replaced by newer ones`()
        throws
    {
        let driven = try Driven(writeSeconds: 0)
        let (other, id) = (try driven.fixture.otherProcess(), driven.session.id)
        driven.writer.noticeOtherProcesses()
        try other.execute("BEGIN IMMEDIATE")
        driven.instance.activity.note(.session(id), at: minute)
        #expect(!driven.writer.writeActivity())
        #expect(driven.instance.activity.count == 1)
        try other.execute("ROLLBACK")
        driven.writer.writeActivity()
        #expect(driven.instance.activity.count == 0)
        #expect(try lastSeen(of: driven.account, in: driven.store()) == minute)
    }
}
