import Crypto
import TestSupport
import Testing

@testable import Auth
@testable import SQLiteStore

/// Events that are in no list's index yet.
struct UnlistedEventsTests {
    private let fixture: Fixture
    private let store: any ServerStore
    private let database: Database
    private let account = UUID.random()

    init() throws {
        fixture = try Fixture()
        store = fixture.store()
        database = try fixture.otherProcess()
    }

    private func count(_ condition: String) throws -> Int64 {
        try database.integer("SELECT count(*) FROM events WHERE \(condition)")
    }

    private func record(_ count: Int) throws {
        let account = account
        try store.write { transaction throws(AuthError) in
            for _ in 0..<count { try transaction.record(.userRenamed, of: account) }
        }
    }

    private func link(_ limit: Int) throws {
        try store.write { transaction throws(AuthError) in
            var linker = try Linker(in: transaction)
            try linker.link(limit: limit)
        }
    }

    @Test func `an event touches the indexes of lists when it is linked, not before`() throws {
        try record(3)
        #expect(try count("listed = 0") == 3 && count(UnlistedEvents.condition) == 3)
        try link(2)
        #expect(try count("listed = 1 AND number IS NOT NULL") == 2)
        #expect(try count(UnlistedEvents.condition) == 1)
        #expect(try store.events().count == 3)
    }

    @Test func `without a linker, a bounded number stays out of the indexes, and lists have all`()
        throws
    {
        let batch = 700
        for _ in 0..<12 { try record(batch) }
        let all = Int64(12 * batch)
        #expect(try count("listed = 0") <= 5_120)
        #expect(try count("listed = 1") > 0)
        // Each is in an index, or where lists look besides.
        #expect(try count("listed = 0") == count(UnlistedEvents.condition))
        var query = EventQuery()
        query.account = account
        let found = try store.events(query, before: nil, limit: 10_000)
        #expect(found.count == Int(all) && Set(found.map(\.event.id)).count == Int(all))
        #expect(try store.events(EventQuery(), before: nil, limit: 10_000) == found)
        // The linker goes on where it stopped, with those that are listed already.
        try link(10_000)
        #expect(try count("number IS NULL") == 0 && count("listed = 1") == all)
        #expect(
            try store.linkedEvents(after: 0, limit: 10_000).map(\.event.id)
                == found.reversed().map(\.event.id))
    }

    @Test func `an account is erased from events whether or not they are listed`() throws {
        for _ in 0..<8 { try record(700) }
        try link(100)
        let account = account
        try store.write { transaction throws(AuthError) in
            try transaction.eraseEvents(of: account)
        }
        #expect(try count("details IS NOT NULL") == 0)
    }

    @Test func `an event that another program put before the last link is found by a verification`()
        throws
    {
        try record(3)
        try link(3)
        try database.execute(
            """
            INSERT INTO events
            SELECT -1, randomblob(16), time, kind, actor, actor_account, actor_key, actor_user, subject,
                object, client, client_commitment, details, details_commitment, mac, NULL, NULL, 0
            FROM events WHERE number = 2
            """)
        #expect(try store.unlinkedEventCount(upTo: 10) == 0)
        let macs = try store.cause.recorder?.macVerifier(in: store)
        guard
            case .broken(let found) = try store.verifyChain(
                with: ChainVerifier(.whole, macs: macs))
        else {
            Issue.record("it was not found")
            return
        }
        #expect(found.problem == .inserted && found.number == nil)
    }

    @Test func `a linked event that lists do not show is found by a verification`() throws {
        try record(3)
        try link(3)
        try database.execute("PRAGMA ignore_check_constraints = ON")
        try database.execute("UPDATE events SET listed = 0 WHERE number = 2")
        guard case .broken(let found) = try store.verifyChain(with: ChainVerifier(.whole)) else {
            Issue.record("it was not found")
            return
        }
        #expect(found.problem == .unreadable)
    }
}
