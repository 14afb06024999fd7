import FoundationEssentials
import Glibc
import Testing

extension EndToEnd {
    /// Failed starts, each with its exit status and reason.
    @Suite struct StartTests {
        @Test func `a second server on the same port fails`() throws {
            let daemon = try Daemon()
            guard case .ipv4(let port) = daemon.addresses[0] else { throw HarnessError("no port") }
            let home = try Home()
            let second = try home.run("serve", settings: ["LUNAUTH_LISTEN": "127.0.0.1:\(port)"])
            #expect(second.ending == .exited(69))
            #expect(second.errors.contains("listen: cannot listen on http://127.0.0.1:\(port)"))
            #expect(!home.has("data"), "it fails before it touches anything")
            #expect(try daemon.client.send(.get("/health")).status == 200)
        }

        @Test func `a second server on the same data directory waits, then fails`() throws {
            let daemon = try Daemon()
            let second = try daemon.home.run("serve", within: 60)
            #expect(second.ending == .exited(69))
            #expect(second.errors.contains("in use"))
            #expect(try daemon.client.signUp().id != "")
        }

        @Test func `a server that waits for the data directory takes over`() throws {
            let daemon = try Daemon()
            let person = try daemon.client.signUp()
            daemon.process.send(SIGTERM)
            let next = try Daemon(in: daemon.home)
            #expect(try daemon.process.wait() == .exited(0))
            #expect(try next.client.me(person).status == 200)
        }

        @Test func `a server that waits for the data directory can be stopped`() throws {
            let daemon = try Daemon()
            let waiting = try ChildProcess(
                [Program.path, "serve"], in: daemon.home.path,
                environment: Program.environment([:]), streams: .init())
            try Waiting.until("the server to wait for the lock") {
                let descriptors = "/proc/\(waiting.pid)/fd"
                let names =
                    (try? FileManager.default.contentsOfDirectory(atPath: descriptors)) ?? []
                return names.contains { name in
                    (try? FileManager.default.destinationOfSymbolicLink(
                        atPath: "\(descriptors)/\(name)")) == "\(daemon.home.path)/data/lock"
                }
            }
            waiting.send(SIGTERM)
            #expect(try waiting.wait() == .exited(0))
            #expect(try daemon.client.send(.get("/health")).status == 200)
        }

        @Test func `all created files are accessible only to their user`() throws {
            let daemon = try Daemon()
            let status = FileManager.default.contents(atPath: "/proc/\(daemon.process.pid)/status")
            let line = String(decoding: status ?? Data(), as: UTF8.self).split(separator: "\n")
                .first { $0.hasPrefix("Umask:") }
            #expect(line?.split(whereSeparator: \.isWhitespace).last == "0077")
        }

