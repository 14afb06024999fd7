import Crypto
import StoreSupport
import Testing
import TestSupport

@testable import Auth
@testable import SQLiteStore

/// Failed logins survive a restart.
struct FailedLoginRowsTests {
    /// A counter with the key that all processes of a test share.
    private struct Process {
        let fixture: Fixture
        let counter: FailedLogins

        init(_ key: Secret, in directory: TemporaryDirectory? = nil, after seconds: Int = 0)
            throws
        {
            let clock = TestClock()
            clock.advance(seconds: seconds)
            let throttle = Throttle(isEnabled: true, failureKey: key) {
                UInt64(clock.now.milliseconds - Timestamp.start.milliseconds) * 1_000_000
            }
            counter = throttle.failedLogins
            fixture = try Fixture(in: directory, clock: clock, failedLogins: counter)
        }

        /// Fails logins from `count` networks.
        func fail(_ count: Int, at email: String = "a@example.org") -> Int {
            (0..<count).count { network in
                if case .counted = counter.begin(
                    at: email, by: nil, from: .ipv4(UInt32(network)))
                {
                    true
                } else {
                    false
                }
            }
        }

        func rows() throws -> Int64 {
            try fixture.otherProcess().integer("SELECT count(*) FROM failed_logins")
        }
    }

    private let key = Secret.random()

    @Test func `a restart keeps the failures of unknown clients and devices`() throws {
        let first = try Process(key)
        let device = FailedLogins.Proof.device(.random())
        #expect(first.fail(70) == 60)
        for _ in 0..<10 { _ = first.counter.begin(at: "a@example.org", by: device, from: .local) }
        first.fixture.storage.close()
        #expect(try first.rows() == 2)
        let second = try Process(key, in: first.fixture.directory, after: 360)
        #expect(second.fail(70) == 1)
        guard case .refused = second.counter.begin(at: "a@example.org", by: device, from: .local)
        else {
            Issue.record("the device may guess again")
            return
        }
    }

    @Test func `failures are written within seconds and not only on close`() throws {
        let process = try Process(key)
        _ = process.fail(3)
        try eventually { try process.rows() == 1 }
    }

    @Test func `failures cannot be found with another key`() throws {
        let first = try Process(key)
        _ = first.fail(60)
        first.fixture.storage.close()
        #expect(try Process(.random(), in: first.fixture.directory).fail(60) == 60)
    }

    @Test func `the rows contain no address`() throws {
        let process = try Process(key)
        _ = process.fail(3, at: "someone@example.org")
        process.fixture.storage.close()
        let database = try process.fixture.otherProcess()
        #expect(
            try database.integer(
                "SELECT count(*) FROM failed_logins WHERE length(key) = 32"
                    + " AND instr(key, CAST('someone' AS BLOB)) = 0") == 1)
    }

    @Test func `expired failures are not read and are purged`() throws {
        let first = try Process(key)
        _ = first.fail(2)
        first.fixture.storage.close()
        let database = try first.fixture.otherProcess()
        let end = Timestamp.start.adding(seconds: 720)
        #expect(try FailedLoginRows.read(from: database, at: end.adding(seconds: -1)).count == 1)
        #expect(try FailedLoginRows.read(from: database, at: end).isEmpty)
        #expect(try !FailedLoginRows.removeEnded(from: database, at: end.adding(seconds: -1)))
        #expect(try first.rows() == 1)
        #expect(try !FailedLoginRows.removeEnded(from: database, at: end))
        #expect(try first.rows() == 0)
    }

    @Test func `a count is one row that is deleted with it`() throws {
        let database = try Process(key).fixture.otherProcess()
        let (key, end) = (Digest.random(), Timestamp.start.adding(seconds: 9))
        for count in [
            FailedLogins.Count(.account, key: key, endsAt: .start),
            FailedLogins.Count(.known, key: key, endsAt: .start),
            FailedLogins.Count(.account, key: key, endsAt: end),
        ] {
            try FailedLoginRows.write([count], to: database)
        }
        let counts = try FailedLoginRows.read(from: database, at: .start)
        #expect(counts == [FailedLogins.Count(.account, key: key, endsAt: end)])
        try FailedLoginRows.write(
            [FailedLogins.Count(.account, key: key, endsAt: nil)], to: database)
        #expect(try FailedLoginRows.read(from: database, at: .start).isEmpty)
        #expect(try database.integer("SELECT count(*) FROM failed_logins") == 1)
    }

    @Test func `failures that could not be written are written once the error is gone`() throws {
        let directory = try TemporaryDirectory()
        let process = try Process(key, in: directory)
        process.fixture.storage.close()
        var configuration = Fixture.configuration(
            directory, process.fixture.clock, writeSeconds: 0)
        configuration.failedLogins = process.counter
        let state = InstanceState(settings: Settings(), hasOwner: false, setup: nil)
        let writer = Writer(try SharedState(configuration, state: state))
        writer.noticeOtherProcesses()
        let other = try process.fixture.otherProcess()
        try other.execute("BEGIN IMMEDIATE")
        _ = process.fail(3)
        #expect(!writer.writeFailures())
        try other.execute("ROLLBACK")
        #expect(try process.rows() == 0)
        writer.writeFailures()
        #expect(try process.rows() == 1)
    }
}

/// The highest iteration count of the stored passwords.
struct MaxPasswordIterationsTests {
    /// Adds an account with a password of this iteration count.
    private func add(_ iterations: Int, to fixture: Fixture) throws {
        let hash = try #require(
            PasswordHash(iterations: iterations, salt: Random.bytes(16), key: .random()))
        let account = try Account.sample("a\(iterations)@example.org")
        try fixture.store().write { transaction throws(AuthError) in
            try transaction.insert(account, passwordHash: hash)
        }
    }

    @Test func `the maximum is known from the start`() throws {
        let first = try Fixture()
        #expect(first.storage.state.maxPasswordIterations == 0)
        for iterations in [9_000, 10_000, 1_000] { try add(iterations, to: first) }
        first.storage.close()
        let second = try Fixture(in: first.directory)
        #expect(second.storage.state.maxPasswordIterations == 10_000)
    }

    @Test func `the maximum is read from an index`() throws {
        let plan = try Fixture().otherProcess().rows(
            "EXPLAIN QUERY PLAN SELECT coalesce(max(CAST(substr(data, instr(data, X'693D') + 2)"
                + " AS INTEGER)), 0) FROM credentials WHERE kind = 'password'"
        ) { (row) throws(SQLiteError) in try row.text(3) }
        #expect(plan.contains { $0.contains("passwords_by_cost") }, "\(plan)")
    }

    @Test func `a maximum added by another process is noticed`() throws {
        let fixture = try Fixture()
        let other = try Fixture(in: fixture.directory)
        try add(20_000, to: other)
        eventually { fixture.storage.state.maxPasswordIterations == 20_000 }
    }
}
