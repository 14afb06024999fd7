import Auth
import Crypto
import StoreSupport
import Synchronization
import TestSupport
import Testing

@testable import PostgreSQLStore

/// What runs beside the requests of daemons on one database.
@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct MaintenanceTests {
    private let shared: SharedDatabase

    init() throws {
        shared = try SharedDatabase()
    }

    private func count(_ table: String, where condition: String = "true") throws -> String {
        try shared.database.execute("SELECT count(*) FROM \(table) WHERE \(condition)")
    }

    @Test func `the uses of sessions and keys are written down at the end at the latest`() throws {
        let (daemon, account) = (try shared.daemon(), try Account.sample())
        let session = Session.sample(of: account)
        let key = APIKeySample(of: account)
        let store = daemon.open
        try store.add(account)
        try store.add(session)
        try store.add(key)
        let now = Timestamp.start.adding(seconds: 600)
        _ = try store.session(.id(session.id), now: now)
        _ = try store.apiKey(key.hash, now: now)
        daemon.close()
        // A use is written down as the beginning of its period.
        let (earliest, latest) = (Timestamp.start.milliseconds + 1, now.milliseconds)
        for column in ["sessions.last_seen_at", "api_keys.last_used_at"] {
            let table = column.prefix { $0 != "." }
            #expect(
                try count(String(table), where: "\(column) BETWEEN \(earliest) AND \(latest)")
                    == "1")
        }
    }

    @Test func `of the notes of commands each reaches one daemon`() throws {
        let box = Received()
        let daemons = try (0..<3).map { _ in
            try shared.daemon { $0.background?.onNote = { box.add($0) } }
        }
        let command = try shared.command()
        for number in 0..<10 {
            try command.open.write { transaction throws(AuthError) in
                try transaction.insertNote("note \(number)")
            }
        }
        #expect(becomesTrue { box.all.count == 10 })
        for daemon in daemons { daemon.close() }
        #expect(Set(box.all).count == 10 && box.all.count == 10)
    }

    @Test func `one daemon at a time purges, and another goes on where it was killed`() throws {
        let database = try shared.database.connect()
        let storage = try shared.command()
        shared.clock.advance(seconds: 4_000)
        database.begin(.readCommitted)
        var turn = try #require(try PurgeTurn(lockedIn: database))
        let isDue = turn.proceed(at: shared.clock.now)
        #expect(isDue)
        try turn.save(in: database)
        let other = try shared.database.connect()
        let excluded = try other.transaction(.readCommitted) { () throws(PostgreSQLError) in
            try PurgeTurn(lockedIn: other)
        }
        #expect(excluded == nil)
        try database.commit()
        let next = try other.transaction(.readCommitted) { () throws(PostgreSQLError) in
            try PurgeTurn(lockedIn: other)
        }
        #expect(next == turn)
        #expect(try !PurgeBatch(storage.instance).run(on: other))
        let done = try other.transaction(.readCommitted) { () throws(PostgreSQLError) in
            try PurgeTurn(lockedIn: other)
        }
        #expect(done?.isUnderWay == false && done?.time == turn.time)
    }

    @Test func `a purge looks at every session for those that went unused, page after page`() throws
    {
        let limit = try #require(IdleLimit(seconds: 600))
        let storage = try shared.daemon { $0.idleLimit = limit }
        let account = try Account.sample()
        try storage.open.add(account)
        let (began, end) = (
            Timestamp.start.milliseconds, shared.clock.now.adding(seconds: 9_999_999)
        )
        try shared.database.execute(
            """
            INSERT INTO sessions SELECT gen_random_uuid(), sha256(CAST(CAST(number AS text) AS bytea)),
                '\(account.id)', \(began), \(end.milliseconds), NULL, 'password', 1
            FROM generate_series(1, 1200) AS number
            """)
        let database = try shared.database.connect()
        let time = Timestamp.start.adding(seconds: 100_000)
        var (position, ended, pages) = (UUID?.some(.least), 0, 0)
        while let last = position {
            let batch = try Purge.endUnused(
                in: database, after: last, for: limit, besides: storage.instance.cached.activity,
                at: time)
            (position, ended, pages) = (batch.next, ended + batch.ended.count, pages + 1)
        }
        #expect(ended == 1_200 && pages == 3)
        #expect(try count("sessions", where: "ended_at IS NULL") == "0")
    }

    @Test func `what cannot end sessions removes history all the same`() throws {
        let limit = try #require(IdleLimit(seconds: 600))
        let storage = try shared.command { $0.idleLimit = limit }
        let account = try Account.sample()
        try storage.open.add(account)
        let session = Session.sample(of: account, lifetime: 9_999_999)
        try storage.open.add(session)
        try shared.database.execute(
            """
            INSERT INTO sessions SELECT gen_random_uuid(), sha256('past'), '\(account.id)', 1, 2, 3,
                'password', 1
            """,
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$BEGIN RAISE EXCEPTION 'refused'; END$$
            """,
            """
            CREATE TRIGGER refusal BEFORE UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION refuse()
            """)
        shared.clock.advance(seconds: 100_000)
        let database = try shared.database.connect()
        let batch = PurgeBatch(storage.instance)
        #expect(throws: PostgreSQLError.self) { try batch.run(on: database) }
        #expect(try count("sessions") == "1", "the one that ended long ago is gone")
        try shared.database.execute("DROP TRIGGER refusal ON sessions")
        #expect(try !batch.run(on: database))
        #expect(try count("sessions", where: "ended_at IS NULL") == "0")
    }

    @Test func `a purge removes history and what is left behind, in batches`() throws {
        let storage = try shared.command()
        let account = try Account.sample()
        try storage.open.add(account)
        for _ in 0..<3 { try storage.open.add(Session.sample(of: account)) }
        try shared.database.execute(
            """
            INSERT INTO sessions SELECT gen_random_uuid(), sha256(CAST(CAST(number AS text) AS bytea)),
                '\(account.id)', 1, 2, 3, 'password', 1 FROM generate_series(1, 700) AS number
            """)
        shared.clock.advance(seconds: 3_600)
        let database = try shared.database.connect()
        let batch = PurgeBatch(storage.instance)
        #expect(try batch.run(on: database))
        #expect(try !batch.run(on: database))
        #expect(try count("sessions") == "3")
        #expect(try !batch.run(on: database), "the next comes in an hour")
    }

    @Test func `sessions that a purge ends are refused by other daemons`() throws {
        let limit = try #require(IdleLimit(seconds: 600))
        let daemon = try shared.daemon()
        let account = try Account.sample()
        let session = Session.sample(of: account, lifetime: 1_000_000)
        try daemon.open.add(account)
        try daemon.open.add(session)
        #expect(
            try becomesTrue {
                _ = try daemon.open.session(.id(session.id), now: .start)
                return (try? daemon.memory.session(.id(session.id), now: .start)) != nil
            })
        let purging = try shared.daemon { $0.idleLimit = limit }
        shared.clock.advance(seconds: 100_000)
        _ = try PurgeBatch(purging.instance).run(on: try shared.database.connect())
        #expect(
            try becomesTrue { try daemon.open.session(.id(session.id), now: .start) == nil })
    }

    @Test func `changes are kept for as long as a daemon may need them`() throws {
        let command = try shared.command()
        try command.open.write { transaction throws(AuthError) in
            try transaction.save(try transaction.settings())
        }
        let database = try shared.database.connect()
        #expect(try !ChangeRows.removeOld(from: database))
        #expect(try count("changes") == "1")
        try shared.database.execute("UPDATE changes SET key = key - \(ChangeRows.retention + 1)")
        #expect(try !ChangeRows.removeOld(from: database))
        #expect(try count("changes") == "0")
    }
}

/// What several threads received.
private final class Received: Sendable {
    private let notes = Mutex([String]())

    var all: [String] { notes.withLock { $0 } }

    func add(_ note: String) { notes.withLock { $0.append(note) } }
}
