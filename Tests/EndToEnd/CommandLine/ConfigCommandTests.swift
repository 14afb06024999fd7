import Testing

extension EndToEnd {
    /// The stored setup: where it applies, how it is changed and how it is restored.
    @Suite struct ConfigCommandTests {
        @Test func `an origin that setup did not set comes from the configuration`() throws {
            let (daemon, owner) = try Daemon.setUp()
            #expect(try daemon.stop() == .exited(0))
            try daemon.home.write("config.json", #"{"websiteUrl": "https://later.example"}"#)
            let restarted = try Daemon(in: daemon.home)
            #expect(try restarted.client.logIn(owner).cookieAttributes.contains("Secure"))
            #expect(!restarted.log.contains("setup.json"))
        }

        @Test(.choosesDatabase) func `the command line changes settings while the server runs`()
            throws
        {
            let (daemon, owner) = try Daemon.setUp()
            let home = daemon.home
            #expect(try home.run("config", "get", "websiteUrl").output == "http://127.0.0.1:8080\n")
            let set = try home.run("config", "set", "websiteUrl", "https://new.example")
            #expect(set.ending == .exited(0) && set.errors == "")
            try Waiting.until("the server follows") {
                try daemon.client.logIn(owner).cookieAttributes.contains("Secure")
            }
            #expect(
                try JSON(home.bytes("data/setup.json") ?? []) == [
                    "websiteUrl": "https://new.example"
                ])
            #expect(try home.run("config", "set", "signup", "false").ending == .exited(0))
            try Waiting.until("the server follows") {
                try daemon.client.send(.get("/auth/config")).json["signup"] == false
            }
            _ = try home.run("config", "set", "retentionPeriod", "30d")
            let all = try home.run("config", "get").output
            for line in [
                "signup = false (database)", "websiteUrl = https://new.example (setup.json)",
                "migrationType = automatic (default)", "retentionPeriod = 30d (setup.json)",
            ] {
                #expect(all.split(separator: "\n").contains { $0 == line }, "\(line)")
            }
            #expect(try home.run("config", "unset", "websiteUrl").ending == .exited(0))
            try Waiting.until("the server follows") {
                try !daemon.client.logIn(owner).cookieAttributes.contains("Secure")
            }
            for (words, code) in [
                (["config", "set", "websiteUrl", "new.example"], 64),
                (["config", "set", "signup", "no"], 64), (["config", "set", "x", "y"], 64),
                (["config", "unset", "signup"], 64),
            ] as [([String], Int32)] {
                #expect(try home.run(words).ending == .exited(code), "\(words)")
            }
        }

        @Test(.choosesDatabase) func `a conflict between two settings names both places`() throws {
            let (daemon, owner) = try Daemon.setUp(
                settings: ["LUNAUTH_WEBSITEURL": "http://fixed.example"])
            let change: JSON = [
                "websiteUrl": "https://new.example", "password": .string(owner.password),
            ]
            let answer = try daemon.client.update(change, as: owner)
            answer.expect(400, "invalid_request", fields: ["websiteUrl"])
            let sentence = answer.json["fields"]?["websiteUrl"]?.text ?? ""
            #expect(sentence.contains("LUNAUTH_WEBSITEURL") && sentence.contains("setup.json"))
            try daemon.home.write("config.json", #"{"websiteUrl": "https://file.example"}"#)
            let set = try daemon.home.run("config", "set", "websiteUrl", "https://new.example")
            #expect(
                set.errors.contains(
                    "websiteUrl is https://new.example from setup.json, not https://file.example from "
                        + "config.json"))
        }

        @Test(.choosesDatabase, arguments: ["gone", "{\"databaseName\":", "damaged\u{0}"])
        func `a lost setup record is restored from the database`(content: String) throws {
            let daemon = try Daemon()
            let owner = try daemon.client.setUp([
                "databaseName": "elsewhere", "websiteUrl": "https://app.example",
                "retentionPeriod": "30d",
            ])
            let stored = daemon.home.bytes("data/setup.json")
            #expect(try daemon.stop() == .exited(0))
            if content == "gone" {
                daemon.home.remove("data/setup.json")
            } else {
                try daemon.home.write("data/setup.json", content)
            }
            #expect(try daemon.home.run("user", "list").output.contains(owner.email))
            let restarted = try Daemon(in: daemon.home)
            #expect(restarted.home.bytes("data/setup.json") == stored)
            #expect(restarted.log.contains("setup.json was made again"))
            #expect(try restarted.client.logIn(owner).cookieAttributes.contains("Secure"))
            try restarted.client.send(.post("/auth/setup", [:])).expect(409, "already_set_up")
        }

        @Test(.choosesDatabase) func `a configured database name does not reopen setup`() throws {
            let (daemon, owner) = try Daemon.setUp()
            #expect(try daemon.stop() == .exited(0))
            try daemon.home.write("config.json", #"{"database": "sqlite:empty"}"#)
            let restarted = try Daemon(in: daemon.home)
            #expect(try restarted.client.logIn(owner).status == 200)
            #expect(
                restarted.log.contains(
                    "database is sqlite:lunauth from setup.json, not sqlite:empty from config.json")
            )
        }
    }
}
