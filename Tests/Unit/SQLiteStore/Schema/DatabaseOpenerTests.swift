import Auth
import Glibc
import System
import Testing
import TestSupport

@testable import SQLiteStore

struct DatabaseOpenerTests {
    private func open(_ directory: TemporaryDirectory) throws(StorageError) {
        try Storage(Fixture.configuration(directory, TestClock())).close()
    }

    private static let later = Schema(
        migrations: Schema.current.migrations + [
            Migration(
                version: Schema.current.version + 1,
                statements: ["ALTER TABLE accounts ADD COLUMN nickname TEXT"])
        ])

    @Test func `a new database can be read only by its user`() throws {
        let previous = umask(0)
        defer { umask(previous) }
        let fixture = try Fixture()
        try fixture.store().add(.sample())
        for name in try fixture.directory.names() {
            var status = stat()
            #expect(lstat("\(fixture.directory.path)/\(name)", &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600, "\(name)")
        }
        #expect(try fixture.directory.names().contains("main.db-wal"))
    }

    @Test func `written rows are there at the next start`() throws {
        let first = try Fixture()
        let account = try Account.sample(role: .owner)
        try first.store().add(account)
        first.storage.close()
        let second = try Fixture(in: first.directory)
        #expect(second.store().state.hasOwner)
        #expect(try second.store().account(account.id)?.account == account)
        second.storage.close()
    }

    @Test func `an older schema is migrated and keeps its rows`() throws {
        let first = try Fixture()
        let account = try Account.sample()
        try first.store().add(account)
        first.storage.close()
        let second = try Fixture(in: first.directory, schema: Self.later)
        #expect(try second.store().account(account.id)?.account == account)
        #expect(try second.otherProcess().integer("SELECT count(nickname) FROM accounts") == 0)
        second.storage.close()
    }

    @Test func `an older schema is refused when migrations are manual`() throws {
        let first = try Fixture()
        first.storage.close()
        let version = Schema.current.version
        let error = #expect(throws: StorageError.self) {
            try Fixture(in: first.directory, migrates: false, schema: Self.later)
        }
        #expect(
            error == .pendingMigration(path: first.path(), from: version, to: version + 1))
        #expect(error?.description.contains("lunauth migrate") == true)
    }

    @Test func `a new and a current database open with manual migrations`() throws {
        let first = try Fixture(migrates: false)
        first.storage.close()
        try Fixture(in: first.directory, migrates: false).storage.close()
    }

    /// What a start compares a database with; an outdated one would only make each start slower.
    @Test func `the digest of the schema is that of what its migrations make`() throws {
        let model = try Database(path: ":memory:", for: .copying)
        try Schema.current.migrate(model)
        let digest = try Schema.digest(of: model)
        #expect(digest == Schema.current.digest)
        try model.execute("ANALYZE")
        #expect(try Schema.digest(of: model) == digest, "SQLite's own tables")
        try model.execute("DROP INDEX session_ends")
        #expect(try Schema.digest(of: model) != digest)
    }

    @Test func `a failed migration leaves the previous schema`() throws {
        let first = try Fixture()
        first.storage.close()
        let broken = Schema(
            migrations: Self.later.migrations + [
                Migration(
                    version: Self.later.version + 1,
                    statements: ["CREATE TABLE half (a) STRICT", "nonsense"])
            ])
        #expect(throws: StorageError.self) { try Fixture(in: first.directory, schema: broken) }
        let database = try first.otherProcess()
        #expect(try Schema.version(of: database) == Self.later.version)
    }

    @Test func `the command line lists and runs pending migrations`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/main.db"
        let absent = StorageError.absent(path: path)
        #expect(throws: absent) { try Storage.pendingMigrations(path: path) }
        #expect(throws: absent) { try Storage.migrate(path: path) }
        #expect(try directory.names().isEmpty, "neither creates a file")
        _ = try DatabaseOpener(path: path, schema: .current).open(migrating: true)
        #expect(try Storage.pendingMigrations(path: path).isEmpty)
        try Storage.migrate(path: path)
        #expect(
            try DatabaseOpener(path: path, schema: Self.later).pending() == [Self.later.version])
    }

    @Test func `a newer schema is refused with its version`() throws {
        let first = try Fixture(schema: Self.later)
        first.storage.close()
        let expected = StorageError.newerSchema(
            path: first.path(), found: Self.later.version, known: Schema.current.version)
        #expect(throws: expected) { try Fixture(in: first.directory) }
        #expect(throws: expected) { try Storage.pendingMigrations(path: first.path()) }
        #expect(expected.description.contains(first.path()))
    }

    @Test func `a file that is not a database is refused and left unchanged`() throws {
        let directory = try TemporaryDirectory()
        let bytes = Array(repeating: UInt8(ascii: "x"), count: 8_192)
        try DurableFile.write(bytes, to: "\(directory.path)/main.db")
        let error = #expect(throws: StorageError.self) { try open(directory) }
        guard case .foreign(let path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(path == "\(directory.path)/main.db")
        #expect(try directory.bytes("main.db") == bytes)
    }

    @Test func `a database of another program is refused`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/main.db"
        try DurableFile.write([], to: path)
        try Database(path: path, for: .copying).execute("CREATE TABLE recipes (name TEXT)")
        let error = #expect(throws: StorageError.self) { try open(directory) }
        guard case .foreign = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    enum Damage: CaseIterable { case pages, freelistCount }

    @Test(arguments: Damage.allCases)
    func `a damaged database is refused`(damage: Damage) throws {
        let first = try Fixture()
        try first.store().add(.sample())
        first.storage.close()
        var bytes = try first.directory.bytes("main.db")
        switch damage {
        case .pages: for position in 4_096..<bytes.count { bytes[position] = 0xA5 }
        // Only SQLite's integrity check reads it: every query would still work.
        case .freelistCount: bytes[39] = 5
        }
        try DurableFile.write(bytes, to: first.path())
        let error = #expect(throws: StorageError.self) { try Fixture(in: first.directory) }
        guard case .corrupt(let path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(path == first.path())
    }

    @Test func `a data directory that is a file is a system error`() throws {
        let directory = try TemporaryDirectory()
        try DurableFile.write([], to: "\(directory.path)/data")
        var configuration = Fixture.configuration(directory, TestClock())
        configuration.dataDirectory = "\(directory.path)/data"
        let error = #expect(throws: StorageError.self) { try Storage(configuration) }
        guard case .file(.io) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a missing database that setup has named is not created again`() throws {
        let directory = try TemporaryDirectory()
        #expect(throws: StorageError.missing(path: "\(directory.path)/main.db")) {
            try Fixture(in: directory, setup: .sample("main"))
        }
        #expect(try directory.names().isEmpty)
    }

    @Test func `a database that another process has locked is an error`() throws {
        let first = try Fixture()
        first.storage.close()
        let other = try first.otherProcess()
        try other.execute("PRAGMA locking_mode = EXCLUSIVE")
        try other.execute("BEGIN EXCLUSIVE")
        #expect(throws: StorageError.locked(path: first.path())) {
            try Fixture(in: first.directory, writeSeconds: 0)
        }
    }
}
