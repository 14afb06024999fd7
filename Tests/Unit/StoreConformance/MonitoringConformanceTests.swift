import Auth
import TestSupport
import Testing

/// Figures for the operator of a server.
struct MonitoringConformanceTests {
    @Test(arguments: StoreKind.all)
    func `accounts are counted by status, and live sessions`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        #expect(
            try store.counts(now: .start) == StoreCounts(accounts: [:], sessions: 0))
        let statuses: [Account.Status] = [.active, .pending, .active, .disabled, .active]
        var accounts: [Account] = []
        for (index, status) in statuses.enumerated() {
            accounts.append(try .sample("\(index)@example.org", status: status))
            try store.add(accounts[index])
        }
        let ended = Session.sample(of: accounts[0])
        let sessions = [
            Session.sample(of: accounts[0], at: .start, lifetime: 10),
            Session.sample(of: accounts[1], at: .start, lifetime: 20), ended,
        ]
        for session in sessions { try store.add(session) }
        _ = try store.write { transaction throws(AuthError) in
            try transaction.endSession(.id(ended.id), of: nil)
        }
        let counts: [Account.Status: Int] = [.active: 3, .pending: 1, .disabled: 1]
        for (seconds, live) in [(1, 2), (10, 1), (20, 0)] {
            let found = try store.counts(now: .start.adding(seconds: Int64(seconds)))
            #expect(found == StoreCounts(accounts: counts, sessions: live))
        }
    }

    @Test(arguments: StoreKind.all)
    func `a probe changes no stored data`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        try store.add(account)
        for _ in 0..<3 { try store.probe(within: 5) }
        #expect(try store.account(account.id)?.account == account)
        #expect(try store.counts(now: .start).accounts == [.active: 1])
    }
}
