import Auth
import Synchronization
import TestSupport
import Testing

@testable import SQLiteStore

struct OtherProcessTests {
    @Test func `changes by another process are seen, also in the caches`() throws {
        let fixture = try Fixture()
        let (store, account) = (fixture.store(), try Account.sample())
        let session = Session.sample(of: account)
        try store.add(account)
        try store.add(session)
        let key = APIKeySample(of: account)
        try store.add(key)
        #expect(try store.apiKey(key.hash, now: .start) == key.key)
        #expect(try store.account(account.id)?.account == account)
        #expect(try store.session(.id(session.id), now: .start) == session)

        let other = try fixture.otherProcess()
        try other.execute("UPDATE accounts SET name = 'Grace', role = 'owner'")
        try other.execute("UPDATE sessions SET ended_at = 1")
        try other.execute("UPDATE api_keys SET revoked_at = 1")
        try other.execute("INSERT OR REPLACE INTO settings VALUES ('signup', 0)")

        try eventually { try store.account(account.id)?.account.name == "Grace" }
        try eventually { try store.session(.id(session.id), now: .start) == nil }
        try eventually { try store.apiKey(key.hash, now: .start) == nil }
        eventually { store.state.hasOwner && !store.state.settings.signup }
    }

    @Test func `a note of a command is logged once and in order`() throws {
        let taken = Taken()
        let directory = try TemporaryDirectory()
        let before = try Fixture(in: directory)
        try before.leave("of before the start")
        before.storage.close()
        let server = try Fixture(in: directory, onNote: { taken.add($0) })
        eventually { taken.notes == ["of before the start"] }
        let command = try Fixture(in: directory)
        for note in ["first", "second"] { try command.leave(note) }
        command.storage.close()
        eventually { taken.notes == ["of before the start", "first", "second"] }
        #expect(try Notes.take(from: server.otherProcess()) == [])
    }

    @Test func `the newest of the notes that no server takes are kept`() throws {
        let fixture = try Fixture()
        try fixture.store().write { transaction throws(AuthError) in
            for number in 0..<(AdministrationService.maximumNotes + 5) {
                try transaction.leave(note: "\(number)")
            }
        }
        let kept = try Notes.take(from: fixture.otherProcess())
        #expect(kept.count == AdministrationService.maximumNotes)
        #expect(kept.first == "5" && kept.last == "\(AdministrationService.maximumNotes + 4)")
    }

    @Test func `two storages on one database see each other's writes`() throws {
        let first = try Fixture()
        let second = try Fixture(in: first.directory)
        let account = try Account.sample()
        try first.store().add(account)
        #expect(try second.store().account(account.id)?.account == account)
        var renamed = account
        renamed.name = "Grace"
        try second.store().update(renamed)
        try eventually { try first.store().account(account.id)?.account.name == "Grace" }
        second.storage.close()
    }

    @Test func `a row that violates the schema is an error and not a crash`() throws {
        let fixture = try Fixture()
        let (store, account) = (fixture.store(), try Account.sample())
        try store.add(account)
        let other = try fixture.otherProcess()
        try other.execute("PRAGMA ignore_check_constraints = ON")
        func expectFault(_ read: () throws(AuthError) -> Void) throws {
            let fault = try #require(failure(read)?.fault)
            #expect(fault.contains("unreadable column"))
            #expect(!fault.contains("hunter2") && !fault.contains("emperor"))
        }
        try other.execute("UPDATE credentials SET data = CAST('hunter2' AS BLOB)")
        try expectFault { () throws(AuthError) in _ = try store.credential(account.email) }
        try other.execute("UPDATE accounts SET role = 'emperor'")
        try expectFault { () throws(AuthError) in _ = try store.account(account.id) }
        try expectFault { () throws(AuthError) in _ = try store.credential(account.email) }
    }
}

/// Collects notes.
private final class Taken: Sendable {
    private let kept = Mutex<[String]>([])

    var notes: [String] { kept.withLock { $0 } }

    func add(_ note: String) { kept.withLock { $0.append(note) } }
}

extension Fixture {
    /// Leaves a note like a command.
    fileprivate func leave(_ note: String) throws {
        try store().write { transaction throws(AuthError) in try transaction.leave(note: note) }
    }
}
