import Auth
import Crypto
import Glibc
import System
import Synchronization
import Testing
import TestSupport

@testable import SQLiteStore

struct BackupTests {
    private let clock = TestClock()

    private func backUp(
        _ fixture: Fixture, to name: String = "backup", replacing: Bool = false
    ) throws(StorageError) -> Backup {
        try Backup.make(
            of: fixture.path(), to: "\(fixture.directory.path)/\(name)", replacing: replacing,
            setup: Array("setup".utf8), now: clock.now)
    }

    private func restore(
        _ fixture: Fixture, revokingAPIKeys: Bool = false,
        writing setup: Restore.SetupFile? = nil,
        alongside work: (any Transaction) throws(AuthError) -> Void = { _ in }
    ) throws(StorageError) -> Restore.Outcome {
        try Restore(
            of: "\(fixture.directory.path)/backup", to: fixture.path(), now: clock.now
        ).run(revokingAPIKeys: revokingAPIKeys, writing: setup, alongside: work)
    }

    /// Adds one row of each kind that a restore revokes.
    private func fill(_ fixture: Fixture) throws -> Account {
        let account = try Account.sample()
        try fixture.store().add(account)
        try fixture.store().add(.sample(of: account))
        let other = try fixture.otherProcess()
        let (now, id) = (SQLValue.time(clock.now), SQLValue.id(account.id))
        let later = SQLValue.time(clock.now.adding(seconds: 1_000))
        for (index, word) in ["a", "b"].enumerated() {
            let octets = SQLValue.blob([UInt8](repeating: UInt8(index), count: 16))
            let digest = SQLValue.blob([UInt8](repeating: UInt8(index), count: 32))
            try other.execute(
                "INSERT INTO api_keys (id, key_hash, account_id, name, prefix, scopes, created_at,"
                    + " revoked_at) VALUES (?, ?, ?, ?, 'p', 3, ?, ?)",
                octets, digest, id, .text(word), now, index == 0 ? .null : now)
            try other.execute(
                "INSERT INTO invites (id, code_hash, role, tier, max_uses, uses, created_at,"
                    + " expires_at) VALUES (?, ?, 'user', 'free', 1, ?, ?, ?)",
                octets, digest, .integer(Int64(index)), now, later)
        }
        try other.execute(
            "INSERT INTO link_tokens (hash, purpose, account_id, created_at, expires_at)"
                + " VALUES (?, 'decide', ?, ?, ?)", .digest(.random()), id, now, later)
        try other.execute(
            "INSERT INTO mails (id, kind, recipient, content, created_at, next_attempt_at)"
                + " VALUES (?, 'reset', 'x@example.org', x'00', ?, ?)", .id(.random()), now, now)
        return account
    }

    @Test func `a backup of a busy database is a consistent snapshot`() throws {
        let fixture = try Fixture()
        let isDone = Atomic(false)
        let writer = try Thread {
            while !isDone.load(ordering: .relaxed) {
                guard let account = try? Account.sample("\(UUID.random())@example.org"),
                    let hash = try? PasswordHash.sample()
                else { return }
                try? fixture.store().write { transaction throws(AuthError) in
                    try transaction.insert(account, passwordHash: hash)
                    try transaction.insert(.sample(of: account), from: .commandLine)
                }
            }
        }
        defer {
            isDone.store(true, ordering: .relaxed)
            writer.join()
        }
        eventually { fixture.commits > 10 }
        for number in 1...5 {
            let made = try backUp(fixture, to: "backup\(number)")
            let copy = try Database(
                path: "\(fixture.directory.path)/backup\(number)", for: .inspecting)
            #expect(made.accounts >= 10)
            #expect(try copy.integer("SELECT count(*) FROM sessions") == Int64(made.accounts))
        }
        let after = fixture.commits
        eventually { fixture.commits > after }
    }

