import Auth
import Crypto
import Glibc
import StoreSupport
import System
import TestSupport
import Testing

@testable import SQLiteStore

struct SetupTests {
    @Test(arguments: ["main", "other"])
    func `setup creates the owner and the record and is visible on every thread`(
        name: String
    ) throws {
        let fixture = try Fixture()
        let (store, elsewhere) = (fixture.store(), fixture.store())
        let guest = try Account.sample()
        let guestSession = Session.sample(of: guest)
        try store.add(guest)
        try store.add(guestSession)
        #expect(try elsewhere.account(guest.id)?.account == guest)

        let owner = try Account.sample("owner@example.org", role: .owner)
        let session = Session.sample(of: owner)
        let record = SetupRecord.sample(name)
        let hash = try PasswordHash.sample()
        try store.setUp(
            record, owner: owner, passwordHash: hash, session: session, from: .commandLine,
            alongside: { transaction throws(AuthError) in
                var settings = Settings()
                settings.siteName = "Luna"
                try transaction.save(settings)
            })
        var settings = Settings()
        settings.siteName = "Luna"

        for store in [store, elsewhere] {
            let state = store.state
            #expect(state.settings == settings && state.hasOwner && state.setup == record)
            #expect(fixture.storage.instance.database.name == name)
            #expect(try store.credential(owner.email)?.account == owner)
            #expect(try store.credential(owner.email)?.passwordHash == hash)
            #expect(try store.session(.tokenHash(session.tokenHash), now: .start) == session)
            #expect(try store.session(.id(guestSession.id), now: .start) == guestSession)
            #expect(try store.account(guest.id)?.account == guest)
        }
        #expect(try fixture.directory.bytes("setup.json") == Array("setup of \(name)".utf8))
        #expect(try !fixture.directory.names().contains { $0.contains(".tmp") })

        let late = try Account.sample("late@example.org")
        try elsewhere.add(late)
        fixture.storage.close()
        let again = try Fixture(in: fixture.directory, name: name, setup: record)
        #expect(again.store().state.hasOwner)
        #expect(try again.store().accounts(after: nil, limit: 10) == [guest, owner, late])
        again.storage.close()
    }

    @Test func `the previous database stays unchanged`() throws {
        let fixture = try Fixture()
        let guest = try Account.sample()
        try fixture.store().add(guest)
        try fixture.store().setUp("other")
        let left = try fixture.otherProcess("main")
        #expect(try left.integer("SELECT count(*) FROM accounts") == 1)
        #expect(try !left.hasOwner())
        let used = try fixture.otherProcess("other")
        try eventually {
            try used.integer(
                "SELECT count(*) FROM meta WHERE name NOT IN ('purge_time', 'setup')") == 0
        }
        #expect(try used.integer("SELECT count(*) FROM accounts") == 2)
    }

    @Test func `a process with the previous database open cannot write to it any more`() throws {
        let fixture = try Fixture()
        let command = try Fixture(in: fixture.directory)
        try command.store().add(.sample("early@example.org"))
        try fixture.store().setUp("other")
        let late = try Account.sample("late@example.org")
        let hash = try PasswordHash.sample()
        let store = command.store()
        let refusal = failure { () throws(AuthError) in
            try store.write { transaction throws(AuthError) in
                try transaction.insert(late, passwordHash: hash)
            }
        }
        #expect(refusal?.fault?.contains("setup has moved") == true)
        #expect(try fixture.otherProcess("main").integer("SELECT count(*) FROM accounts") == 1)
        // A server that is configured to use that database again can.
        command.storage.close()
        let again = try Fixture(in: fixture.directory)
        try again.store().add(.sample("again@example.org"))
    }

    @Test func `settings from before setup are kept`() throws {
        let fixture = try Fixture()
        try fixture.store().write { transaction throws(AuthError) in
            var settings = Settings()
            settings.register = false
            try transaction.save(settings)
        }
        try fixture.store().setUp("other")
        #expect(!fixture.store().state.settings.register)
        let seen = try fixture.store().write { transaction throws(AuthError) in
            try transaction.settings()
        }
        #expect(!seen.register)
    }

