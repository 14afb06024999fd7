import Auth
import CSQLite
import Crypto
import Glibc
import StoreSupport
import System
import TestSupport
import Testing

@testable import SQLiteStore

/// The order of writes to the disk, which only a power failure or the order of system calls shows.
struct DiskCallTests {
    @Test(arguments: [true, false])
    func `a backup is on the disk before it gets its name`(replaces: Bool) throws {
        let fixture = try Fixture()
        try fixture.store().add(.sample())
        let directory = fixture.directory.path
        if replaces { try DurableFile.write([], to: "\(directory)/backup") }
        let calls = try DiskCalls(in: directory) {
            _ = try Backup.make(
                of: fixture.path(), to: "\(directory)/backup", replacing: replaces, setup: nil,
                now: fixture.clock.now)
        }
        #expect(calls.replaceDurably("backup"), "\(calls.lines)")
    }

    @Test func `a restored database and its record are on the disk before they get their names`()
        throws
    {
        let fixture = try Fixture()
        try fixture.store().add(.sample())
        let directory = fixture.directory.path
        _ = try Backup.make(
            of: fixture.path(), to: "\(directory)/backup", replacing: false, setup: nil,
            now: fixture.clock.now)
        fixture.storage.close()
        let calls = try DiskCalls(in: directory) {
            _ = try Restore(
                of: "\(directory)/backup", to: fixture.path(), now: fixture.clock.now
            ).run(
                revokingAPIKeys: false,
                writing: .init(path: "\(directory)/setup.json", content: [1]))
        }
        #expect(calls.replaceDurably("main.db"), "\(calls.lines)")
        #expect(calls.replaceDurably("setup.json"), "\(calls.lines)")
        let moves = ["rename main.db.tmp main.db", "rename setup.json.tmp setup.json"]
        #expect(
            calls.lines.filter(moves.contains) == moves, "the record names an existing database")
    }

    @Test
    func `the database of setup, then its record, are on the disk before they get their names`()
        throws
    {
        let fixture = try Fixture()
        try fixture.store().add(.sample())
        let commit = try fixture.setup("other")
        let calls = try DiskCalls(in: fixture.directory.path) { try commit.run() }
        #expect(calls.replaceDurably("other.db"), "\(calls.lines)")
        #expect(calls.replaceDurably("setup.json"), "\(calls.lines)")
        let moves = ["rename other.db.tmp other.db", "rename setup.json.tmp setup.json"]
        #expect(
            calls.lines.filter(moves.contains) == moves, "the record names an existing database")
    }

    @Test func `a new database is on the disk before it gets its name`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/main.db"
        let calls = try DiskCalls(in: directory.path) {
            _ = try DatabaseOpener(path: path, schema: .current).open(migrating: true)
        }
        #expect(calls.replaceDurably("main.db"), "\(calls.lines)")
    }

    @Test(arguments: [Database.Purpose.writing, .copying])
    func `a commit is on the disk when it is acknowledged`(purpose: Database.Purpose) throws {
        let fixture = try Fixture()
        fixture.storage.close()
        let database = try Database(path: fixture.path(), for: purpose)
        #expect(try database.integer("PRAGMA synchronous") == 2)
        try database.execute("INSERT INTO meta (name, value) VALUES ('a', '')")
        let calls = try DiskCalls(in: fixture.directory.path) {
            try database.execute("INSERT INTO meta (name, value) VALUES ('b', '')")
        }
        #expect(calls.lines == ["sync main.db-wal"])
    }
}

struct FailedSetupTests {
    @Test(arguments: ["setup of before", nil])
    func `a failed commit leaves the record unchanged`(former: String?) throws {
        let fixture = try Fixture()
        let path = "\(fixture.directory.path)/setup.json"
        if let former { try DurableFile.write(Array(former.utf8), to: path) }
        let commit = try fixture.setup("main")
        // SQLite rolls back a commit when this hook returns 1.
        sqlite3_commit_hook(commit.present.handle, { _ in 1 }, nil)
        let error = failure { () throws(AuthError) in try commit.run() }
        #expect(error?.fault != nil, "\(String(describing: error))")
        #expect(
            try DurableFile.read(path, limit: 1 << 16).map { String(decoding: $0, as: UTF8.self) }
                == former)
        #expect(try !fixture.otherProcess().hasOwner())
        #expect(!fixture.store().state.hasOwner)
        // And setup can be repeated.
        try fixture.store().setUp("main")
        #expect(fixture.store().state.hasOwner)
    }
}

extension Fixture {
    /// A setup that runs on the test's thread, with its own connection.
    fileprivate func setup(_ name: String) throws -> SetupTransaction {
        let owner = try Account.sample("owner@example.org", role: .owner)
        return SetupTransaction(
            setup: SetupJob(
                record: .sample(name), owner: owner, passwordHash: try .sample(),
                session: .sample(of: owner), client: .commandLine, work: { _ in }),
            instance: storage.instance, present: try otherProcess(), isAwaited: { true })
    }
}
