import Auth
import StoreSupport
import Synchronization
import System
import TestSupport
import Testing

@testable import PostgreSQLStore

@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct TransactionRunnerTests {
    private let database: PostgreSQLDatabase
    private let clock = TestClock()

    init() throws {
        database = try PostgreSQLServer.shared().makeDatabase()
        try Schema.current.prepare(try database.connect(), migrating: true)
        try database.execute(
            "CREATE TABLE counters (id bigint PRIMARY KEY, value bigint NOT NULL)",
            "INSERT INTO counters VALUES (1, 0), (2, 0)")
    }

    private func runner(
        size: Int = 4, at address: String? = nil
    ) throws -> TransactionRunner {
        let connector = Connector(
            to: try DatabaseAddress(parsing: address ?? database.address), password: nil,
            settings: .init())
        return TransactionRunner(
            pool: try ConnectionPool(size: size, connector: connector), now: { clock.now },
            statistics: TransactionStatistics())
    }

    private var values: [Int64] {
        get throws {
            try database.execute("SELECT value FROM counters ORDER BY id").split(separator: "\n")
                .compactMap { Int64($0) }
        }
    }

    @discardableResult
    private func write<Value: Sendable>(
        on runner: TransactionRunner, within nanoseconds: UInt64 = 60_000_000_000,
        _ work: @escaping @Sendable (PostgreSQLTransaction) throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        try runner.write(
            for: .server, activity: Activity(), until: MonotonicClock.now() + nanoseconds, work
        ).value
    }

    /// Reads a counter and writes the next number.
    @Sendable private static func count(
        _ transaction: PostgreSQLTransaction
    ) throws(AuthError) -> Int64 {
        let database = transaction.database
        let value = try transaction.run(database.integer("SELECT value FROM counters WHERE id = 1"))
        try transaction.run(
            database.execute("UPDATE counters SET value = $1 WHERE id = 1", .integer(value + 1)))
        return value + 1
    }

    @Test func `units of work that conflict are run again until each saw the one before`() throws {
        let runner = try runner()
        let seen = try inParallel(4) { _ in
            (0..<20).map { _ in try? write(on: runner, Self.count) }
        }.flatMap(\.self)
        #expect(Set(seen) == Set((1...80).map { Int64($0) }))
        #expect(try values == [80, 0])
    }

    @Test func `what two read and the other writes is no serial order`() throws {
        // Write skew: each sets one counter if the other is still zero; both would under snapshots.
        let runner = try runner()
        let meeting = Atomic<Int>(0)
        let done = try inParallel(2) { thread in
            let (own, other) = (Int64(thread + 1), Int64(2 - thread))
            let isFirstRun = Mutex(true)
            return try? write(on: runner) { (transaction) throws(AuthError) in
                let database = transaction.database
                let value = try transaction.run(
                    database.integer("SELECT value FROM counters WHERE id = $1", .integer(other)))
                let waits = isFirstRun.withLock { isFirst in
                    defer { isFirst = false }
                    return isFirst
                }
                if waits {
                    meeting.add(1, ordering: .sequentiallyConsistent)
                    _ = becomesTrue { meeting.load(ordering: .sequentiallyConsistent) == 2 }
                }
                guard value == 0 else { return false }
                try transaction.run(
                    database.execute(
                        "UPDATE counters SET value = 1 WHERE id = $1", .integer(own)))
                return true
            }
        }
        #expect(done.filter { $0 == true }.count == 1)
        #expect(try values.reduce(0, +) == 1)
        #expect(runner.statistics.snapshot.conflicts > 0)
    }

    @Test func `a refusal leaves nothing`() throws {
        let runner = try runner()
        let error = #expect(throws: AuthError.self) {
            try write(on: runner) { (transaction) throws(AuthError) -> Void in
                _ = try Self.count(transaction)
                throw .emailTaken
            }
        }
        #expect(error?.reason == .emailTaken)
        #expect(try values == [0, 0])
    }

    @Test func `a fault that the work did not mind is not committed`() throws {
        let runner = try runner()
        let error = #expect(throws: AuthError.self) {
            try write(on: runner) { (transaction) throws(AuthError) in
                _ = try Self.count(transaction)
                _ = try? transaction.run(transaction.database.execute("SELECT 1 / 0"))
            }
        }
        #expect(error?.reason == .databaseFault)
        #expect(try values == [0, 0])
    }

    /// Has the server warn during a commit that changed a table, as where it stops waiting for a replica.
    private func warn(of table: String) throws {
        try database.execute(
            """
            CREATE OR REPLACE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql
            AS 'BEGIN RAISE WARNING ''late''; RETURN NULL; END'
            """,
            """
            CREATE CONSTRAINT TRIGGER warning AFTER INSERT OR UPDATE ON \(table)
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION warn()
            """)
    }

    @Test func `a commit during which the server warned is looked up`() throws {
        try warn(of: "counters")
        let runner = try runner()
        #expect(try write(on: runner, Self.count) == 1)
        #expect(runner.statistics.snapshot.lookups == 1)
        #expect(try values == [1, 0])
    }

    @Test func `a commit during whose lookup the server warns as well is not acknowledged`() throws
    {
        try warn(of: "counters")
        try warn(of: "commit_markers")
        let runner = try runner()
        let error = #expect(throws: AuthError.self) {
            try write(on: runner, within: 1_000_000_000, Self.count)
        }
        #expect(error?.reason == .writeOutcomeUnknown)
    }

    @Test func `a connection that is lost before the commit costs another run`() throws {
        let runner = try runner(size: 1)
        let runs = Atomic<Int>(0)
        let value = try write(on: runner) { (transaction) throws(AuthError) in
            let value = try Self.count(transaction)
            if runs.add(1, ordering: .relaxed).newValue == 1 {
                let process = try transaction.run(
                    transaction.database.integer("SELECT pg_backend_pid()"))
                _ = try? database.execute("SELECT pg_terminate_backend(\(process), 10000)")
                _ = try transaction.run(transaction.database.integer("SELECT 1"))
            }
            return value
        }
        #expect(value == 1)
        #expect(try values == [1, 0])
        #expect(runner.statistics.snapshot.lostConnections == 1)
        #expect(runner.statistics.snapshot.lookups == 0)
    }

    @Test(arguments: [(CuttingRelay.Cut.before, 2), (.after, 1)])
    func `a commit that was cut is looked up, and done exactly once`(
        cut: CuttingRelay.Cut, expectedRuns: Int
    ) throws {
        let relay = try CuttingRelay(to: database.server, cutting: cut)
        let runner = try runner(
            size: 1,
            at: "postgres://\(PostgreSQLServer.user)@/\(database.name)?host=\(relay.directory.path)"
        )
        let runs = Atomic<Int>(0)
        let value = try write(on: runner) { (transaction) throws(AuthError) in
            runs.add(1, ordering: .relaxed)
            return try Self.count(transaction)
        }
        #expect(relay.hasCut)
        #expect(value == 1)
        #expect(try values == [1, 0])
        #expect(runs.load(ordering: .relaxed) == expectedRuns)
        let statistics = runner.statistics.snapshot
        #expect(statistics.lookups == 1)
        #expect(statistics.unknown == 0)
    }

    @Test func `a commit that cannot be looked up is neither done nor refused`() throws {
        let relay = try CuttingRelay(to: database.server, cutting: .after)
        let runner = try runner(
            size: 1,
            at: "postgres://\(PostgreSQLServer.user)@/\(database.name)?host=\(relay.directory.path)"
        )
        let error = #expect(throws: AuthError.self) {
            try write(on: runner, within: 1_000_000_000) { (transaction) throws(AuthError) in
                _ = try Self.count(transaction)
                // Without its table, no commit can be looked up.
                _ = try transaction.run(
                    transaction.database.execute("ALTER TABLE commit_markers RENAME TO gone"))
            }
        }
        #expect(error?.reason == .writeOutcomeUnknown)
        #expect(runner.statistics.snapshot.unknown == 1)
    }

    @Test func `a lookup waits for a transaction that is still open`() throws {
        let owner = try database.connect()
        let marker = CommitMarker(nextOf: owner)
        owner.begin(.serializable, with: [marker.statement])
        try owner.execute("UPDATE counters SET value = 7 WHERE id = 1")
        let name = database
        let found = Mutex<Bool?>(nil)
        let thread = try Thread {
            let isCommitted = try? marker.isCommitted(in: name.connect())
            found.withLock { $0 = isCommitted }
        }
        let isWaiting = """
            SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN (
                SELECT pid FROM pg_stat_activity WHERE datname = '\(database.name)'
            )
            """
        #expect(try becomesTrue { try database.execute(isWaiting) == "1" })
        try owner.commit()
        thread.join()
        #expect(found.withLock { $0 } == true)
    }

    @Test func `each run has one time of its own`() throws {
        let runner = try runner()
        let clock = clock
        let times = Mutex<[Timestamp]>([])
        let value = try write(on: runner) { (transaction) throws(AuthError) in
            let isFirst = times.withLock { times in
                times.append(transaction.now)
                return times.count == 1
            }
            clock.advance(seconds: 1)
            _ = try transaction.run(
                transaction.database.integer("SELECT value FROM counters WHERE id = 1"))
            if isFirst {
                // Another one comes between: what was read is no longer so.
                _ = try? database.execute("UPDATE counters SET value = 5 WHERE id = 1")
            }
            return try Self.count(transaction)
        }
        #expect(value == 6)
        #expect(times.withLock { $0 } == [TestClock.start, TestClock.start.adding(seconds: 1)])
    }

    @Test func `a read is answered by another connection when one is lost`() throws {
        let runner = try runner(size: 1)
        let runs = Atomic<Int>(0)
        let value = try runner.read(until: .soon) { (connection) throws(PostgreSQLError) in
            if runs.add(1, ordering: .relaxed).newValue == 1 {
                let process = try connection.integer("SELECT pg_backend_pid()")
                _ = try? database.execute("SELECT pg_terminate_backend(\(process), 10000)")
            }
            return try connection.integer("SELECT value FROM counters WHERE id = 1")
        }
        #expect(value == 0)
        #expect(runs.load(ordering: .relaxed) == 2)
    }

    @Test func `a write that waits for a lock ends at its deadline, and did not happen`() throws {
        let owner = try database.connect()
        owner.begin(.readCommitted)
        try owner.execute("UPDATE counters SET value = 3 WHERE id = 1")
        let runner = try runner()
        let error = #expect(throws: AuthError.self) {
            try write(on: runner, within: 300_000_000, Self.count)
        }
        #expect(error?.reason == .databaseTimedOut)
        owner.rollBack()
        #expect(try values == [0, 0])
    }

    @Test func `a connection marks no more than some hundred transactions in one row`() throws {
        let connection = try database.connect()
        let first = CommitMarker(nextOf: connection)
        for sequence in 2...CommitMarker.maximumWrites {
            let next = CommitMarker(nextOf: connection)
            #expect(next.connection == first.connection && next.sequence == sequence)
        }
        let other = CommitMarker(nextOf: connection)
        #expect(other.connection != first.connection && other.sequence == 1)
        #expect(other.connection == connection.id)
    }

    @Test func `marks of connections that are gone are deleted`() throws {
        let runner = try runner(size: 1)
        try write(on: runner, Self.count)
        let connection = try database.connect()
        try CommitMarker.deleteUnused(in: connection)
        #expect(try database.execute("SELECT count(*) FROM commit_markers") == "1")
        try database.execute(
            "UPDATE commit_markers SET updated_at = updated_at - \(CommitMarker.retention) - 1")
        try CommitMarker.deleteUnused(in: connection)
        #expect(try database.execute("SELECT count(*) FROM commit_markers") == "0")
        // A connection that was idle for so long writes on.
        try write(on: runner, Self.count)
        #expect(try database.execute("SELECT sequence FROM commit_markers") == "2")
    }
}
