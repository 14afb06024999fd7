import Testing

extension EndToEnd {
    /// First-run setup: permission and inputs.
    @Suite struct SetupTests {
        @Test(.choosesDatabase) func `setup creates the owner once`() throws {
            let daemon = try Daemon()
            let before = try daemon.client.send(.get("/auth/setup/exists")).json
            #expect(before["success"] == false)
            #expect(before["setupRequired"] == true)
            #expect(before["message"]?.text != nil)

            let owner = try daemon.client.setUp()
            let me = try daemon.client.me(owner).json
            #expect(me["role"] == "owner")
            #expect(me["status"] == "active")
            #expect(me["name"] == "The Owner")
            #expect(try daemon.client.send(.get("/auth/me").bearer(owner.token)).json == me)
            #expect(try daemon.client.logIn(owner).status == 200)

            let after = try daemon.client.send(.get("/auth/setup/exists")).json
            #expect(after["success"] == true)
            #expect(after["setupRequired"] == false)
            let body: JSON = ["username": "x"]
            for second in [body, [:]] {
                let answer = try daemon.client.send(.post("/auth/setup", second))
                answer.expect(409, "already_set_up")
                #expect(answer.json["errorType"] == "ownerExists")
            }
            #expect(
                try JSON(daemon.home.bytes("data/setup.json") ?? []) == [:], "nothing was named")
            #expect(daemon.home.mode(of: "data/setup.json").map { $0 & 0o777 } == 0o600)
        }

        @Test func `of eight concurrent setups exactly one succeeds`() throws {
            let daemon = try Daemon()
            let calls = try (1...8).map { number in
                try Call.post(
                    "/auth/setup",
                    [
                        "username": "Owner \(number)", "email": .string(Fresh.email()),
                        "password": .string(Fresh.password()), "databaseName": "db\(number % 3)",
                    ])
            }
            let answers = try daemon.client.sendAtOnce(calls)
            #expect(answers.filter { $0.status == 201 }.count == 1)
            #expect(answers.filter { $0.code == "already_set_up" }.count == 7)
            let owner = try #require(answers.first { $0.status == 201 }?.cookie)
            let me = try daemon.client.send(.get("/auth/me").cookie(owner)).json
            #expect(me["role"] == "owner")
            let list = try daemon.home.run("user", "list").output
            #expect(list.split(separator: "\n").count == 1, "nobody of the others was stored")
        }

        private static let faults: [(JSON, Set<String>)] = [
            ([:], ["username", "email", "password"]),
            (
                ["type": "advanced"],
                ["username", "email", "password", "websiteUrl", "retentionPeriod"]
            ),
            (complete.with(["type": "quick"]), ["type"]),
            (complete.with(["databaseType": "postgres"]), ["databaseType"]),
            (complete.with(["databaseName": "a/b"]), ["databaseName"]),
            (complete.with(["databaseName": ""]), ["databaseName"]),
            (complete.with(["databaseName": "../x"]), ["databaseName"]),
            (
                complete.with(["databaseName": .string(String(repeating: "n", count: 65))]),
                ["databaseName"]
            ),
            (complete.with(["websiteUrl": "https://a.example/path"]), ["websiteUrl"]),
            (complete.with(["websiteUrl": "ftp://a.example"]), ["websiteUrl"]),
            (complete.with(["websiteUrl": "a.example"]), ["websiteUrl"]),
            (complete.with(["migrationType": "never"]), ["migrationType"]),
            (complete.with(["retentionPeriod": "5h"]), ["retentionPeriod"]),
            (complete.with(["retentionPeriod": "101y"]), ["retentionPeriod"]),
            (complete.with(["retentionPeriod": "6"]), ["retentionPeriod"]),
            (complete.with(["retentionPeriod": "6M"]), ["retentionPeriod"]),
            (complete.with(["retentionPeriod": "10000d"]), ["retentionPeriod"]),
            (
                complete.with(["password": "short", "username": " ", "email": "no"]),
                ["password", "username", "email"]
            ),
            (
                complete.with(["type": 1, "databaseName": [], "retentionPeriod": false]),
                ["type", "databaseName", "retentionPeriod"]
            ),
        ]

