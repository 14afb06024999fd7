import Testing

extension EndToEnd {
    /// The secret key and the second factors that it opens.
    @Suite struct FactorKeyTests {
        @Test func `second factors outlive a rotation of the key, and a leaked one`() throws {
            let (daemon, owner) = try Daemon.setUp()
            var app = try EnrolledApp(of: owner, at: daemon.client)
            #expect(try app.logIn(owner).status == 200)
            for _ in 1...2 {
                #expect(try daemon.home.run("secret", "rotate").ending == .exited(0))
                #expect(try app.logIn(owner).status == 200)
            }
            let replaced = try daemon.home.run("secret", "rotate", "--now", "--yes")
            #expect(replaced.ending == .exited(0), "\(replaced.errors)")
            // The app, and its recovery codes.
            #expect(replaced.output.contains("sealed with a new data key: 2 credentials"))
            #expect(try app.logIn(owner).status == 200)
            #expect(try daemon.stop() == .exited(0))
            let restarted = try Daemon(in: daemon.home)
            #expect(try app.logIn(owner, at: restarted.client).status == 200)
        }

        @Test(.choosesDatabase) func `a rotation that was killed leaves factors that open`() throws
        {
            let (daemon, owner) = try Daemon.setUp()
            var app = try EnrolledApp(of: owner, at: daemon.client)
            #expect(try daemon.stop() == .exited(0))
            // The files are replaced, and the database was not reached.
            try daemon.home.write(
                "data/secret.key.retired-1", daemon.home.read("data/secret.key") ?? "")
            let digits = String(repeating: "1f", count: 31) + "2a"
            Secrets.protect(digits)
            try daemon.home.write("data/secret.key", digits + "\n")
            let restarted = try Daemon(in: daemon.home)
            #expect(try app.logIn(owner, at: restarted.client).status == 200)
            #expect(try daemon.home.run("secret", "rotate").ending == .exited(0))
            #expect(!daemon.home.has("data/secret.key.retired-1"), "older than any token")
            #expect(try app.logIn(owner, at: restarted.client).status == 200)
        }

        @Test(.choosesDatabase)
        func `a key that opens no factor stops the start, and the former one is taken over`()
            throws
        {
            let (daemon, owner) = try Daemon.setUp()
            var app = try EnrolledApp(of: owner, at: daemon.client)
            #expect(try daemon.stop() == .exited(0))
            let home = daemon.home
            try home.move("data/secret.key", to: "former.key")
            for words in [["serve"], ["serve"], ["check"], ["secret", "rotate"]] {
                let outcome = try home.run(words)
                #expect(outcome.ending != .exited(0), "\(words)")
                if words[0] != "secret" {
                    #expect(outcome.ending == .exited(78), "\(words)")
                    for text in ["secret.key", "secret rotate --from", "restore --reset-factors"] {
                        #expect(outcome.errors.contains(text), "\(words): \(outcome.errors)")
                    }
                }
            }
            #expect(try home.run("secret", "rotate", "--from", "absent").ending == .exited(74))
            let taken = try home.run("secret", "rotate", "--from", "former.key")
            #expect(taken.ending == .exited(0), "\(taken.errors)")
            home.remove("former.key")
            #expect(try home.run("check").ending == .exited(0))
            let restarted = try Daemon(in: home)
            #expect(try app.logIn(owner, at: restarted.client).status == 200)
        }

        @Test(.choosesDatabase) func `a key that is handed over can be replaced`() throws {
            let keys = ["3a", "4b"].map { String(repeating: $0, count: 31) + "07" }
            for key in keys { Secrets.protect(key) }
            let (daemon, owner) = try Daemon.setUp(settings: ["LUNAUTH_SECRET_KEY": keys[0]])
            var app = try EnrolledApp(of: owner, at: daemon.client)
            #expect(try daemon.stop() == .exited(0))
            let (home, settings) = (daemon.home, ["LUNAUTH_SECRET_KEY": keys[1]])
            let refused = try home.run("serve", settings: settings)
            #expect(refused.ending == .exited(78))
            #expect(refused.errors.contains("LUNAUTH_SECRET_KEY"))
            try home.write("former.key", keys[0])
            let taken = try home.run(
                "secret", "rotate", "--from", "former.key", "--now", "--yes", settings: settings)
            #expect(taken.ending == .exited(0), "\(taken.errors)")
            #expect(taken.output.contains("2 credentials"))
            let restarted = try Daemon(in: home, settings: settings)
            #expect(try app.logIn(owner, at: restarted.client).status == 200)
        }

        @Test(.choosesDatabase)
        func `a restore without the key of the factors changes nothing, or removes them`()
            throws
        {
            let (daemon, owner) = try Daemon.setUp()
            var app = try EnrolledApp(of: owner, at: daemon.client)
            #expect(try daemon.home.run("backup", "one.db").ending == .exited(0))
            let late = try daemon.client.signUp()
            #expect(try daemon.stop() == .exited(0))
            let home = daemon.home
            let fitting = try home.run("restore", "one.db")
            #expect(fitting.ending == .exited(0))
            #expect(fitting.output.contains("as they were: the second factors of 1 account\n"))
            let restored = try Daemon(in: home)
            #expect(try app.logIn(owner, at: restored.client).status == 200)
            try restored.client.logIn(late).expect(401, "invalid_credentials")
            #expect(try restored.stop() == .exited(0))

            home.remove("data/secret.key")
            let before = home.bytes("data/lunauth.db")
            let refused = try home.run("restore", "one.db")
            #expect(refused.ending == .exited(78))
            #expect(refused.errors.contains("--reset-factors"))
            #expect(home.bytes("data/lunauth.db") == before && !home.has("data/secret.key"))

            let reset = try home.run("restore", "--reset-factors", "one.db")
            #expect(reset.ending == .exited(0), "\(reset.errors)")
            #expect(
                reset.output.contains("removed: the second factors and passkeys of 1 account"))
            let without = try Daemon(in: home)
            #expect(try without.client.logIn(owner).status == 200)
            // A new factor replaces the data key that nothing needs any more.
            var again = try EnrolledApp(
                of: Person(
                    email: owner.email, password: owner.password, without.client.logIn(owner),
                    status: 200), at: without.client)
            #expect(try again.logIn(owner).status == 200)
        }

        @Test func `the operator removes the factors of a person who lost them`() throws {
            let daemon = try Daemon()
            let person = try daemon.client.signUp()
            let home = daemon.home
            #expect(
                try home.run("user", "reset-factors", person.email).errors
                    .contains("has no second factor"))
            _ = try EnrolledApp(of: person, at: daemon.client)
            let show = try home.run("user", "show", person.email)
            #expect(show.output.contains("methods:    password (pbkdf2-sha256), totp, recovery\n"))
            let object = try JSON(
                Array(home.run("user", "show", "--json", person.email).output.utf8))
            #expect(object["methods"] == ["password", "totp", "recovery"])
            #expect(object["passkeys"] == 0)
            let reset = try home.run("user", "reset-factors", person.email)
            #expect(reset.ending == .exited(0) && reset.output.hasPrefix("\(person.email) "))
            try Waiting.until("the session to end") {
                try daemon.client.me(person).status == 401
            }
            #expect(try daemon.client.logIn(person).status == 200)
            #expect(try home.run("user", "reset-factors", "x@example.com").ending == .exited(1))
        }
    }
}