    @Test(arguments: ["main", "other"])
    func `of eight concurrent setups exactly one succeeds`(name: String) throws {
        let fixture = try Fixture()
        let owners = try (0..<8).map { try Account.sample("o\($0)@example.org", role: .owner) }
        let (record, hash) = (SetupRecord.sample(name), try PasswordHash.sample())
        let outcomes = try inParallel(8) { index -> AuthError? in
            failure { () throws(AuthError) in
                let owner = owners[index]
                try fixture.store().setUp(
                    record, owner: owner, passwordHash: hash, session: .sample(of: owner),
                    from: .commandLine, alongside: { _ in })
            }
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == .alreadySetUp } == 7)
        #expect(try fixture.store().accounts(after: nil, limit: 10).count == 1)
    }

    @Test(arguments: ["main", "other"])
    func `an email of an existing account is refused and nothing changes`(name: String) throws {
        let fixture = try Fixture()
        try fixture.store().add(.sample("owner@example.org"))
        // The writer reads the stored state between its first unit of work and the next.
        try fixture.store().probe(within: 10)
        let before = fixture.store().state
        #expect(throws: AuthError.emailTaken) { try fixture.store().setUp(name) }
        expectUntouched(fixture, before)
        #expect(try !fixture.directory.names().contains("other.db"))
    }

    private func expectUntouched(_ fixture: Fixture, _ state: InstanceState) {
        #expect(fixture.store().state == state)
        #expect(fixture.storage.instance.database.name == "main")
        #expect(!Path.exists("\(fixture.directory.path)/setup.json"))
    }

    /// Creates a database of this program beside that of the fixture, with an account of its own.
    private func makeDatabase(
        _ name: String, beside fixture: Fixture, _ change: (Database) throws -> Void = { _ in }
    ) throws {
        let database = try DatabaseOpener(path: fixture.path(name), schema: .current).open(
            migrating: true)
        try SQLiteTransaction(on: database, now: .start).insert(
            .sample("resident@example.org"), passwordHash: .sample())
        try change(database)
        try database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    @Test func `a database with accounts is refused and left unchanged`() throws {
        let fixture = try Fixture()
        try makeDatabase("other", beside: fixture)
        let bytes = try fixture.directory.bytes("other.db")
        let before = fixture.store().state
        #expect(throws: AuthError.databaseInUse) { try fixture.store().setUp("other") }
        #expect(try fixture.directory.bytes("other.db") == bytes)
        expectUntouched(fixture, before)
    }

    @Test func `a file that is not a database is refused and left unchanged`() throws {
        let fixture = try Fixture()
        let bytes = Array(repeating: UInt8(ascii: "x"), count: 5_000)
        try DurableFile.write(bytes, to: fixture.path("other"))
        #expect(throws: AuthError.databaseInUse) { try fixture.store().setUp("other") }
        #expect(try fixture.directory.bytes("other.db") == bytes)
    }

    @Test func `the remains of an interrupted setup are replaced`() throws {
        let fixture = try Fixture()
        try makeDatabase("other", beside: fixture) { try SetupMarker.unfinished.set(in: $0) }
        try fixture.store().setUp("other")
        let accounts = try fixture.store().accounts(after: nil, limit: 10)
        #expect(accounts.map(\.email.address) == ["owner@example.org"])
        #expect(accounts.map(\.role) == [.owner])
    }

    @Test func `a database without accounts is replaced together with its log`() throws {
        let fixture = try Fixture()
        try makeDatabase("other", beside: fixture)
        // Still open, so that the deletion is only in its log.
        let open = try fixture.otherProcess("other")
        try open.execute("DELETE FROM accounts")
        #expect(try fixture.directory.bytes("other.db-wal").count > 0)
        try fixture.store().setUp("other")
        #expect(try fixture.store().accounts(after: nil, limit: 10).map(\.role) == [.owner])
        #expect(try fixture.otherProcess("other").integer("SELECT count(*) FROM accounts") == 1)
        #expect(open.isInAutocommit)
    }

    @Test func `a database in use loses the marker of an unfinished setup`() throws {
        let fixture = try Fixture()
        try makeDatabase("other", beside: fixture) { try SetupMarker.unfinished.set(in: $0) }
        let user = try Fixture(in: fixture.directory, name: "other")
        try user.store().add(.sample())
        user.storage.close()
        #expect(throws: AuthError.databaseInUse) { try fixture.store().setUp("other") }
    }

    @Test(arguments: ["main", "other"])
    func `a setup whose client gave up changes nothing`(name: String) throws {
        let directory = try TemporaryDirectory()
        let configuration = Fixture.configuration(directory, TestClock())
        let path = configuration.path(ofDatabase: "main")
        let present = try DatabaseOpener(path: path, schema: .current).open(migrating: true)
        let state = InstanceState(settings: Settings(), hasOwner: false, setup: nil)
        let instance = try SharedState(configuration, state: state)
        let owner = try Account.sample(role: .owner)
        let setup = SetupJob(
            record: .sample(name), owner: owner, passwordHash: try .sample(),
            session: .sample(of: owner), client: .commandLine, work: { _ in })
        let commit = SetupTransaction(
            setup: setup, instance: instance, present: present, isAwaited: { false })
        let error = #expect(throws: AuthError.self) { try commit.run() }
        #expect(error?.fault != nil)
        #expect(try !present.hasOwner())
        #expect(present.isInAutocommit)
        #expect(instance.state == state)
        #expect(try directory.names().allSatisfy { $0.hasPrefix("main.db") })
    }

    @Test func `a record that cannot be written leaves the server unchanged`() throws {
        let fixture = try Fixture()
        mkdir("\(fixture.directory.path)/setup.json", 0o700)
        let error = #expect(throws: AuthError.self) { try fixture.store().setUp("other") }
        #expect(error?.fault?.contains("setup.json") == true)
        #expect(!fixture.store().state.hasOwner)
        #expect(!Path.exists(fixture.path("other")))
        rmdir("\(fixture.directory.path)/setup.json")
        try fixture.store().setUp("other")
        #expect(fixture.store().state.hasOwner)
    }

    @Test func `setup can be repeated after a crash left a record without an owner`()
        throws
    {
        let directory = try TemporaryDirectory()
        let record = SetupRecord.sample("main")
        try Fixture(in: directory).storage.close()
        try DurableFile.write(Array("setup of main".utf8), to: "\(directory.path)/setup.json")
        let fixture = try Fixture(in: directory, setup: record)
        #expect(!fixture.store().state.hasOwner)
        try fixture.store().setUp("other")
        #expect(fixture.store().state.setup?.databaseName == "other")
        #expect(try directory.bytes("setup.json") == Array("setup of other".utf8))
    }
}
