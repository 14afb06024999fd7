import Testing

extension EndToEnd {
    /// The database that setup chooses, and later starts with it.
    @Suite(.choosesDatabase) struct SetupDatabaseTests {
        @Test func `accounts from before setup are moved to the new database`() throws {
            let daemon = try Daemon()
            let early = try daemon.client.signUp()
            let pending = try daemon.client.register()
            let owner = try daemon.client.setUp(["databaseName": "chosen"])
            #expect(daemon.home.has("data/chosen.db"))
            for person in [early, owner] {
                #expect(try daemon.client.me(person).status == 200)
                #expect(
                    try daemon.client.send(.get("/auth/me").bearer(person.token)).status == 200)
                #expect(try daemon.client.logIn(person).status == 200)
            }
            #expect(try daemon.client.me(pending).json["status"] == "pending")
            let late = try daemon.client.signUp()
            #expect(try daemon.client.update(["approval": false], as: owner).status == 200)
            #expect(try accounts(of: "lunauth", in: daemon.home) == 2)
            #expect(try accounts(of: "chosen", in: daemon.home) == 4)

            #expect(try daemon.stop() == .exited(0))
            let restarted = try Daemon(in: daemon.home)
            for person in [early, owner, late, pending] {
                #expect(try restarted.client.me(person).status == 200, "the session is kept")
            }
            let config = try restarted.client.send(.get("/auth/config")).json
            #expect(config["approval"] == false)
            #expect(
                try restarted.client.send(.get("/auth/setup/exists")).json["success"] == true)
            let report = try daemon.home.run("check")
            #expect(report.ending == .exited(0))
            let lines = report.output.split(separator: "\n")
            for line in [
                "database = sqlite:chosen (setup.json)",
                "websiteUrl = http://127.0.0.1:8080 (default)",
                "password.iterations = 1000 (environment LUNAUTH_PASSWORD_ITERATIONS)",
                "token.lifetimeSeconds = 604800 (default)",
            ] {
                #expect(lines.contains { $0 == line }, "\(line)")
            }
        }

        @Test func `accounts created during setup are in the new database`() throws {
            let daemon = try Daemon()
            let emails = (1...8).map { _ in Fresh.email() }
            let setup = try Call.post(
                "/auth/setup",
                [
                    "username": "The Owner", "email": .string(Fresh.email()),
                    "password": .string(Fresh.password()), "databaseName": "chosen",
                ])
            var calls = try emails.map { try Call.signUp($0) }
            calls.insert(setup, at: 4)
            #expect(try daemon.client.sendAtOnce(calls).allSatisfy { $0.status == 201 })
            let list = try daemon.home.run("user", "list").output
            for email in emails { #expect(list.contains("\t\(email)\t")) }
            #expect(try accounts(of: "chosen", in: daemon.home) == 9)
        }

        @Test func `a database with accounts is refused and left unchanged`() throws {
            let home = try Home()
            let other = Fresh.email()
            #expect(
                try home.run(
                    "user", "create", other, input: "\(Fresh.password())\n",
                    settings: ["LUNAUTH_DATABASE": "sqlite:taken"]
                ).ending == .exited(0))
            let before = home.bytes("data/taken.db")
            let daemon = try Daemon(in: home)
            let answer = try daemon.client.send(try setup(["databaseName": "taken"]))
            answer.expect(409, "database_in_use")
            #expect(home.bytes("data/taken.db") == before)
            #expect(!home.has("data/setup.json"))
            #expect(try accounts(of: "taken", in: home) == 1)
            #expect(try daemon.client.send(try setup(["databaseName": "free"])).status == 201)
        }

        @Test func `the owner cannot have an email of an existing account`() throws {
            let daemon = try Daemon()
            let person = try daemon.client.signUp()
            for name in ["lunauth", "another"] {
                let answer = try daemon.client.send(
                    try setup(["email": .string(person.email), "databaseName": .string(name)]))
                answer.expect(409, "email_taken")
            }
            #expect(!daemon.home.has("data/setup.json"))
            #expect(!daemon.home.has("data/another.db"))
            #expect(try daemon.client.me(person).status == 200)
        }

        @Test func `the environment takes precedence over stored setup and this is logged`() throws
        {
            let daemon = try Daemon()
            let owner = try daemon.client.setUp([
                "databaseName": "chosen", "websiteUrl": "https://stored.example",
            ])
            #expect(try daemon.stop() == .exited(0))
            let settings = [
                "LUNAUTH_DATABASE": "sqlite:other", "LUNAUTH_WEBSITEURL": "https://env.example",
            ]
            let restarted = try Daemon(in: daemon.home, settings: settings)
            let warning = try restarted.line(containing: "LUNAUTH_DATABASE")
            #expect(warning.contains("WARNING"))
            #expect(warning.contains("sqlite:other") && warning.contains("sqlite:chosen"))
            let second = try restarted.line(containing: "LUNAUTH_WEBSITEURL")
            #expect(second.contains("https://env.example"))
            #expect(second.contains("https://stored.example"))
            try restarted.client.me(owner).expect(401, "unauthenticated")
            let call = try Call.post("/auth/login").with("Origin", "https://stored.example")
            try restarted.client.send(call).expect(403, "cross_origin")
            let report = try daemon.home.run("check", settings: settings)
            #expect(
                report.output.contains("database = sqlite:other (environment LUNAUTH_DATABASE)"))
            #expect(report.errors.contains("sqlite:chosen"))
        }

        @Test func `setup cannot choose a name fixed by the environment`() throws {
            let daemon = try Daemon(settings: ["LUNAUTH_DATABASE": "sqlite:fixed"])
            try daemon.client.send(try setup(["databaseName": "chosen"]))
                .expect(400, "invalid_request", fields: ["databaseName"])
            #expect(try daemon.client.send(try setup(["databaseName": "fixed"])).status == 201)
        }

        @Test func `stored setup takes precedence over the configuration file`() throws {
            let home = try Home()
            try home.write(
                "config.json", #"{"database": "sqlite:filed", "websiteUrl": "http://a.example"}"#)
            let daemon = try Daemon(in: home)
            #expect(home.has("data/filed.db"))
            _ = try daemon.client.setUp(["databaseName": "chosen"])
            #expect(try daemon.stop() == .exited(0))
            let restarted = try Daemon(in: home)
            #expect(try restarted.client.send(.get("/auth/setup/exists")).json["success"] == true)
            let report = try home.run("check").output
            #expect(report.contains("database = sqlite:chosen (setup.json)"))
            #expect(report.contains("websiteUrl = http://a.example (config.json)"))
        }

        @Test func `a manual migration stops the start until the command has run`() throws {
            let daemon = try Daemon()
            _ = try daemon.client.setUp(["migrationType": "manual"])
            #expect(try daemon.stop() == .exited(0))
            for suffix in ["", "-wal", "-shm"] { daemon.home.remove("data/lunauth.db\(suffix)") }
            let earlier = try #require(EarlierSchema.scripts.last)
            try EarlierSchema.make(earlier, in: daemon.home)
            let start = try daemon.home.run("serve")
            #expect(start.ending == .exited(78))
            #expect(start.errors.contains("lunauth migrate"))
            #expect(try daemon.home.run("migrate").ending == .exited(0))
            let again = try daemon.home.run("migrate")
            #expect(again.ending == .exited(0))
            #expect(again.output.contains("nothing to do"))
            let restarted = try Daemon(in: daemon.home)
            #expect(try restarted.client.signUp().id != "")
        }

        @Test func `a missing database that setup named stops the start`() throws {
            let daemon = try Daemon()
            _ = try daemon.client.setUp(["databaseName": "chosen"])
            #expect(try daemon.stop() == .exited(0))
            try daemon.home.move("data/chosen.db", to: "elsewhere.db")
            let start = try daemon.home.run("serve")
            #expect(start.ending == .exited(74))
            #expect(start.errors.contains("chosen.db"))
            #expect(!daemon.home.has("data/chosen.db"), "no empty one takes its place")
        }

        @Test func `a damaged record stops the start`() throws {
            let home = try Home()
            try home.write("data/setup.json", #"{"databaseName":"#)
            let start = try home.run("serve")
            #expect(start.ending == .exited(78))
            #expect(start.errors.contains("setup.json"))
        }

        private func setup(_ members: [String: JSON]) throws -> Call {
            let body: JSON = [
                "username": "The Owner", "email": .string(Fresh.email()),
                "password": .string(Fresh.password()),
            ]
            return try .post("/auth/setup", body.with(members))
        }

        private func accounts(of database: String, in home: Home) throws -> Int {
            let count = try Python.run(
                """
                base = sqlite3.connect(given["path"])
                print(base.execute("SELECT count(*) FROM accounts").fetchone()[0])
                """, given: ["path": "\(home.path)/data/\(database).db"])
            return Int(count.number ?? -1)
        }
    }
}
