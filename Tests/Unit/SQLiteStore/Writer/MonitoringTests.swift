import Auth
import Crypto
import Metrics
import StoreSupport
import TestSupport
import Testing

@testable import SQLiteStore

/// Figures for the operator of a server.
struct MonitoringTests {
    @Test func `a probe always writes the same row`() throws {
        let fixture = try Fixture()
        let before = fixture.commits
        for _ in 0..<5 {
            try fixture.store().probe(within: 5)
            fixture.clock.advance(seconds: 1)
        }
        #expect(fixture.commits - before == 5)
        let other = try fixture.otherProcess()
        #expect(try other.integer("SELECT count(*) FROM meta WHERE name = 'probe'") == 1)
        let time = try other.first("SELECT value FROM meta WHERE name = 'probe'") {
            (row) throws(SQLiteError) in try row.text(0)
        }
        #expect(time == Timestamp.start.adding(seconds: 4).rfc3339)
    }

    @Test func `a probe fails while another process locks the database and works afterwards`()
        throws
    {
        let fixture = try Fixture(writeSeconds: 60)
        try fixture.store().probe(within: 5)
        let other = try fixture.otherProcess()
        try other.execute("BEGIN EXCLUSIVE")
        let fault = failure { () throws(AuthError) in try fixture.store().probe(within: 1) }
        #expect(fault?.fault != nil)
        try other.execute("COMMIT")
        eventually {
            failure { () throws(AuthError) in try fixture.store().probe(within: 1) } == nil
        }
    }

    @Test func `a thread that must not block neither counts nor probes`() throws {
        let fixture = try Fixture()
        let store = fixture.store(mayWait: false)
        #expect(
            failure { () throws(AuthError) in _ = try store.counts(now: .start) }
                == .notInMemory)
        #expect(failure { () throws(AuthError) in try store.probe(within: 1) } == .notInMemory)
    }

    @Test func `the writer counts groups, their writes and their failures`() throws {
        let fixture = try Fixture(writeSeconds: 1)
        for _ in 0..<3 {
            try fixture.store().write { transaction throws(AuthError) in
                try transaction.save(Settings())
            }
        }
        _ = failure { () throws(AuthError) in
            try fixture.store().write { _ throws(AuthError) in throw .forbidden }
        }
        let statistics = fixture.storage.statistics
        #expect(statistics.groupSizes.count == 4)
        #expect(statistics.groupSizes.sum == 4)
        #expect(statistics.commitTimes.count == 4)
        #expect(statistics.failures == 0)
        #expect(statistics.queued == 0)
        eventually { fixture.storage.statistics.waits.count == 4 }

        let other = try fixture.otherProcess()
        try other.execute("BEGIN EXCLUSIVE")
        _ = failure { () throws(AuthError) in
            try fixture.store().write { transaction throws(AuthError) in
                try transaction.save(Settings())
            }
        }
        try other.execute("COMMIT")
        #expect(fixture.storage.statistics.failures == 1)
        #expect(fixture.storage.statistics.groupSizes.count == 4)
        eventually { fixture.storage.statistics.waits.count == 5 }
    }
}