        private static let configurations: [(file: String, says: [String])] = [
            (#"{"passwords": {}}"#, ["passwords", "password"]),
            (#"{"password": {"iteration": 1}}"#, ["password.iteration", "password.iterations"]),
            (#"{"listen": "127.0.0.1:1"}"#, ["listen", "a list of addresses"]),
            (#"{"listen": []}"#, ["listen"]), (#"{"listen": ["localhost:1"]}"#, ["localhost:1"]),
            (#"{"token": {"lifetimeSeconds": 59}}"#, ["token.lifetimeSeconds", "59", "60"]),
            (#"{"token": {"lifetimeSeconds": "90"}}"#, ["token.lifetimeSeconds", "90"]),
            (#"{"websiteUrl": "https://a.example/x"}"#, ["websiteUrl"]),
            (#"{"database": "postgres:x"}"#, ["database", "sqlite:"]),
            (#"{"log": {"level": "loud"}}"#, ["log.level", "loud", "info"]),
            (#"{"session": {"cookieName": "__Host-id"}}"#, ["session.cookieName", "https"]),
            (#"{"session": {"sameSite": "None"}}"#, ["session.sameSite", "https"]),
            (
                #"{"websiteUrl": "https://a.co.uk", "session": {"cookieDomain": "co.uk"}}"#,
                ["session.cookieDomain", "co.uk", "publicsuffix.org"]
            ),
            (
                #"{"websiteUrl": "https://a.co.uk", "passkeys": {"rpId": "b.co.uk"}}"#,
                ["passkeys.rpId", "b.co.uk", "https://a.co.uk"]
            ),
            (#"{"factors": {"required": "owner"}}"#, ["factors.required", "everybody"]),
            (#"{"trustedProxies": ["10.0.0.0/33"]}"#, ["trustedProxies", "10.0.0.0/33"]),
            ("{", ["config.json"]), (#"{"listen": [], "listen": []}"#, ["twice"]),
            ("[]", ["object"]),
        ]

        @Test(arguments: configurations)
        func `an invalid configuration file is explained`(file: String, says: [String]) throws {
            let home = try Home()
            try home.write("config.json", file)
            let outcome = try home.run(
                "serve", settings: ["LUNAUTH_LISTEN": nil, "LUNAUTH_PASSWORD_ITERATIONS": nil])
            #expect(outcome.ending == .exited(78))
            for text in says { #expect(outcome.errors.contains(text)) }
            #expect(!home.has("data"))
        }

        @Test(arguments: [
            ("LUNAUTH_PASSWORT_ITERATIONS", "1000", "did you mean LUNAUTH_PASSWORD_ITERATIONS"),
            ("LUNAUTH_PASSWORD_ITERATIONS", "999", "password.iterations"),
            ("LUNAUTH_PASSWORD_ITERATIONS", "many", "password.iterations"),
            ("LUNAUTH_LIMITS_ENABLED", "yes", "limits.enabled"),
            ("LUNAUTH_LISTEN", "unix:", "listen"), ("LUNAUTH_", "x", "LUNAUTH_"),
        ])
        func `an invalid variable is explained`(
            name: String, value: String, says: String
        ) throws {
            let outcome = try Home().run("serve", settings: [name: value])
            #expect(outcome.ending == .exited(78))
            #expect(outcome.errors.contains(name))
            #expect(outcome.errors.contains(says))
        }

        @Test func `all errors of the configuration are reported together`() throws {
            let home = try Home()
            try home.write("config.json", #"{"nonsense": 1, "log": {"format": "xml"}}"#)
            let outcome = try home.run("check", settings: ["LUNAUTH_MORE": "x"])
            #expect(outcome.ending == .exited(78))
            for text in ["nonsense", "log.format", "LUNAUTH_MORE"] {
                #expect(outcome.errors.contains(text))
            }
        }

        @Test(.choosesDatabase) func `a file that is not a database is left unchanged`() throws {
            let home = try Home()
            let texts = ["", "SQLite format 3\u{0}", "nonsense "].map {
                $0 + String(repeating: "garbage", count: 1_000)
            }
            for text in texts {
                try home.write("data/lunauth.db", text)
                let outcome = try home.run("serve")
                #expect(outcome.ending == .exited(74))
                #expect(outcome.errors.contains("lunauth.db"))
                #expect(home.read("data/lunauth.db") == text)
            }
        }

        @Test(.choosesDatabase)
        func `a database of another program or a later version is left unchanged`() throws {
            for pragma in ["application_id = 7", "user_version = 99"] {
                let daemon = try Daemon()
                #expect(try daemon.stop() == .exited(0))
                _ = try Python.run(
                    """
                    base = sqlite3.connect(given["path"])
                    base.execute("PRAGMA " + given["pragma"])
                    base.commit()
                    print("{}")
                    """,
                    given: [
                        "path": "\(daemon.home.path)/data/lunauth.db", "pragma": .string(pragma),
                    ])
                let outcome = try daemon.home.run("serve")
                #expect(outcome.ending == .exited(74))
                #expect(outcome.errors.contains("lunauth.db"))
            }
        }

        @Test(.choosesDatabase) func `a damaged database stops the start`() throws {
            let daemon = try Daemon()
            for _ in 1...50 { _ = try daemon.client.signUp() }
            #expect(try daemon.stop() == .exited(0))
            _ = try Python.run(
                """
                with open(given["path"], "r+b") as file:
                    file.seek(4096)
                    file.write(b"\\xa5" * 4096 * 3)
                print("{}")
                """, given: ["path": "\(daemon.home.path)/data/lunauth.db"])
            let outcome = try daemon.home.run("serve")
            #expect(outcome.ending == .exited(74))
            #expect(outcome.errors.contains("lunauth.db"))
        }

        @Test(.choosesDatabase) func `a database that cannot be opened stops the start`() throws {
            let home = try Home()
            try home.write("data/secret.key", String(repeating: "5e", count: 32))
            try home.write("data/lunauth.db/file", "a directory stands in its place")
            let outcome = try home.run("serve")
            #expect(outcome.ending == .exited(74))
            #expect(outcome.errors.contains("lunauth.db"))
        }

        @Test func `a data directory that is not a directory stops the start`() throws {
            let home = try Home()
            try home.write("data", "a file")
            let outcome = try home.run("serve")
            #expect(outcome.ending == .exited(74))
            #expect(outcome.errors.contains("\(home.path)/data"))
        }

        @Test(arguments: [0o644, 0o640, 0o604, 0o660] as [UInt32])
        func `a secret key that others can read stops the start`(mode: UInt32) throws {
            let home = try Home()
            let digits = String(repeating: "5e", count: 32)
            Secrets.protect(digits)
            try home.write("data/secret.key", digits + "\n", mode: mode)
            for command in [["serve"], ["secret", "jwt"], ["secret", "rotate"]] {
                let outcome = try home.run(command)
                #expect(outcome.ending == .exited(78))
                #expect(outcome.errors.contains("secret.key"))
            }
        }

        @Test(arguments: ["", "\n", "abc", String(repeating: "z", count: 64)])
        func `an invalid secret key stops the start`(text: String) throws {
            let home = try Home()
            try home.write("data/secret.key", text)
            let outcome = try home.run("serve")
            #expect(outcome.ending == .exited(78))
            #expect(outcome.errors.contains("secret.key"))
            #expect(home.read("data/secret.key") == text)
        }
    }
}
