import Testing

extension EndToEnd {
    /// Commands of the operator, with and without a running server.
    @Suite struct CommandLineTests {
        @Test func `disabling an account ends its sessions within a moment`() throws {
            let daemon = try Shared.present.daemon
            let (person, other) = (try daemon.client.signUp(), try daemon.client.signUp())
            #expect(try daemon.client.me(person).status == 200, "and both are in memory")
            #expect(try daemon.client.me(other).status == 200)
            #expect(try daemon.home.run("user", "disable", person.email).ending == .exited(0))
            try waitForEnd(of: person)
            try daemon.client.send(.get("/auth/me").bearer(person.token))
                .expect(401, "invalid_token")
            #expect(try daemon.client.me(other).status == 200)
            #expect(try daemon.home.run("user", "approve", person.email).ending == .exited(0))
            #expect(try daemon.client.logIn(person).status == 200)
            try daemon.client.me(person).expect(401, "unauthenticated")
        }

        @Test func `the command line confirms an address without a mail`() throws {
            let daemon = try Shared.present.daemon
            let person = try daemon.client.signUp()
            #expect(try daemon.client.me(person).json["emailVerified"] == false)
            let outcome = try daemon.home.run("user", "verify", person.email)
            #expect(outcome.output == "\(person.email) is confirmed\n")
            try Waiting.until("the server follows") {
                try daemon.client.me(person).json["emailVerified"] == true
            }
            #expect(try daemon.home.run("user", "verify", Fresh.email()).ending == .exited(1))
        }

        @Test func `deleting an account ends its sessions within a moment`() throws {
            let daemon = try Shared.present.daemon
            let person = try daemon.client.signUp()
            #expect(try daemon.client.me(person).status == 200)
            #expect(try daemon.home.run("user", "delete", person.email).ending == .exited(0))
            try waitForEnd(of: person)
            try daemon.client.logIn(person).expect(401, "invalid_credentials")
            let owner = try daemon.home.run("user", "delete", Shared.present.owner.email)
            #expect(owner.ending == .exited(1) && owner.errors.contains("transfer ownership first"))
        }

        @Test func `the command line creates and lists invites while the server runs`() throws {
            let daemon = try Shared.present.daemon
            let (email, client) = (Fresh.email(), daemon.client)
            let made = try daemon.home.run(
                "invite", "create", "--email", email, "--role", "admin", "--tier", "team",
                "--expires-in", "12h")
            #expect(made.ending == .exited(0))
            let lines = made.output.split(separator: "\n")
            let code = String(try #require(lines.first).dropFirst("code: ".count))
            Secrets.protect(code)
            #expect(code.utf8.count == 22)
            #expect(
                lines == [
                    "code: \(code)", "link: http://127.0.0.1:8080/auth/register?invite=\(code)",
                ])
            func row() throws -> [Substring] {
                let list = try daemon.home.run("invite", "list")
                #expect(list.ending == .exited(0) && !list.output.contains(code))
                let rows = list.output.split(separator: "\n").map { $0.split(separator: "\t") }
                return try #require(rows.first { $0[1] == email })
            }
            #expect(try row()[2...5] == ["admin", "team", "0/1", "open"])
            let answer = try client.send(
                .post(
                    "/auth/register?invite=\(code)",
                    [
                        "username": "Some Body", "email": .string(email),
                        "password": .string(Fresh.password()),
                    ]))
            #expect(answer.status == 201)
            #expect(answer.json["user"]?["role"] == "admin")
            #expect(answer.json["user"]?["emailVerified"] == false)
            #expect(try row()[4...5] == ["1/1", "used"])
        }

        @Test func `setting a password ends the sessions and replaces the old password`() throws {
            let daemon = try Shared.present.daemon
            let person = try daemon.client.signUp()
            let password = Fresh.password()
            Secrets.protect(password)
            #expect(try daemon.client.me(person).status == 200)
            let command = try daemon.home.run(
                "user", "password", person.email.uppercased(), input: "\(password)\n")
            #expect(command.ending == .exited(0))
            try waitForEnd(of: person)
            try daemon.client.logIn(person).expect(401, "invalid_credentials")
            #expect(try daemon.client.logIn(person, password: password).status == 200)
        }

        @Test(.choosesDatabase)
        func `check finds a key that would stop the start and shows the stored setup`()
            throws
        {
            let daemon = try Daemon()
            let body: JSON = [
                "username": "owner", "email": .string(Fresh.email()),
                "password": .string(Fresh.password()), "migrationType": "manual",
                "retentionPeriod": "90d",
            ]
            #expect(try daemon.client.send(.post("/auth/setup", body)).status == 201)
            let report = try daemon.home.run("check")
            #expect(report.ending == .exited(0))
            #expect(report.output.contains("migrationType = manual (setup.json)"))
            #expect(report.output.contains("retentionPeriod = 90d (setup.json)"))
            let settings = ["LUNAUTH_SECRET_KEY": "abc"]
            #expect(try daemon.home.run("check", settings: settings).ending == .exited(78))
        }

        @Test func `a command whose output cannot be written fails`() throws {
            let home = try Home()
            let process = try ChildProcess(
                [Program.path, "check"], in: home.path, environment: Program.environment([:]),
                streams: .init(output: "/dev/full"))
            #expect(try process.wait() == .exited(74))
        }

