import Crypto
import TestSupport
import Testing

@testable import Auth
@testable import SQLiteStore

/// The linker's lease, the time of purges and past credentials, as the rows of SQLite have them.
struct LeaseRowsTests {
    private func purgeTime(_ fixture: Fixture) throws -> Timestamp? {
        try fixture.store().write { transaction throws(AuthError) in try transaction.purgeTime() }
    }

    @Test func `the time of purges is that of the store's own, in its steps`() throws {
        let fixture = try Fixture()
        let database = try fixture.otherProcess()
        for seconds in [3_600, 1_000_000, 7_200] as [Int64] {
            let time = try Purge.advance(in: database, to: .start.adding(seconds: seconds))
            #expect(try purgeTime(fixture) == time)
        }
        try database.execute("DELETE FROM meta WHERE name = 'purge_time'")
        #expect(try purgeTime(fixture) == nil)
    }

    @Test func `another process sees the lease, and it is one row`() throws {
        let fixture = try Fixture()
        let database = try fixture.otherProcess()
        let lease = LinkerLease(holder: .random(), until: .start.adding(seconds: 3))
        for _ in 1...2 {
            try fixture.store().write { transaction throws(AuthError) in
                try transaction.saveLinkerLease(lease)
            }
            #expect(try database.integer("SELECT count(*) FROM audit_linker") == 1)
        }
        let until = try database.integer("SELECT until FROM audit_linker")
        #expect(until == lease.until.milliseconds)
        try database.execute("DELETE FROM audit_linker")
        let left = try fixture.store().write { transaction throws(AuthError) in
            try transaction.linkerLease()
        }
        #expect(left == nil)
    }

    @Test(arguments: [
        ("SELECT id FROM sessions WHERE id = x'00'", "sessions"),
        ("SELECT id FROM sessions WHERE token_hash = x'00'", "sessions"),
        ("SELECT id FROM api_keys WHERE key_hash = x'00'", "api_keys"),
    ])
    func `a past credential is found by an index`(query: String, table: String) throws {
        let steps = try Fixture().otherProcess().rows("EXPLAIN QUERY PLAN \(query)", with: []) {
            (row) throws(SQLiteError) in try row.text(3)
        }
        #expect(steps.count == 1 && steps.allSatisfy { $0.contains("SEARCH \(table) USING") })
    }

    @Test func `past credentials are no matter of the loop lane`() throws {
        let fixture = try Fixture()
        let (waiting, loop) = (fixture.store(), fixture.store(mayWait: false))
        let account = try Account.sample()
        let (session, key) = (Session.sample(of: account), APIKeySample(of: account))
        try waiting.add(account)
        try waiting.add(session)
        try waiting.add(key)
        _ = try waiting.session(.id(session.id), now: .start)
        #expect(throws: AuthError.notInMemory) { try loop.pastSession(.id(session.id)) }
        #expect(throws: AuthError.notInMemory) { try loop.pastAPIKey(key.hash) }
    }

    @Test func `what a purge removed is unknown`() throws {
        let fixture = try Fixture()
        let store = fixture.store()
        let account = try Account.sample()
        let session = Session.sample(of: account, lifetime: 10)
        let key = APIKeySample(of: account, lifetime: 10)
        try store.add(account)
        try store.add(session)
        try store.add(key)
        let database = try fixture.otherProcess()
        _ = try Purge.removeBatch(from: database, endedBefore: .start.adding(seconds: 10))
        #expect(try store.pastSession(.id(session.id)) != nil)
        #expect(try store.pastAPIKey(key.hash) != nil)
        _ = try Purge.removeBatch(from: database, endedBefore: .start.adding(seconds: 11))
        #expect(try store.pastSession(.id(session.id)) == nil)
        #expect(try store.pastAPIKey(key.hash) == nil)
    }
}
