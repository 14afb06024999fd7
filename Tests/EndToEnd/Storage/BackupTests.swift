import FoundationEssentials
import Glibc
import Testing

extension EndToEnd {
    /// Restoring a server from a backup.
    @Suite(.choosesDatabase) struct BackupTests {
        @Test func `a restored server has its accounts, and what was revoked stays revoked`() throws
        {
            let daemon = try Daemon()
            let owner = try daemon.client.setUp(["websiteUrl": "https://auth.example.com"])
            let person = try daemon.client.signUp()
            let key = try Rows.apiKey(of: person, in: daemon.home)
            let backup = try daemon.home.run("backup", "one.db")
            #expect(backup.ending == .exited(0))
            #expect(backup.output.contains("2 accounts"))
            #expect(backup.output.contains("not in it: secret.key"))
            #expect(daemon.home.mode(of: "one.db").map { $0 & 0o777 } == 0o600)

            let late = try daemon.client.signUp()
            #expect(
                try daemon.client.send(.post("/auth/logout").cookie(person.cookie)).status == 200)
            let refused = try daemon.home.run("restore", "one.db")
            #expect(refused.ending == .exited(69) && refused.errors.contains("stop that first"))
            #expect(try daemon.client.me(late).status == 200, "and nothing has changed")

            #expect(try daemon.stop() == .exited(0))
            let restore = try daemon.home.run("restore", "one.db")
            #expect(restore.ending == .exited(0))
            for text in ["2 accounts", "2 sessions", "1 API key", ".db.replaced-"] {
                #expect(restore.output.contains(text), "\(text)")
            }
            let restored = try Daemon(in: daemon.home)
            for session in [owner, person, late] {
                try restored.client.me(session).expect(401, "unauthenticated")
                try restored.client.send(.get("/auth/me").bearer(session.token))
                    .expect(401, "invalid_token")
            }
            #expect(try restored.client.logIn(owner).status == 200)
            #expect(try restored.client.logIn(person).status == 200)
            try restored.client.logIn(late).expect(401, "invalid_credentials")
            #expect(try restored.client.send(.get("/auth/me").bearer(key)).status == 200)
        }

        @Test func `a backup can be restored into an empty directory`() throws {
            let daemon = try Daemon()
            let owner = try daemon.client.setUp([
                "databaseName": "chosen", "websiteUrl": "https://auth.example.com",
            ])
            let key = try Rows.apiKey(of: owner, in: daemon.home, database: "chosen")
            #expect(try daemon.home.run("backup", "one.db").ending == .exited(0))
            let home = try Home()
            let restore = try home.run("restore", "\(daemon.home.path)/one.db", "--revoke-api-keys")
            #expect(restore.ending == .exited(0))
            #expect(home.bytes("data/setup.json") == daemon.home.bytes("data/setup.json"))
            let restored = try Daemon(in: home)
            #expect(try restored.client.logIn(owner).status == 200)
            try restored.client.send(.get("/auth/me").bearer(key)).expect(401, "invalid_token")
            try restored.client.send(.post("/auth/setup")).expect(409, "already_set_up")
        }