        private static let complete: JSON = [
            "username": "The Owner", "email": "owner@example.com", "password": "secret of Turing",
        ]

        @Test(.choosesDatabase) func `all invalid inputs are reported and nothing changes`() throws
        {
            let daemon = try Daemon()
            for (body, fields) in Self.faults {
                let answer = try daemon.client.send(.post("/auth/setup", body))
                answer.expect(400, "invalid_request", fields: fields)
            }
            let postgres = Self.complete.with(["databaseType": "postgres"])
            let answer = try daemon.client.send(.post("/auth/setup", postgres))
            #expect(answer.json["fields"]?["databaseType"]?.text?.contains("sqlite") == true)
            let exists = try daemon.client.send(.get("/auth/setup/exists")).json
            #expect(exists["setupRequired"] == true)
            #expect(!daemon.home.has("data/setup.json"))
        }

        @Test(.choosesDatabase, arguments: ["6h", "6m", "100y", "9999d", "52w"])
        func `an advanced setup stores its inputs`(period: String) throws {
            let daemon = try Daemon()
            let owner = try daemon.client.setUp([
                "type": "advanced", "databaseType": "better-sqlite3", "databaseName": "My_base-1",
                "websiteUrl": "HTTPS://App.Example:443/", "migrationType": "manual",
                "retentionPeriod": .string(period),
            ])
            #expect(
                try JSON(daemon.home.bytes("data/setup.json") ?? []) == [
                    "databaseName": "My_base-1", "websiteUrl": "https://app.example",
                    "migrationType": "manual", "retentionPeriod": .string(period),
                ])
            #expect(daemon.home.has("data/My_base-1.db"))
            let login = try daemon.client.logIn(owner)
            #expect(login.cookieAttributes.contains("Secure"), "the site is https now")
            let call = try Call.post("/auth/login").with("Origin", "https://app.example")
            try daemon.client.send(call)
                .expect(400, "invalid_request", fields: ["email", "password"])
        }

        @Test func `a remote client needs the setup code from the log`() throws {
            let daemon = try Daemon()
            let line = try daemon.line(containing: "no owner exists yet")
            let match = try #require(line.firstMatch(of: /X-Setup-Code: ([A-Za-z0-9_-]{20,})'/))
            let code = String(match.1)
            Secrets.protect(code)
            let remote = try Call.post("/auth/setup", Self.complete).from("203.0.113.9")
            let local = try Call.post("/auth/setup", Self.complete)
            for refused in [
                remote, remote.with("X-Setup-Code", "wrong-setup-code"),
                remote.with("X-Setup-Code", code).with("X-Setup-Code", code),
                local.with("Host", "evil.example"), local.from("hidden-by-the-proxy"),
                local.from("203.0.113.9, 127.0.0.1"),
            ] {
                try daemon.client.send(refused).expect(403, "setup_code_required")
            }
            #expect(try daemon.client.send(remote.with("X-Setup-Code", code)).status == 201)
            try daemon.client.send(remote.with("X-Setup-Code", code)).expect(409, "already_set_up")
            #expect(try daemon.stop() == .exited(0))
            let restarted = try Daemon(in: daemon.home)
            _ = try restarted.client.send(.get("/health"))
            try restarted.line(containing: "path=/health")
            #expect(!restarted.log.contains("no owner exists yet"))
        }

        @Test func `the link in the log opens the page of setup with the code filled in`() throws {
            let daemon = try Daemon()
            let line = try daemon.line(containing: "no owner exists yet")
            let link = try #require(
                line.firstMatch(of: /open http:\/\/[^\/ ]+(\/auth\/setup\?code=([^ ,]+)), or/))
            let (target, code) = (String(link.1), String(link.2))
            Secrets.protect(code)
            let page = try daemon.client.send(.open(target).from("203.0.113.9"))
            #expect(page.status == 200 && page.isPage)
            #expect(page.text.contains(#"name="code" value="\#(code)""#))
            let password = Fresh.password()
            Secrets.protect(password)
            let form = Call.form(
                "/auth/setup",
                "code=\(code)&username=Owner&email=owner%40example.com&password=\(password)"
            ).with("Sec-Fetch-Site", "same-origin").from("203.0.113.9")
            let answer = try daemon.client.send(form)
            #expect(answer.status == 303 && answer["Location"] == "/auth/admin")
            #expect(try daemon.client.send(.open(target)).status == 404)
        }

        @Test(arguments: ["127.0.0.1:0", "0.0.0.0:0"])
        func `the curl command in the log reaches the server and needs completion`(
            listen: String
        ) throws {
            let daemon = try Daemon(settings: ["LUNAUTH_LISTEN": listen])
            let line = try daemon.line(containing: "no owner exists yet")
            #expect(!line.contains("0.0.0.0"))
            let start = try #require(line.firstRange(of: "curl ")?.lowerBound)
            let printed = String(line[start...])
            let address = "http://\(daemon.addresses[0].authority)"
            #expect(printed.hasPrefix("curl \(address)/auth/setup -H 'Content-Type: "))
            #expect(try daemon.home.shell(printed).contains(#""code":"invalid_request""#))
            let email = printed.replacing(#""email":"""#, with: #""email":"owner@example.com""#)
            let half = try daemon.home.shell(email)
            #expect(half.contains(#""fields":{"password":""#), "no word of it is a password")
            let password = Fresh.password()
            Secrets.protect(password)
            let whole = email.replacing(#""password":"""#, with: #""password":"\#(password)""#)
            #expect(try daemon.home.shell(whole).contains(#""role":"owner""#))
        }

        @Test func `setup rejects an origin that the next start would refuse`() throws {
            let home = try Home()
            try home.write(
                "config.json",
                #"{"websiteUrl": "https://a.example", "session": {"sameSite": "None"}}"#)
            let daemon = try Daemon(in: home)
            let plain = Self.complete.with(["websiteUrl": "http://a.example"])
            try daemon.client.send(.post("/auth/setup", plain))
                .expect(400, "invalid_request", fields: ["websiteUrl"])
            _ = try daemon.client.setUp(["websiteUrl": "https://b.example"])
            #expect(try daemon.stop() == .exited(0))
            let restarted = try Daemon(in: home)
            #expect(try restarted.client.send(.get("/auth/setup/exists")).json["success"] == true)
        }

        @Test func `the setup code may be set in the environment`() throws {
            let code = "chosen-\(Fresh.word())"
            Secrets.protect(code)
            let daemon = try Daemon(settings: ["LUNAUTH_SETUP_CODE": code])
            let call = try Call.post("/auth/setup", Self.complete).from("203.0.113.9")
            try daemon.client.send(call.with("X-Setup-Code", code + "x"))
                .expect(403, "setup_code_required")
            #expect(try daemon.client.send(call.with("X-Setup-Code", code)).status == 201)
        }

        @Test(arguments: ["localhost", "localhost:1234", "[::1]", "127.0.0.2:80"])
        func `a local client needs a local Host and no forwarding headers`(host: String) throws {
            let daemon = try Daemon(settings: ["LUNAUTH_WEBSITEURL": "https://site.example"])
            let call = try Call.post("/auth/setup", Self.complete)
            for refused in [
                "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.0.2.1",
                "site.example",
            ] {
                try daemon.client.send(call.with("Host", refused))
                    .expect(403, "setup_code_required")
            }
            for (name, value) in [("Via", "1.1 proxy"), ("X-Real-IP", "127.0.0.1")] {
                try daemon.client.send(call.with("Host", host).with(name, value))
                    .expect(403, "setup_code_required")
            }
            #expect(try daemon.client.send(call.with("Host", host)).status == 201)
        }
    }
}
