import Glibc
import Metrics
import System
import TestSupport
import Testing

@testable import PostgreSQLStore

@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct ConnectionPoolTests {
    private let database: PostgreSQLDatabase

    init() throws {
        database = try PostgreSQLServer.shared().makeDatabase()
    }

    private func pool(size: Int, at address: String? = nil) throws -> ConnectionPool {
        try ConnectionPool(
            size: size,
            connector: Connector(
                to: try DatabaseAddress(parsing: address ?? database.address), password: nil,
                settings: .init()))
    }

    private func process(of pool: ConnectionPool) throws -> Int64 {
        try pool.withConnection(until: .soon) { connection in
            Result { () throws(PostgreSQLError) in
                try connection.integer("SELECT pg_backend_pid()")
            }
        }.get()
    }

    @Test func `threads share no more connections than there may be`() throws {
        let pool = try pool(size: 2)
        let processes = try inParallel(8) { _ in
            (0..<10).map { _ in try? process(of: pool) }
        }.flatMap(\.self)
        #expect(!processes.contains(nil))
        #expect(Set(processes).count <= 2)
        let statistics = pool.statistics
        #expect(statistics.open <= 2)
        #expect(statistics.inUse == 0)
        #expect(statistics.waiting == 0)
        #expect(statistics.waits.count == 80)
    }

    @Test func `a thread that gets none by its deadline is told so`() throws {
        let pool = try pool(size: 1)
        let outcome: PostgreSQLError.Kind? = try pool.withConnection(until: .soon) { _ in
            do throws(PostgreSQLError) {
                try pool.withConnection(until: MonotonicClock.now() + 50_000_000) { _ in }
                return nil
            } catch {
                return error.kind
            }
        }
        #expect(outcome == .poolExhausted)
        #expect(pool.statistics.waiting == 0)
        _ = try process(of: pool)
    }

    @Test func `a connection that the server ended is replaced before it is used`() throws {
        let pool = try pool(size: 1)
        let process = try process(of: pool)
        try database.execute("SELECT pg_terminate_backend(\(process), 10000)")
        #expect(try self.process(of: pool) != process)
        #expect(pool.statistics.lost == 1)
        #expect(pool.statistics.opened == 2)
    }

    /// Lets a deadline pass on the connection used last, of two; the other one answered before.
    private func timeOut(
        in pool: ConnectionPool, meanwhile body: @escaping @Sendable () -> Void = {}
    ) throws {
        try pool.withConnection(until: .soon) { connection in
            _ = try? pool.withConnection(until: .soon) { _ = try? $0.integer("SELECT 1") }
            _ = try? connection.integer("SELECT 1")
        }
        try pool.withConnection(until: .soon) { connection in
            body()
            connection.deadline = MonotonicClock.now() + 50_000_000
            _ = try? connection.execute("SELECT pg_sleep(600)")
        }
    }

    @Test func `after a connection that timed out those that were silent since are not used`()
        throws
    {
        let pool = try pool(size: 2)
        try timeOut(in: pool)
        #expect(pool.statistics.lost == 2)
        _ = try process(of: pool)
        #expect(pool.statistics.opened == 3)
    }

    @Test func `a connection that answered since stays when another one times out`() throws {
        let pool = try pool(size: 2)
        try timeOut(in: pool) {
            _ = try? pool.withConnection(until: .soon) { _ = try? $0.integer("SELECT 1") }
        }
        #expect(pool.statistics.lost == 1)
        _ = try process(of: pool)
        #expect(pool.statistics.opened == 2)
    }

    @Test func `a transaction that was left open is rolled back`() throws {
        let pool = try pool(size: 1)
        try database.execute("CREATE TABLE numbers (number bigint)")
        try pool.withConnection(until: .soon) { connection in
            connection.begin(.serializable)
            _ = try? connection.execute("INSERT INTO numbers VALUES (1)")
        }
        #expect(try database.execute("SELECT count(*) FROM numbers") == "0")
        let isOpen = try pool.withConnection(until: .soon) { $0.isInTransaction }
        #expect(!isOpen)
    }

    @Test func `without a server threads are refused at once, and served when it is back`() throws {
        let directory = try TemporaryDirectory()
        let link = "\(directory.path)/run"
        let pool = try pool(
            size: 2, at: "postgres://lunauth@/\(database.name)?host=\(link)")
        #expect(becomesTrue { pool.statistics.failures > 0 })
        let error = #expect(throws: PostgreSQLError.self) { try process(of: pool) }
        #expect(error?.kind == .unreachable)
        #expect(error?.message.contains(link) == true)
        #expect(!pool.statistics.isReachable)
        #expect(symlink(database.server.directory, link) == 0)
        #expect(becomesTrue { pool.statistics.isReachable })
        _ = try process(of: pool)
    }

    @Test func `a server that answers nothing keeps a thread no longer than its deadline`() throws {
        let directory = try TemporaryDirectory()
        let silent = try UnixSocket.open("\(directory.path)/.s.PGSQL.5432") { bind($0, $1, $2) }
        defer { Glibc.close(silent) }
        listen(silent, 16)
        let pool = try pool(
            size: 1, at: "postgres://lunauth@/none?connect_timeout=1&host=\(directory.path)")
        let error = #expect(throws: PostgreSQLError.self) {
            try pool.withConnection(until: MonotonicClock.now() + 50_000_000) { _ in }
        }
        #expect(error?.kind == .unreachable)
        // The thread that opens connections gives up as well, by the time limit of the address.
        #expect(becomesTrue { pool.statistics.failures > 0 })
    }

    @Test func `the servers of an address are tried in turn`() throws {
        let directory = try TemporaryDirectory()
        let absent = directory.path.replacing("/", with: "%2F")
        let present = database.server.directory.replacing("/", with: "%2F")
        let pool = try pool(size: 1, at: "postgres://lunauth@\(absent),\(present)/\(database.name)")
        _ = try process(of: pool)
        #expect(pool.statistics.failures == 0)
    }

    @Test func `a closed pool serves no thread and keeps no connection`() throws {
        let pool = try pool(size: 1)
        let process = try process(of: pool)
        pool.close()
        let error = #expect(throws: PostgreSQLError.self) { try self.process(of: pool) }
        #expect(error?.kind == .closed)
        #expect(pool.statistics.open == 0)
        #expect(
            try becomesTrue {
                try database.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = \(process)")
                    == "0"
            })
    }
}
