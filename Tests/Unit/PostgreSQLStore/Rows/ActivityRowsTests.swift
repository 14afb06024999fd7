import Auth
import StoreSupport
import System
import TestSupport
import Testing

@testable import PostgreSQLStore

@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct ActivityRowsTests {
    private let shared: SharedDatabase

    init() throws {
        shared = try SharedDatabase()
    }

    private func written(_ times: [Int64]) throws -> Bool {
        let list = times.map(String.init).joined(separator: ", ")
        return try shared.database.execute(
            "SELECT count(*) FROM sessions WHERE last_seen_at IN (\(list))") == "\(times.count)"
    }

    @Test func `a row that another transaction has is written last, and holds up no other`() throws
    {
        let command = try shared.command()
        defer { command.close() }
        let store = command.open
        let account = try Account.sample()
        let sessions = (0..<3).map { _ in Session.sample(of: account) }
        try store.add(account)
        for session in sessions { try store.add(session) }
        let uses = sessions.enumerated().map { (number, session) in
            (
                subject: Activity.Subject.session(session.id),
                time: Timestamp.start.adding(seconds: Int64(number + 1))
            )
        }
        let times = uses.map(\.time.milliseconds)
        let other = try shared.database.connect()
        other.begin(.readCommitted)
        try other.execute(
            "UPDATE sessions SET user_agent = 'changed' WHERE id = $1", .id(sessions[1].id))
        let database = shared.database
        let thread = try Thread {
            guard let connection = try? database.connect() else { return }
            try? ActivityRows.write(uses, to: connection)
        }
        #expect(try becomesTrue { try written([times[0], times[2]]) })
        #expect(try !written([times[1]]))
        try other.commit()
        thread.join()
        #expect(try written(times))
    }

    @Test func `a use changes neither a later one nor the time before the session began`() throws {
        let command = try shared.command()
        defer { command.close() }
        let store = command.open
        let account = try Account.sample()
        let session = Session.sample(of: account)
        try store.add(account)
        try store.add(session)
        let database = try shared.database.connect()
        for (seconds, expected) in [(-9, 0), (5, 5), (3, 5)] as [(Int64, Int64)] {
            try ActivityRows.write(
                [(.session(session.id), .start.adding(seconds: seconds))], to: database)
            #expect(try written([Timestamp.start.adding(seconds: expected).milliseconds]))
        }
    }
}
