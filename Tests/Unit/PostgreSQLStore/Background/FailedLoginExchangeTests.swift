import Crypto
import System
import TestSupport
import Testing

@testable import Auth
@testable import PostgreSQLStore

@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct FailedLoginExchangeTests {
    private let shared: SharedDatabase
    private let key = Secret.random()
    private let email = "ada@example.org"

    init() throws {
        shared = try SharedDatabase()
        try Schema.current.prepare(try shared.database.connect(), migrating: true)
    }

    /// What one daemon counts, and its exchange with the others.
    private struct Daemon {
        let counts: FailedLogins
        let exchange: FailedLoginExchange
        let database: Connection

        func meet() throws { try exchange.exchange(on: database) }

        /// Has as many strangers fail as may; returns how many did.
        func fail(upTo limit: Int, at email: String) -> Int {
            for number in 0..<limit {
                let outcome = counts.begin(
                    at: email, by: nil, from: .ipv4(UInt32.random(in: 0...UInt32.max)))
                if case .refused = outcome { return number }
            }
            return limit
        }
    }

    private func daemon() throws -> Daemon {
        let counts = FailedLogins(key: key, capacity: 1_024) { MonotonicClock.now() }
        let daemon = Daemon(
            counts: counts, exchange: FailedLoginExchange(counts),
            database: try shared.database.connect())
        try daemon.exchange.restore(from: daemon.database)
        return daemon
    }

    @Test func `failures on all daemons count towards one limit`() throws {
        let daemons = [try daemon(), try daemon(), try daemon()]
        for daemon in daemons { #expect(daemon.fail(upTo: 19, at: email) == 19) }
        for daemon in daemons + daemons { try daemon.meet() }
        let left = daemons.map { $0.fail(upTo: 60, at: email) }
        #expect(left == [3, 3, 3], "of sixty, each may still allow what it knows to be left")
        for daemon in daemons + daemons { try daemon.meet() }
        #expect(daemons.allSatisfy { $0.fail(upTo: 1, at: email) == 0 })
    }

    @Test func `exchanging again counts nothing twice`() throws {
        let (first, second) = (try daemon(), try daemon())
        _ = first.fail(upTo: 10, at: email)
        for _ in 0..<5 {
            try first.meet()
            try second.meet()
        }
        #expect(second.fail(upTo: 60, at: email) == 50)
    }

    @Test func `what did not fail is taken back everywhere`() throws {
        let (first, second) = (try daemon(), try daemon())
        let outcome = first.counts.begin(at: email, by: nil, from: .ipv4(1))
        try first.meet()
        try second.meet()
        guard case .counted(let attempt) = outcome else {
            Issue.record("it is the first")
            return
        }
        first.counts.forget(attempt)
        try first.meet()
        try second.meet()
        #expect(second.fail(upTo: 100, at: email) == 60)
    }

    @Test func `a daemon that starts knows what the others have counted`() throws {
        let first = try daemon()
        _ = first.fail(upTo: 60, at: email)
        try first.meet()
        #expect(try daemon().fail(upTo: 1, at: email) == 0)
    }

    @Test func `an account that is unlocked by one daemon is unlocked on all`() throws {
        let (storage, address) = (try shared.command(), try Email.sample(email))
        let account = try Account.sample(email)
        try storage.open.add(account)
        let daemons = [try daemon(), try daemon()]
        let device = FailedLogins.Proof.device(.random())
        for daemon in daemons {
            _ = daemon.fail(upTo: 60, at: email)
            _ = daemon.counts.begin(at: email, by: device, from: .ipv4(1))
            try daemon.meet()
        }
        try storage.open.write { transaction throws(AuthError) in
            try transaction.clearFailedLogins(of: account)
        }
        #expect(try !daemons[0].exchange.unlock(on: daemons[0].database))
        #expect(try shared.database.execute("SELECT count(*) FROM unlocks") == "0")
        for daemon in daemons + daemons { try daemon.meet() }
        #expect(daemons.allSatisfy { $0.counts.lock(at: address) == nil })
        #expect(daemons[1].fail(upTo: 100, at: email) == 60)
    }

    @Test func `an unlock is carried out once`() throws {
        let (storage, daemon) = (try shared.command(), try daemon())
        let account = try Account.sample(email)
        try storage.open.add(account)
        try storage.open.write { transaction throws(AuthError) in
            try transaction.clearFailedLogins(of: account)
        }
        #expect(try !daemon.exchange.unlock(on: daemon.database))
        _ = daemon.fail(upTo: 60, at: email)
        for _ in 0..<3 { try daemon.meet() }
        #expect(daemon.fail(upTo: 1, at: email) == 0)
    }

    @Test func `what could not be exchanged is exchanged the next time`() throws {
        let (first, second) = (try daemon(), try daemon())
        _ = first.fail(upTo: 60, at: email)
        first.database.isUsable = false
        #expect(throws: PostgreSQLError.self) { try first.meet() }
        let database = try shared.database.connect()
        try first.exchange.exchange(on: database)
        try second.meet()
        #expect(second.fail(upTo: 1, at: email) == 0)
    }

    @Test func `counts that are back at zero are removed once all have seen it`() throws {
        try shared.database.execute(
            "INSERT INTO failed_logins VALUES ('account', decode(repeat('00', 32), 'hex'), 1, 1)",
            """
            INSERT INTO failed_logins VALUES ('account', decode(repeat('01', 32), 'hex'), 1,
                CAST(extract(epoch FROM now()) * 1000 AS bigint))
            """)
        #expect(try !FailedLoginRows.removeEnded(from: try shared.database.connect()))
        #expect(try shared.database.execute("SELECT count(*) FROM failed_logins") == "1")
    }
}
