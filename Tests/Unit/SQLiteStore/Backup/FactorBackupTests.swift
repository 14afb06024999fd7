import Auth
import Crypto
import TestSupport
import Testing

@testable import SQLiteStore

/// Second factors in backups, and after their restore.
struct FactorBackupTests {
    private let clock = TestClock()

    /// A database with an account that has every kind of credential, a challenge and trusted browsers.
    private func fill(_ fixture: Fixture) throws -> Account {
        let account = try Account.sample()
        let store = fixture.store()
        try store.add(account)
        try store.add(Credential.Kind.allCases.map { Credential.sample($0, of: account) })
        try store.add([Challenge.sample(of: account), .sample(.passkeySignIn, of: nil)])
        try store.add([
            TrustedBrowser.sample(of: account), .sample(of: account),
            .sample(of: account, at: .start.adding(seconds: -100)),
        ])
        try store.write { transaction throws(AuthError) in
            try transaction.save(dataKey: [1, 2, 3])
        }
        return account
    }

    private func backUp(_ fixture: Fixture) throws(StorageError) -> Backup {
        try Backup.make(
            of: fixture.path(), to: "\(fixture.directory.path)/backup", replacing: false,
            setup: nil, now: clock.now)
    }

    private func restore(
        _ fixture: Fixture, alongside work: (any Transaction) throws(AuthError) -> Void = { _ in }
    ) throws(StorageError) -> Restore.Outcome {
        try Restore(
            of: "\(fixture.directory.path)/backup", to: fixture.path(), now: clock.now
        ).run(revokingAPIKeys: false, writing: nil, alongside: work)
    }

    @Test func `a backup tells whether it holds factors, and has their key`() throws {
        let empty = try Fixture()
        let made = try backUp(empty)
        #expect(made.dataKey == nil && !made.hasFactors)
        let fixture = try Fixture()
        _ = try fill(fixture)
        let full = try backUp(fixture)
        #expect(full.dataKey == [1, 2, 3] && full.hasFactors)
    }

    @Test func `a restore keeps factors and their key, and ends trust and half sign-ins`() throws {
        let first = try Fixture()
        let account = try fill(first)
        let before = try first.store().credentials(of: account.id)
        _ = try backUp(first)
        first.storage.close()
        let outcome = try restore(first)
        #expect(outcome.trustedBrowsers == 2 && outcome.accountsWithFactors == 1)
        let second = try Fixture(in: first.directory)
        #expect(try second.store().credentials(of: account.id) == before)
        #expect(try second.store().credential(account.email)?.passwordHash != nil)
        let database = try second.otherProcess()
        #expect(try database.dataKey() == [1, 2, 3])
        #expect(try database.integer("SELECT count(*) FROM challenges") == 0)
        #expect(try database.integer("SELECT count(*) FROM trusted_browsers") == 0)
    }

    @Test func `factors can be removed by the transaction that restores`() throws {
        let first = try Fixture()
        let account = try fill(first)
        _ = try backUp(first)
        first.storage.close()
        let outcome = try restore(first) { transaction throws(AuthError) in
            #expect(transaction.now == clock.now)
            #expect(try transaction.deleteCredentials(of: account.id) == 3)
        }
        #expect(outcome.accountsWithFactors == 0)
        let second = try Fixture(in: first.directory)
        #expect(try second.store().credentials(of: account.id) == [])
        #expect(try second.store().credential(account.email)?.passwordHash != nil)
    }

    @Test func `a restore whose work fails changes nothing`() throws {
        let fixture = try Fixture()
        let account = try fill(fixture)
        _ = try backUp(fixture)
        fixture.storage.close()
        let names = try fixture.directory.names()
        let error = #expect(throws: StorageError.self) {
            try restore(fixture) { transaction throws(AuthError) in
                try transaction.deleteCredentials(of: account.id)
                throw .unavailable("no mail can be written")
            }
        }
        #expect(error?.description.contains("no mail can be written") == true)
        #expect(try fixture.directory.names() == names)
        let database = try Database(path: fixture.path(), for: .inspecting)
        #expect(try database.integer("SELECT count(*) FROM trusted_browsers") == 3)
    }
}
