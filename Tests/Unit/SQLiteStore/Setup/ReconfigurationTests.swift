import Auth
import Glibc
import StoreSupport
import System
import TestSupport
import Testing

@testable import SQLiteStore

/// Changes of the settings that setup stored.
struct ReconfigurationTests {
    private func rename(_ name: String, in store: any SetupStore) throws(AuthError) {
        try store.reconfigure { (transaction, record) throws(AuthError) in
            record.databaseName = name
            var settings = try transaction.settings()
            settings.signup = false
            try transaction.save(settings)
        }
    }

    @Test func `a change is written to file and database and visible on every thread`() throws {
        let fixture = try Fixture()
        try fixture.store().setUp("main")
        let elsewhere = fixture.store()
        try rename("renamed", in: fixture.store())
        #expect(try fixture.directory.bytes("setup.json") == Array("setup of renamed".utf8))
        #expect(elsewhere.state.setup?.databaseName == "renamed")
        #expect(!elsewhere.state.settings.signup)
        let row = try RecordRow.read(from: fixture.otherProcess())
        #expect(row == Array("setup of renamed".utf8))
    }

    @Test func `a refused change changes nothing`() throws {
        let fixture = try Fixture()
        try fixture.store().setUp("main")
        let store = fixture.store()
        let refusal = failure { () throws(AuthError) in
            try store.reconfigure { (transaction, record) throws(AuthError) in
                record.databaseName = "other"
                try transaction.save(Settings())
                throw AuthError.forbidden(.notOwner)
            }
        }
        #expect(refusal == .forbidden)
        #expect(try fixture.directory.bytes("setup.json") == Array("setup of main".utf8))
        #expect(fixture.store().state.setup?.databaseName == "main")
        try store.add(.sample("later@example.org"))
    }

    @Test func `a failed commit leaves the file unchanged`() throws {
        let fixture = try Fixture(writeSeconds: 2)
        try fixture.store().setUp("main")
        let other = try fixture.otherProcess()
        try other.execute("BEGIN IMMEDIATE")
        let store = fixture.store()
        let refusal = failure { () throws(AuthError) in try rename("renamed", in: store) }
        #expect(refusal?.fault != nil)
        #expect(try fixture.directory.bytes("setup.json") == Array("setup of main".utf8))
        try other.execute("ROLLBACK")
        #expect(fixture.store().state.setup?.databaseName == "main")
    }

    @Test func `a running server sees a change by another process`() throws {
        let fixture = try Fixture()
        try fixture.store().setUp("main")
        let record = SetupRecord.sample("main")
        let command = try Fixture(in: fixture.directory, setup: record)
        try rename("renamed", in: command.store())
        eventually { fixture.store().state.setup?.databaseName == "renamed" }
        command.storage.close()
    }

    @Test func `a daemon copies the record from the file to the database`() throws {
        let directory = try TemporaryDirectory()
        let clock = TestClock()
        let first = try Fixture(in: directory, clock: clock)
        try first.store().setUp("main")
        first.storage.close()
        var configuration = Fixture.configuration(
            directory, clock, setup: .sample("changed by hand"))
        configuration.keepsSetup = true
        let daemon = try Storage(configuration)
        daemon.close()
        let database = try Database(path: first.path(), for: .reading)
        #expect(try RecordRow.read(from: database) == Array("setup of changed by hand".utf8))
    }

    @Test func `only databases that are set up are found`() throws {
        let fixture = try Fixture()
        #expect(SetUpDatabase.all(in: fixture.directory.path) == [])
        try fixture.store().add(.sample("guest@example.org"))
        #expect(SetUpDatabase.all(in: fixture.directory.path) == [])
        try fixture.store().setUp("other")
        let found = SetUpDatabase(
            name: "other", record: Array("setup of other".utf8), settings: Settings(),
            dataKey: nil)
        // The server removes the marker that setup leaves.
        eventually { SetUpDatabase.all(in: fixture.directory.path) == [found] }
        #expect(SetUpDatabase.all(in: fixture.directory.path, named: ["main"]) == [])
        #expect(SetUpDatabase.all(in: "/nonexistent") == [])
        for name in ["notes", "a b"] {
            try DurableFile.write(Array("no database".utf8), to: fixture.path(name))
        }
        #expect(SetUpDatabase.all(in: fixture.directory.path) == [found])
    }
}
