import Testing

extension EndToEnd {
    /// Accounts that move from one server to another, and from other systems.
    @Suite struct TransferTests {
        @Test func `an export comes back from an empty server as it was`() throws {
            let daemon = try Daemon.setUp().0
            let person = try daemon.client.signUp()
            #expect(try daemon.home.run("invite", "create").ending == .exited(0))
            let written = try daemon.home.run("export", "moved.ndjson")
            #expect(written.ending == .exited(0), "\(written.errors)")
            #expect(daemon.home.mode(of: "moved.ndjson").map { $0 & 0o777 } == 0o600)
            let again = try daemon.home.run("export", "moved.ndjson")
            #expect(again.ending == .exited(1) && again.errors.contains("--force"))
            let text = try #require(daemon.home.read("moved.ndjson"))
            #expect(text.contains(person.email) && !text.contains("\"secret\""))

            let home = try Home()
            try home.write("moved.ndjson", text)
            let other = try Daemon(in: home)
            let trial = try home.run("import", "--dry-run", "--allow-admins", "moved.ndjson")
            #expect(trial.output.contains("created\t\(person.email)\n"), "\(trial.errors)")
            let careful = try home.run("import", "--dry-run", "moved.ndjson")
            #expect(careful.ending == .exited(1))
            #expect(careful.output.contains("--allow-admins"))
            let whole = try home.run("import", "--allow-admins", "moved.ndjson")
            #expect(whole.ending == .exited(0), "\(whole.output)\(whole.errors)")
            #expect(whole.errors.contains("0 refused"))
            let verified = try home.run("import", "--verify", "moved.ndjson")
            #expect(verified.ending == .exited(0), "\(verified.output)\(verified.errors)")
            #expect(try home.run("export", "-").output == text)
            #expect(try other.client.logIn(person).status == 200)
        }

        @Test func `an account of another system signs in with its old password`() throws {
            let daemon = try Daemon.setUp().0
            let hash = "$2y$04$0B4BqGdVEBracqp16T4EIuy/TtUyEkinDcrXvrOAT05Lc1vpDwVsu"
            try daemon.home.write(".htpasswd", "moved@example.org:\(hash)\n")
            let outcome = try daemon.home.run("import", "--from", "htpasswd", ".htpasswd")
            #expect(outcome.ending == .exited(0), "\(outcome.errors)")
            func signIn() throws {
                let response = try daemon.client.send(
                    .logIn("moved@example.org", "correct horse battery"))
                #expect(response.status == 200)
            }
            func form() throws -> String {
                try daemon.home.run("user", "show", "moved@example.org").output
            }
            #expect(try form().contains("password (bcrypt)") && !form().contains("$2y$"))
            try signIn()
            #expect(try form().contains("password (pbkdf2-sha256)"))
            try signIn()
        }
    }
}