        @Test func `an owner created on the command line completes setup`() throws {
            let daemon = try Daemon()
            let (email, password) = (Fresh.email(), Fresh.password())
            Secrets.protect(password)
            let command = try daemon.home.run(
                "user", "create", email, "--role", "owner", "--name", "Ada L",
                input: "\(password)\n")
            #expect(command.ending == .exited(0))
            #expect(command.output.contains(email))
            try Waiting.until("the owner to be seen") {
                try daemon.client.send(.get("/auth/setup/exists")).json["success"] == true
            }
            try daemon.client.send(.post("/auth/setup")).expect(409, "already_set_up")
            let login = try daemon.client.send(.logIn(email, password))
            #expect(login.json["user"]?["role"] == "owner")
            #expect(login.json["user"]?["name"] == "Ada L")
            let second = try daemon.home.run(
                "user", "create", Fresh.email(), "--role", "owner", input: "\(password)\n")
            #expect(second.ending == .exited(1))
            let disable = try daemon.home.run("user", "disable", email)
            #expect(disable.ending == .exited(1))
            #expect(try daemon.client.send(.logIn(email, password)).status == 200)
        }

        @Test func `the command line creates and lists accounts without a server`() throws {
            let home = try Home()
            let emails = (1...3).map { _ in Fresh.email() }
            for (email, role) in zip(emails, ["user", "admin", "member"]) {
                let command = try home.run(
                    "user", "create", email, "--role", role, input: "secret of Hopper\n")
                #expect(command.ending == .exited(0))
            }
            let list = try home.run("user", "list")
            #expect(list.ending == .exited(0))
            let rows = list.output.split(separator: "\n").map { $0.split(separator: "\t") }
            #expect(rows.map { String($0[1]) } == emails)
            #expect(rows.map { $0[2] } == ["user", "admin", "member"])
            #expect(rows.allSatisfy { $0[4] == "active" && $0.count == 8 })
            #expect(rows.allSatisfy { ["confirmed", "unconfirmed"].contains($0[7]) })
        }

        private static let failing: [(words: [String], code: Int32, says: String)] = [
            (["user", "create", "no-address"], 64, "email"),
            (["user", "create", "weak@example.com"], 64, "password"),
            (["user", "create", "a@example.com", "--role", "king"], 64, "role"),
            (["user", "disable", "nobody@example.com"], 1, "no account has this email"),
            (["user", "approve", "nobody@example.com"], 1, "no account has this email"),
            (["user", "delete", "nobody@example.com"], 1, "no account has this email"),
            (["invite", "create", "--role", "owner"], 64, "role"),
            (["invite", "create", "--expires-in", "soon"], 64, "expiresIn"),
            (["invite", "create", "--expires-in", "2y"], 64, "expiresIn"),
            (["invite", "create", "--max-uses", "0"], 64, "maxUses"),
            (["invite", "create", "--max-uses", "many"], 64, "Usage"),
            (["invite", "create", "--email", "nobody"], 64, "email"),
            (
                ["invite", "pause", "00000000-0000-4000-8000-000000000000"], 1,
                "nothing has this id"
            ),
            (["invite", "resume", "00000000-0000-4000-8000-000000000000"], 1, "nothing"),
            (["invite", "revoke", "00000000-0000-4000-8000-000000000000"], 1, "nothing"),
            (["invite", "revoke", "x"], 64, "id"),
            (["user", "enable", "nobody@example.com"], 1, "no account has this email"),
            (["user", "show", "nobody@example.com"], 1, "no account has this email"),
            (["user", "role", "nobody@example.com", "owner"], 1, "no account has this email"),
            (["user", "role", "nobody@example.com", "king"], 64, "owner, admin, member or user"),
            (["user", "tier", "nobody@example.com", "pro"], 1, "no account has this email"),
            (["user", "rename", "nobody@example.com", "Ada"], 1, "no account has this email"),
            (["user", "verify", "nobody@example.com"], 1, "no account has this email"),
            (["mail", "test", "nobody@example.com"], 78, "mail.transport is none"),
            (["user", "create"], 64, "Usage"), (["user", "frobnicate"], 64, "Usage"),
            (["--nonsense"], 64, "Usage"), (["frobnicate"], 64, "Usage"),
            (["serve", "--port", "80"], 64, "Usage"),
            (["check", "--config", "missing.json"], 78, "missing.json"),
        ]

        @Test(arguments: failing)
        func `a failed command explains itself in text and exit status`(
            words: [String], code: Int32, says: String
        ) throws {
            let outcome = try Home.withDatabase().run(words, input: "short\n")
            #expect(outcome.ending == .exited(code))
            #expect(outcome.errors.contains(says))
            #expect(outcome.output == "")
        }

        @Test(.choosesDatabase) func `a secret key that is not there is named`() throws {
            let home = try Home.withDatabase()
            home.remove("data/secret.key")
            let outcome = try home.run("secret", "jwt")
            #expect(outcome.ending == .exited(74))
            #expect(outcome.errors.contains("secret.key"))
            #expect(outcome.output == "")
        }

        @Test(arguments: ["--help", "--version", "version", "manual", "help"])
        func `help and version succeed`(word: String) throws {
            let outcome = try Home().run(word)
            #expect(outcome.ending == .exited(0))
            #expect(!outcome.output.isEmpty)
        }

        @Test func `a second account with the same email is refused`() throws {
            let home = try Home()
            for code in [0, 1] as [Int32] {
                let outcome = try home.run(
                    "user", "create", "a@example.com", input: "secret of Hopper\n")
                #expect(outcome.ending == .exited(code))
            }
        }

        private func waitForEnd(of person: Person) throws {
            let client = try Shared.client
            try Waiting.until("the end of the session") { try client.me(person).status != 200 }
            try client.me(person).expect(401, "unauthenticated")
        }
    }
}