    @Test func `a backup is a single file that only its user can read`() throws {
        let previous = umask(0)
        defer { umask(previous) }
        let fixture = try Fixture()
        _ = try fill(fixture)
        let before = try fixture.directory.names()
        let made = try backUp(fixture)
        #expect(
            made
                == Backup(
                    madeAt: clock.now, setup: Array("setup".utf8), schema: Schema.current.version,
                    accounts: 1, dataKey: nil, hasFactors: false))
        #expect(try Set(fixture.directory.names()).subtracting(before) == ["backup"])
        var status = stat()
        #expect(lstat("\(fixture.directory.path)/backup", &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        // The journal mode that needs no log beside the file.
        #expect(try fixture.directory.bytes("backup")[18...19] == [1, 1])
    }

    @Test func `a backup replaces a file only when told to, and never the database`() throws {
        let fixture = try Fixture()
        let path = "\(fixture.directory.path)/backup"
        try DurableFile.write([1], to: path)
        #expect(throws: StorageError.exists(path: path)) { try backUp(fixture) }
        #expect(try fixture.directory.bytes("backup") == [1])
        _ = try backUp(fixture, replacing: true)
        #expect(try Backup(path).accounts == 0)
        symlink(fixture.path(), "\(fixture.directory.path)/link")
        for name in ["main.db", "main.db-wal", "link"] {
            #expect(throws: StorageError.inUse(path: "\(fixture.directory.path)/\(name)")) {
                try backUp(fixture, to: name, replacing: true)
            }
        }
    }

    @Test func `a damaged database is not backed up`() throws {
        let fixture = try Fixture()
        for number in 1...40 { try fixture.store().add(.sample("a\(number)@example.org")) }
        fixture.storage.close()
        let bytes = try fixture.directory.bytes("main.db")
        let address = Array("a7@example".utf8)
        let position = try #require(bytes.indices.first { bytes[$0...].starts(with: address) })
        var damaged = bytes
        damaged[position] = UInt8(ascii: "b")
        try DurableFile.write(damaged, to: fixture.path())
        let error = #expect(throws: StorageError.self) { try backUp(fixture) }
        guard case .corrupt(fixture.path(), _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try fixture.directory.names().allSatisfy { $0.hasPrefix("main.db") })
    }

    @Test func `a missing file or directory is named`() throws {
        let fixture = try Fixture()
        let directory = "\(fixture.directory.path)/none"
        let missing = StorageError.io(
            path: directory, detail: "there is no such directory: make it first")
        #expect(throws: missing) { try backUp(fixture, to: "none/backup") }
        fixture.storage.close()
        let file = StorageError.io(
            path: "\(fixture.directory.path)/backup", detail: "there is no such file")
        #expect(throws: file) { try restore(fixture) }
    }

    @Test func `a row without its parent is reported as damage`() throws {
        let fixture = try Fixture()
        _ = try fill(fixture)
        let other = try fixture.otherProcess()
        try other.execute("PRAGMA foreign_keys = OFF")
        try other.execute("DELETE FROM accounts")
        #expect(throws: StorageError.self) { try backUp(fixture) }
    }

    @Test(arguments: [false, true])
    func `a restore revokes what may have been revoked since the backup`(
        revokesAPIKeys: Bool
    ) throws {
        let first = try Fixture()
        let account = try fill(first)
        _ = try backUp(first)
        first.storage.close()
        clock.advance(seconds: 60)
        let outcome = try restore(first, revokingAPIKeys: revokesAPIKeys)
        #expect(outcome.sessions == 1 && outcome.invites == 1 && outcome.apiKeys == 1)
        let second = try Fixture(in: first.directory)
        #expect(try second.store().account(account.id)?.account == account)
        let database = try second.otherProcess()
        for query in [
            "SELECT count(*) FROM sessions WHERE ended_at IS NULL",
            "SELECT count(*) FROM link_tokens", "SELECT count(*) FROM mails",
            "SELECT count(*) FROM meta WHERE name <> 'purge_time'",
            "SELECT count(*) FROM invites WHERE paused = 0 AND uses < max_uses",
        ] { #expect(try database.integer(query) == 0, "\(query)") }
        #expect(
            try database.integer("SELECT count(*) FROM api_keys WHERE revoked_at IS NULL")
                == (revokesAPIKeys ? 0 : 1))
        #expect(try database.integer("SELECT ended_at FROM sessions") == clock.now.milliseconds)
    }

    @Test func `a restore keeps the replaced database with its log`() throws {
        let fixture = try Fixture()
        _ = try backUp(fixture)
        let account = try Account.sample()
        try fixture.store().add(account)
        // The state after a crash: the last writes are only in the log.
        let log = try fixture.directory.bytes("main.db-wal")
        let bytes = try fixture.directory.bytes("main.db")
        fixture.storage.close()
        try DurableFile.write(bytes, to: fixture.path())
        try DurableFile.write(log, to: fixture.path() + "-wal")

        let replaced = try #require(try restore(fixture).replaced)
        #expect(
            try Database(path: replaced, for: .inspecting)
                .integer("SELECT count(*) FROM accounts") == 1)
        #expect(
            try Database(path: fixture.path(), for: .inspecting)
                .integer("SELECT count(*) FROM accounts") == 0)
        #expect(
            try fixture.directory.names() == [
                "backup", "main.db", "main.db.replaced-20231114T221320.000Z",
            ])
    }

    @Test(arguments: ["", "garbage"])
    func `a restore replaces a damaged database and its log`(content: String) throws {
        let fixture = try Fixture()
        let account = try fill(fixture)
        _ = try backUp(fixture)
        let log = try fixture.directory.bytes("main.db-wal")
        fixture.storage.close()
        try DurableFile.write(Array(content.utf8), to: fixture.path())
        try DurableFile.write(log, to: fixture.path() + "-wal")
        let replaced = try #require(try restore(fixture).replaced)
        #expect(try DurableFile.read(replaced, limit: 100) == Array(content.utf8))
        #expect(try DurableFile.read(replaced + "-wal", limit: 1 << 20) == log)
        let second = try Fixture(in: fixture.directory)
        #expect(try second.store().account(account.id)?.account == account)
    }

    @Test func `a database that another process has open is not replaced`() throws {
        let fixture = try Fixture()
        _ = try backUp(fixture)
        fixture.storage.close()
        let other = try fixture.otherProcess()
        _ = try other.integer("SELECT count(*) FROM accounts")
        #expect(throws: StorageError.locked(path: fixture.path())) { try restore(fixture) }
        #expect(try fixture.directory.names().allSatisfy { !$0.contains("replaced") })
        #expect(try other.integer("SELECT count(*) FROM accounts") == 0)
    }

    @Test func `a failed restore leaves everything unchanged`() throws {
        let fixture = try Fixture()
        _ = try backUp(fixture)
        fixture.storage.close()
        try DurableFile.write(Array("damaged".utf8), to: fixture.path())
        try DurableFile.write([1, 2, 3], to: fixture.path() + "-wal")
        let before = try fixture.directory.names()
        // The record cannot be written: its directory does not exist.
        let record = Restore.SetupFile(path: "\(fixture.path())/setup.json", content: [])
        #expect(throws: StorageError.self) { try restore(fixture, writing: record) }
        #expect(try fixture.directory.names() == before)
        #expect(try fixture.directory.bytes("main.db") == Array("damaged".utf8))
        #expect(try fixture.directory.bytes("main.db-wal") == [1, 2, 3])
    }

    @Test func `a restore writes the setup record of the backup to the given path`() throws {
        let fixture = try Fixture()
        _ = try backUp(fixture)
        fixture.storage.close()
        let path = "\(fixture.directory.path)/setup.json"
        for content in [[1], [2]] as [[UInt8]] {
            clock.advance(seconds: 1)
            _ = try restore(fixture, writing: .init(path: path, content: content))
            #expect(try fixture.directory.bytes("setup.json") == content)
        }
        #expect(try fixture.directory.bytes("setup.json.replaced-20231114T221322.000Z") == [1])
    }

    @Test func `restoring over a link to a kept database does not lose that database`() throws {
        let fixture = try Fixture()
        let account = try fill(fixture)
        _ = try backUp(fixture)
        fixture.storage.close()
        let kept = try #require(try restore(fixture).replaced)
        #expect(unlink(fixture.path()) == 0)
        #expect(symlink(kept, fixture.path()) == 0)
        clock.advance(seconds: 1)
        _ = try restore(fixture)
        let old = try Database(path: kept, for: .inspecting)
        #expect(try old.integer("SELECT count(*) FROM accounts") == 1)
        let second = try Fixture(in: fixture.directory)
        #expect(try second.store().account(account.id)?.account == account)
    }

    @Test func `a backup that was copied over a database is refused`() throws {
        let fixture = try Fixture()
        _ = try fill(fixture)
        _ = try backUp(fixture)
        fixture.storage.close()
        try DurableFile.write(fixture.directory.bytes("backup"), to: fixture.path())
        #expect(throws: StorageError.isBackup(path: fixture.path())) {
            try Fixture(in: fixture.directory)
        }
    }
}