        @Test func `a damaged setup record is named and can be restored`() throws {
            let (daemon, owner) = try Daemon.setUp()
            #expect(try daemon.home.run("backup", "one.db").ending == .exited(0))
            #expect(try daemon.stop() == .exited(0))
            let record = daemon.home.bytes("data/setup.json")
            try daemon.home.write("data/setup.json", #"{"databaseName": "lun"#)
            // The database has lost its copy too.
            daemon.home.remove("data/lunauth.db")
            let outcome = try daemon.home.run("serve")
            #expect(outcome.ending == .exited(78))
            #expect(outcome.errors.contains("lunauth restore"))
            #expect(try daemon.home.run("restore", "one.db").ending == .exited(0))
            #expect(daemon.home.bytes("data/setup.json") == record)
            let restored = try Daemon(in: daemon.home)
            #expect(try restored.client.logIn(owner).status == 200)
        }

        @Test func `a restore that is killed is either complete or has changed nothing`() throws {
            let (daemon, owner) = try Daemon.setUp()
            for _ in 1...300 { _ = try daemon.client.signUp() }
            #expect(try daemon.home.run("backup", "one.db").ending == .exited(0))
            let late = try daemon.client.signUp()
            try daemon.kill()
            // The kills are spread over the duration of a restore.
            let start = ContinuousClock.now
            #expect(try daemon.home.run("restore", "--help").ending == .exited(0))
            let whole = (ContinuousClock.now - start) * 8
            for round in 1...20 {
                let restore = try ChildProcess(
                    [Program.path, "restore", "one.db"], in: daemon.home.path,
                    environment: Program.environment([:]), streams: .init())
                usleep(UInt32((whole * round / 20) / .microseconds(1)))
                restore.send(SIGKILL)
                let ending = try restore.wait()
                let list = try daemon.home.run("user", "list")
                #expect(list.ending == .exited(0), "\(list.errors)")
                let accounts = list.output.split(separator: "\n").count
                #expect(accounts == 301 || accounts == 302, "after \(ending)")
                if accounts == 301 { break }
            }
            #expect(try daemon.home.run("restore", "one.db").ending == .exited(0))
            let restored = try Daemon(in: daemon.home)
            #expect(try restored.client.logIn(owner).status == 200)
            try restored.client.logIn(late).expect(401, "invalid_credentials")
        }

        @Test func `every command refuses a database of a later version and names both versions`()
            throws
        {
            let (daemon, _) = try Daemon.setUp()
            #expect(try daemon.home.run("backup", "one.db").ending == .exited(0))
            #expect(try daemon.stop() == .exited(0))
            for name in ["data/lunauth.db", "one.db"] {
                _ = try Python.run(
                    """
                    base = sqlite3.connect(given["path"])
                    base.execute("PRAGMA user_version = 99")
                    base.commit()
                    print("{}")
                    """, given: ["path": .string("\(daemon.home.path)/\(name)")])
            }
            let before = daemon.home.bytes("data/lunauth.db")
            for words in [
                ["serve"], ["migrate"], ["backup", "two.db"], ["restore", "one.db"],
            ] {
                let outcome = try daemon.home.run(words)
                #expect(outcome.ending == .exited(74), "\(words)")
                #expect(outcome.errors.contains("has schema 99, this version knows "), "\(words)")
            }
            #expect(!daemon.home.has("two.db"))
            #expect(daemon.home.bytes("data/lunauth.db") == before)
        }

        @Test func `an invalid backup is refused and changes nothing`() throws {
            let (daemon, owner) = try Daemon.setUp()
            #expect(try daemon.home.run("backup", "one.db").ending == .exited(0))
            #expect(try daemon.stop() == .exited(0))
            let whole = try #require(daemon.home.bytes("one.db"))
            try Data(whole.prefix(whole.count / 2)).write(
                to: URL(filePath: "\(daemon.home.path)/half.db"))
            try daemon.home.write("text.db", "no database")
            for name in ["half.db", "text.db", "missing.db", "data/lunauth.db"] {
                let outcome = try daemon.home.run("restore", name)
                #expect(outcome.ending != .exited(0) && outcome.errors.contains(name), "\(name)")
            }
            #expect(try daemon.home.run("backup", "missing/two.db").ending == .exited(74))
            let names = try FileManager.default.contentsOfDirectory(
                atPath: "\(daemon.home.path)/data")
            #expect(names.allSatisfy { !$0.contains("replaced") && !$0.hasSuffix(".tmp") })
            #expect(try Daemon(in: daemon.home).client.logIn(owner).status == 200)
        }

        /// Only root can run a command for the server of another user.
        @Test(.enabled(if: geteuid() == 0))
        func `files restored by root belong to the user of the server`() throws {
            let (daemon, _) = try Daemon.setUp()
            #expect(try daemon.home.run("backup", "one.db").ending == .exited(0))
            #expect(try daemon.stop() == .exited(0))
            let home = try Home()
            try home.write("data/file", "")
            try home.move("data", to: "theirs")
            let words = ["cp", "\(daemon.home.path)/one.db", "\(home.path)/theirs/one.db"]
            let copy = try ChildProcess(
                ["/usr/bin/env"] + words, in: home.path, environment: Program.environment([:]),
                streams: .init())
            #expect(try copy.wait() == .exited(0))
            // The command changes to that user, who needs access to the directory.
            chmod(home.path, 0o711)
            for name in ["theirs", "theirs/file", "theirs/one.db"] {
                chown("\(home.path)/\(name)", 65_534, 65_534)
            }
            let settings = ["LUNAUTH_DATADIRECTORY": "\(home.path)/theirs"]
            for _ in 1...2 {
                let restore = try home.run("restore", "theirs/one.db", settings: settings)
                #expect(restore.ending == .exited(0), "\(restore.errors)")
            }
            let backup = try home.run("backup", "theirs/two.db", settings: settings)
            #expect(backup.ending == .exited(0), "\(backup.errors)")
            for name in try FileManager.default.contentsOfDirectory(atPath: "\(home.path)/theirs") {
                var status = stat()
                #expect(lstat("\(home.path)/theirs/\(name)", &status) == 0)
                #expect(status.st_uid == 65_534 && status.st_gid == 65_534, "\(name)")
            }
        }
    }
}
