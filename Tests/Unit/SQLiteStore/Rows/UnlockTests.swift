import Crypto
import Testing
import TestSupport

@testable import Auth
@testable import SQLiteStore

/// Unlocks reach the process that counts failures, this one or another.
struct UnlockTests {
    private let key = Secret.random()
    private let email = "ada@example.org"

    private func counter() -> FailedLogins {
        Throttle(isEnabled: true, failureKey: key) { 0 }.failedLogins
    }

    private func failOften(_ counter: FailedLogins) {
        for network in 0..<60 {
            _ = counter.begin(at: email, by: nil, from: .ipv4(UInt32(network)))
        }
        #expect(isLocked(counter))
    }

    private func isLocked(_ counter: FailedLogins) -> Bool {
        if case .refused = counter.begin(at: email, by: nil, from: .ipv4(1_000)) {
            true
        } else {
            false
        }
    }

    private func unlock(_ account: Account, in store: any Store) throws {
        try store.write { transaction throws(AuthError) in
            try transaction.clearFailedLogins(of: account)
        }
    }

    /// The numbers of stored counts and of pending unlocks.
    private func rows(_ fixture: Fixture) throws -> [Int64] {
        let database = try fixture.otherProcess()
        return [
            try database.integer("SELECT count(*) FROM failed_logins"),
            try database.integer("SELECT count(*) FROM unlocks"),
        ]
    }

    @Test func `an unlock in the same process takes effect before the write returns`() throws {
        let counter = counter()
        let fixture = try Fixture(failedLogins: counter)
        let account = try Account.sample(email)
        try fixture.store().add(account)
        failOften(counter)
        try eventually { try rows(fixture) == [1, 0] }
        try unlock(account, in: fixture.store())
        #expect(!isLocked(counter))
        counter.clear(at: account.email)
        try eventually { try rows(fixture) == [0, 0] }
    }

    @Test func `an unlock by another process is applied`() throws {
        let counter = counter()
        let server = try Fixture(failedLogins: counter)
        let account = try Account.sample(email)
        try server.store().add(account)
        failOften(counter)
        let command = try Fixture(in: server.directory)
        try unlock(account, in: command.store())
        command.storage.close()
        eventually { !isLocked(counter) }
        counter.clear(at: account.email)
        try eventually { try rows(server) == [0, 0] }
    }

    @Test func `an unlock is applied by a process that starts later`() throws {
        let first = try Fixture(failedLogins: counter())
        let account = try Account.sample(email)
        try first.store().add(account)
        failOften(try #require(first.storage.instance.configuration.failedLogins))
        first.storage.close()
        #expect(try rows(first) == [1, 0])
        let command = try Fixture(in: first.directory)
        try unlock(account, in: command.store())
        command.storage.close()
        #expect(try rows(first) == [1, 1])

        let counter = counter()
        let second = try Fixture(in: first.directory, failedLogins: counter)
        try eventually { try rows(second) == [0, 0] }
        #expect(!isLocked(counter))
        // Applied once: later failures count again.
        second.storage.close()
        let third = self.counter()
        let last = try Fixture(in: first.directory, failedLogins: third)
        failOften(third)
        try eventually { try rows(last) == [1, 0] }
        #expect(isLocked(third))
    }

    @Test func `deleting an account deletes its pending unlock`() throws {
        let fixture = try Fixture()
        let account = try Account.sample(email)
        try fixture.store().add(account)
        try unlock(account, in: fixture.store())
        #expect(try rows(fixture) == [0, 1])
        try fixture.store().write { transaction throws(AuthError) in
            try transaction.eraseAccount(account.id)
        }
        #expect(try rows(fixture) == [0, 0])
    }

    @Test func `an unlock that is rolled back unlocks nothing`() throws {
        let counter = counter()
        let fixture = try Fixture(failedLogins: counter)
        let account = try Account.sample(email)
        try fixture.store().add(account)
        failOften(counter)
        #expect(throws: AuthError.self) {
            try fixture.store().write { transaction throws(AuthError) in
                try transaction.clearFailedLogins(of: account)
                throw AuthError.notFound
            }
        }
        #expect(isLocked(counter))
        try eventually { try rows(fixture) == [1, 0] }
    }
}
