import Testing

extension EndToEnd {
    /// Changes of accounts and invites by the operator.
    @Suite struct AccountCommandTests {
        @Test func `the command line changes accounts while the server runs`() throws {
            let daemon = try Shared.present.daemon
            let person = try daemon.client.signUp()
            func change(_ words: String...) throws {
                let outcome = try daemon.home.run(["user"] + words)
                #expect(outcome.ending == .exited(0), "\(words): \(outcome.errors)")
                #expect(outcome.output.hasPrefix("\(person.email) "))
            }
            try change("role", person.email, "admin")
            try change("tier", person.email, "team")
            try change("rename", person.email, "Séamus 李小龙")
            try change("verify", person.email)
            try Waiting.until("the changes to be seen") {
                let me = try daemon.client.me(person).json
                return me["role"] == "admin" && me["tier"] == "team"
                    && me["name"] == "Séamus 李小龙" && me["emailVerified"] == true
            }
            try change("disable", person.email)
            try change("enable", person.email)
            let show = try daemon.home.run("user", "show", person.email.uppercased())
            for line in [
                "email:      \(person.email)\n", "role:       admin\n", "sessions:   0\n",
                "name:       Séamus 李小龙\n", "status:     active\n",
            ] {
                #expect(show.output.contains(line), "\(show.output)")
            }
            let shown = try daemon.home.run("user", "show", "--json", person.email)
            let object = try JSON(Array(shown.output.utf8))
            #expect(object["tier"] == "team" && object["apiKeys"] == 0)
            #expect(object["emailVerifiedAt"]?.text?.hasSuffix("Z") == true)
            try change("role", person.email, "user")
            let owner = try Shared.present.owner.email
            let refused = try daemon.home.run("user", "role", owner, "admin")
            #expect(refused.ending == .exited(1))
            #expect(refused.errors.contains("lunauth user role EMAIL owner"))
        }

        @Test func `the command line hands the server over while it runs`() throws {
            let (daemon, owner) = try Daemon.setUp()
            let heir = try daemon.client.signUp()
            #expect(try daemon.client.me(owner).json["role"] == "owner")
            #expect(try daemon.client.me(heir).json["role"] == "user")
            let outcome = try daemon.home.run("user", "role", heir.email, "owner")
            #expect(outcome.output == "\(heir.email) has the role owner\n")
            try Waiting.until("the new roles to be seen") {
                let roles = try [heir, owner].map { try daemon.client.me($0).json["role"] }
                return roles == ["owner", "admin"]
            }
            try daemon.client.send(.post("/auth/setup")).expect(409, "already_set_up")
        }

        @Test func `the command line pauses, resumes and revokes an invite`() throws {
            let home = try Home.withDatabase()
            #expect(try home.run("invite", "create").ending == .exited(0))
            func row() throws -> [Substring] {
                try home.run("invite", "list").output.split(separator: "\n")
                    .flatMap { $0.split(separator: "\t") }
            }
            let id = String(try row()[0])
            for (word, state) in [("pause", "paused"), ("resume", "open")] {
                #expect(try home.run("invite", word, id).ending == .exited(0))
                #expect(try row()[5] == state)
            }
            #expect(try home.run("invite", "revoke", id).output == "\(id) is revoked\n")
            #expect(try row().isEmpty)
        }
    }
}
