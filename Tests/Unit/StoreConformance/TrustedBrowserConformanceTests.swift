import Crypto
import TestSupport
import Testing

@testable import Auth

struct TrustedBrowserConformanceTests {
    @Test(arguments: StoreKind.all)
    func `trusted browsers are listed newest first until their trust ends`(kind: StoreKind) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        let accounts = try ["ada", "bob"].map { try Account.sample("\($0)@example.org") }
        for account in accounts { try store.add(account) }
        let browsers = [0, 2, 1].map {
            TrustedBrowser.sample(of: accounts[0], at: .start.adding(seconds: $0), lifetime: 10)
        }
        let foreign = TrustedBrowser.sample(of: accounts[1])
        try store.add(browsers + [foreign])
        func listed(at seconds: Int64) throws -> [TrustedBrowser] {
            try other.trustedBrowsers(of: accounts[0].id, at: .start.adding(seconds: seconds))
        }
        #expect(try listed(at: 9) == [browsers[1], browsers[2], browsers[0]])
        #expect(try listed(at: 10) == [browsers[1], browsers[2]])
        #expect(try listed(at: 12) == [])
        // A transaction finds each by the account that trusts it, also afterwards.
        subject.clock.set(to: .start.adding(seconds: 60))
        let found = try store.write { transaction throws(AuthError) in
            [
                try transaction.trustedBrowser(browsers[0].hash, of: accounts[0].id),
                try transaction.trustedBrowser(browsers[0].hash, of: accounts[1].id),
                try transaction.trustedBrowser(.random(), of: accounts[0].id),
            ]
        }
        #expect(found == [browsers[0], nil, nil])
    }

    @Test(arguments: StoreKind.all)
    func `the last sign-in that a browser eased is recorded`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        try store.add(account)
        let browsers = (0..<2).map { _ in TrustedBrowser.sample(of: account) }
        try store.add(browsers)
        let time = Timestamp.start.adding(seconds: 5)
        try store.write { transaction throws(AuthError) in
            try transaction.updateTrustedBrowser(browsers[0].id, lastUsedAt: time)
        }
        var used = browsers[0]
        used.lastUsedAt = time
        let present = try store.trustedBrowsers(of: account.id, at: .start)
        #expect(present.contains(used) && present.contains(browsers[1]) && present.count == 2)
    }

    @Test(arguments: StoreKind.all)
    func `trust is ended by its account, one browser or all but the newest`(kind: StoreKind) throws
    {
        let subject = try kind.open()
        let store = subject.store()
        let accounts = try ["ada", "bob"].map { try Account.sample("\($0)@example.org") }
        for account in accounts { try store.add(account) }
        let browsers = (0..<4).map {
            TrustedBrowser.sample(of: accounts[0], at: .start.adding(seconds: Int64($0)))
        }
        let foreign = TrustedBrowser.sample(of: accounts[1])
        try store.add(browsers + [foreign])
        let deleted = try store.write { transaction throws(AuthError) in
            [
                try transaction.deleteTrustedBrowser(browsers[0].id, of: accounts[1].id),
                try transaction.deleteTrustedBrowser(browsers[0].id, of: accounts[0].id),
                try transaction.deleteTrustedBrowser(browsers[0].id, of: accounts[0].id),
            ]
        }
        #expect(deleted == [false, true, false])
        for (kept, count) in [(5, 0), (2, 1), (0, 2), (0, 0)] {
            let deleted = try store.write { transaction throws(AuthError) in
                try transaction.deleteTrustedBrowsers(of: accounts[0].id, keeping: kept)
            }
            #expect(deleted == count)
            let newest = Array(browsers.dropFirst().suffix(kept).reversed())
            #expect(try store.trustedBrowsers(of: accounts[0].id, at: .start) == newest)
        }
        #expect(try store.trustedBrowsers(of: accounts[1].id, at: .start) == [foreign])
    }

    @Test(arguments: StoreKind.all)
    func `trust is ended for all accounts at once`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let accounts = try ["ada", "bob"].map { try Account.sample("\($0)@example.org") }
        for account in accounts { try store.add(account) }
        try store.add(accounts.map { TrustedBrowser.sample(of: $0) })
        for count in [2, 0] {
            #expect(
                try store.write { transaction throws(AuthError) in
                    try transaction.deleteAllTrustedBrowsers()
                } == count)
        }
        for account in accounts {
            #expect(try store.trustedBrowsers(of: account.id, at: .start) == [])
        }
    }

    @Test(arguments: StoreKind.all)
    func `of ten threads that end the trust in a browser only one finds it`(kind: StoreKind) throws
    {
        let subject = try kind.open()
        let account = try Account.sample()
        try subject.store().add(account)
        let browser = TrustedBrowser.sample(of: account)
        try subject.store().add([browser])
        let outcomes = try inParallel(10) { _ in
            try? subject.store().write { transaction throws(AuthError) in
                try transaction.deleteTrustedBrowser(browser.id, of: account.id)
            }
        }
        #expect(outcomes.count { $0 == true } == 1)
        #expect(outcomes.count { $0 == false } == 9)
    }
}
