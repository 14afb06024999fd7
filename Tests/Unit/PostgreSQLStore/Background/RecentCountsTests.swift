import Auth
import Crypto
import System
import TestSupport
import Testing

@testable import PostgreSQLStore

@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct RecentCountsTests {
    private let shared: SharedDatabase

    init() throws {
        shared = try SharedDatabase()
    }

    private func mail() throws -> Mail {
        Mail(
            id: .random(), kind: .welcome, recipient: try .sample("ada@example.org"),
            accountID: nil, content: [1], createdAt: .start)
    }

    @Test func `mails that are queued at once do not conflict`() throws {
        let daemon = try shared.daemon()
        #expect(becomesTrue { daemon.instance.recentCounts?.waitingMails == 0 })
        let mails = try (0..<80).map { _ in try mail() }
        _ = try inParallel(4) { index in
            let store = daemon.open
            for mail in mails[(20 * index)..<(20 * index + 20)] {
                try? store.write { transaction throws(AuthError) in
                    try transaction.enqueue(mail)
                }
            }
        }
        #expect(daemon.retries.conflicts == 0)
        #expect(becomesTrue { daemon.instance.recentCounts?.waitingMails == 80 })
        let waiting = try daemon.open.write { transaction throws(AuthError) in
            try transaction.waitingMails()
        }
        #expect(waiting == 80)
    }

    @Test func `accounts and sessions are counted once a minute`() throws {
        let counts = RecentCounts(keptFor: 60)
        func counted(_ sessions: Int, at time: UInt64) throws -> Int {
            try counts.counts(at: time) { () throws(AuthError) in
                StoreCounts(accounts: [:], sessions: sessions)
            }.sessions
        }
        #expect(try counted(1, at: 5) == 1)
        #expect(try counted(2, at: 4 + 60_000_000_000) == 1)
        #expect(try counted(3, at: 5 + 60_000_000_000) == 3)
    }
}
