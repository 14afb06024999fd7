import Glibc
import TestSupport
import Testing

extension EndToEnd {
    /// A server that moves to PostgreSQL and back, and backups that both kinds of database have in common.
    @Suite(
        .choosesDatabase,
        .enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
    struct MigrateStoreTests {
        private let database: PostgreSQLDatabase

        init() throws {
            database = try PostgreSQLServer.shared().makeDatabase()
        }

        private func use(_ location: String, in home: Home) throws {
            try home.write("config.json", #"{"database": "\#(location)"}"#)
        }

        private func count(_ table: String) throws -> Int? {
            Int(try database.execute("SELECT count(*) FROM \(table)"))
        }

        @Test func `sessions, factors and the record go on after a move, and after the way back`()
            throws
        {
            let (daemon, owner) = try Daemon.setUp()
            let home = daemon.home
            let person = try daemon.client.signUp()
            var app = try EnrolledApp(of: person, at: daemon.client)
            let key = try Rows.apiKey(of: person, in: home)
            #expect(try daemon.stop() == .exited(0))
            let before = home.bytes("data/lunauth.db")

            let move = try home.run("migrate-store", "--to", database.address)
            #expect(move.ending == .exited(0), "\(move.errors)")
            #expect(move.output.contains("accounts: 2 rows, SHA-256 "))
            #expect(move.output.contains("copied and compared: "))
            #expect(home.bytes("data/lunauth.db") == before)

            try use(database.address, in: home)
            let moved = try Daemon(in: home)
            #expect(try moved.client.me(owner).status == 200)
            #expect(try app.logIn(person, at: moved.client).status == 200)
            #expect(try moved.client.send(.get("/auth/me").bearer(key)).status == 200)
            try moved.client.send(.post("/auth/setup")).expect(409, "already_set_up")
            let late = try moved.client.signUp()
            #expect(try moved.stop() == .exited(0))
            #expect(try home.run("audit", "verify").ending == .exited(0))

            let occupied = try home.run("migrate-store", "--to", "sqlite:lunauth")
            #expect(occupied.ending == .exited(1))
            #expect(occupied.errors.contains("has accounts or events"))
            #expect(home.bytes("data/lunauth.db") == before)
            let back = try home.run("migrate-store", "--to", "sqlite:back")
            #expect(back.ending == .exited(0), "\(back.errors)")
            #expect(back.output.contains("accounts: 3 rows, SHA-256 "))
            try use("sqlite:back", in: home)
            let returned = try Daemon(in: home)
            #expect(try returned.client.me(late).status == 200)
            #expect(try app.logIn(person, at: returned.client).status == 200)
            #expect(try returned.stop() == .exited(0))
            #expect(try home.run("audit", "verify").ending == .exited(0))
        }

        @Test func `a move is refused beside a daemon, to where something is, and to what is none`()
            throws
        {
            let (daemon, _) = try Daemon.setUp()
            let home = daemon.home
            let served = try home.run("migrate-store", "--to", database.address)
            #expect(served.ending == .exited(69) && served.errors.contains("stop that first"))
            #expect(try daemon.stop() == .exited(0))
            for (name, text) in [
                ("sqlite:lunauth", "the database in use"), ("mysql://host/name", "--to: "),
                ("postgres://u:secret@host/name", "--to: "),
            ] {
                let refused = try home.run("migrate-store", "--to", name)
                #expect(refused.ending == .exited(64), "\(name)")
                #expect(refused.errors.contains(text) && !refused.errors.contains("secret"))
            }
            #expect(
                try home.run("migrate-store", "--to", database.address).ending == .exited(0))
            let again = try home.run("migrate-store", "--to", database.address)
            #expect(again.ending == .exited(1))
            #expect(again.errors.contains("name an empty database"))
            #expect(try count("accounts") == 1)

            // What daemons elsewhere use is not left behind.
            try use(database.address, in: home)
            let elsewhere = try Home()
            try use(database.address, in: elsewhere)
            try elsewhere.write(
                "data/secret.key", home.read("data/secret.key") ?? "", mode: 0o600)
            chmod("\(elsewhere.path)/data", 0o700)
            let other = try Daemon(in: elsewhere)
            let used = try home.run("migrate-store", "--to", "sqlite:back")
            #expect(used.ending == .exited(69) && used.errors.contains("stop all of them"))
            #expect(!home.has("data/back.db"))
            #expect(try other.stop() == .exited(0))
        }

        @Test func `a move that is killed has left nothing or everything, and is made again`()
            throws
        {
            let (daemon, owner) = try Daemon.setUp()
            let home = daemon.home
            for _ in 1...300 { _ = try daemon.client.signUp() }
            #expect(try daemon.stop() == .exited(0))
            // The kills are spread over the duration of a move.
            let start = ContinuousClock.now
            #expect(try home.run("migrate-store", "--help").ending == .exited(0))
            let whole = (ContinuousClock.now - start) * 10
            for round in 1...12 {
                let move = try ChildProcess(
                    [Program.path, "migrate-store", "--to", database.address], in: home.path,
                    environment: Program.environment([:]), streams: .init())
                usleep(UInt32((whole * round / 12) / .microseconds(1)))
                move.send(SIGKILL)
                _ = try move.wait()
                let hasTables = try database.execute(
                    "SELECT count(*) FROM pg_tables WHERE tablename = 'accounts'")
                guard hasTables == "1" else { continue }
                let accounts = try count("accounts")
                #expect(accounts == 0 || accounts == 301)
                if accounts == 301 { break }
            }
            if try count("accounts") != 301 {
                #expect(
                    try home.run("migrate-store", "--to", database.address).ending == .exited(0))
            }
            try use(database.address, in: home)
            let moved = try Daemon(in: home)
            #expect(try moved.client.me(owner).status == 200)
        }

        @Test func `a backup of either kind of database is restored into the other`() throws {
            let (daemon, owner) = try Daemon.setUp()
            let home = daemon.home
            let person = try daemon.client.signUp()
            var app = try EnrolledApp(of: person, at: daemon.client)
            #expect(try home.run("backup", "first.db").ending == .exited(0))
            #expect(try daemon.stop() == .exited(0))

            try use(database.address, in: home)
            let restore = try home.run("restore", "first.db")
            #expect(restore.ending == .exited(0), "\(restore.errors)")
            #expect(restore.output.hasPrefix(database.name))
            #expect(restore.output.contains("2 accounts"))
            let restored = try Daemon(in: home)
            try restored.client.me(owner).expect(401, "unauthenticated")
            #expect(try restored.client.logIn(owner).status == 200)
            #expect(try app.logIn(person, at: restored.client).status == 200)
            #expect(
                try database.execute(
                    "SELECT count(*) FROM events WHERE kind = 'backup.restored'") == "1")
            let late = try restored.client.signUp()

            // Beside the running daemon.
            let backup = try home.run("backup", "second.db")
            #expect(backup.ending == .exited(0), "\(backup.errors)")
            #expect(backup.output.contains("3 accounts"))
            let exists = try home.run("backup", "second.db")
            #expect(exists.ending == .exited(1) && exists.errors.contains("--force"))
            let refused = try home.run("restore", "second.db")
            #expect(refused.ending == .exited(69))
            #expect(try restored.stop() == .exited(0))
            let occupied = try home.run("restore", "second.db")
            #expect(occupied.ending == .exited(1))
            #expect(occupied.errors.contains("name an empty database"))
            #expect(try home.names("data").allSatisfy { !$0.hasSuffix(".tmp") })

            try use("sqlite:later", in: home)
            home.remove("data/setup.json")
            let returned = try home.run("restore", "second.db")
            #expect(returned.ending == .exited(0), "\(returned.errors)")
            let last = try Daemon(in: home)
            #expect(try last.client.logIn(late).status == 200)
            #expect(try last.stop() == .exited(0))
            #expect(try home.run("audit", "verify").ending == .exited(0))
        }
    }
}
