import Glibc
import Testing

extension EndToEnd {
    /// `lunauth doctor`, on real homes.
    @Suite struct DoctorTests {
        /// The findings of a home, by check: the worst severity and all texts.
        private struct Findings {
            let outcome: Program.Outcome
            private let all: [JSON]

            init(
                of home: Home, _ words: String..., settings: [String: String?] = [:]
            ) throws {
                outcome = try home.run(
                    ["doctor", "--json", "--backups", "\(home.path)/backups"] + words,
                    settings: settings)
                all = try JSON(Array(outcome.output.utf8)).elements
            }

            func severities(of check: String) -> Set<String> {
                Set(
                    all.filter { $0["check"]?.text == check }.compactMap { $0["severity"]?.text })
            }

            func text(of check: String) -> String {
                all.filter { $0["check"]?.text == check }.compactMap { $0["found"]?.text }
                    .joined(separator: "\n")
            }

            /// The checks with a warning or an error.
            var wrong: Set<String> {
                Set(
                    all.filter { ["warning", "error"].contains($0["severity"]?.text) }
                        .compactMap { $0["check"]?.text })
            }
        }

        /// What the machine of the tests decides, and the cheap hashes of the tests.
        private static let ofTheMachine: Set = [
            "config.password-rules", "database.file-system", "database.disk-space", "host.memory",
            "host.descriptors", "host.clock", "hashing.time",
        ]

        @Test(.choosesDatabase) func `a server with a backup is well, running or stopped`() throws {
            let (daemon, _) = try Daemon.setUp()
            try daemon.home.write("backups/mark", "")
            #expect(try daemon.home.run("backup", "backups/one.db").ending == .exited(0))
            let running = try Findings(of: daemon.home)
            #expect(running.wrong.subtracting(Self.ofTheMachine) == [])
            #expect(running.outcome.ending == .exited(1), "the hashes are cheap")
            #expect(running.text(of: "database.integrity").contains("1 account"))
            #expect(running.text(of: "host.descriptors").contains("of the running server"))
            #expect(try daemon.stop() == .exited(0))
            let stopped = try Findings(of: daemon.home)
            #expect(stopped.wrong.subtracting(Self.ofTheMachine) == [])
            #expect(stopped.text(of: "host.descriptors").contains("of this shell"))
        }

        @Test func `text says what was found and what to do`() throws {
            let home = try Home.withDatabase()
            let outcome = try home.run("doctor", "--backups", "\(home.path)/none")
            #expect(outcome.ending == .exited(1))
            #expect(
                outcome.output.contains("warning backup.age: no backup is in \(home.path)/none"))
            #expect(outcome.output.contains("what to do: enable lunauth-backup.timer"))
            #expect(outcome.errors.isEmpty)
        }

        @Test func `a wrong configuration is explained, and all else skipped`() throws {
            let home = try Home.withDatabase()
            try home.write("config.json", #"{"pasword":{}}"#)
            let findings = try Findings(of: home)
            #expect(findings.outcome.ending == .exited(2))
            #expect(findings.wrong == ["config.keys"])
            #expect(findings.text(of: "config.keys").contains(#"did you mean "password"?"#))
            #expect(findings.severities(of: "database.integrity") == ["skipped"])
        }

        @Test(.choosesDatabase) func `a damaged database and open files are errors`() throws {
            let home = try Home.withDatabase()
            chmod("\(home.path)/data/lunauth.db", 0o644)
            let open = try Findings(of: home)
            #expect(open.severities(of: "files.modes") == ["error"])
            #expect(open.outcome.ending == .exited(2))
            let other = try Home.withDatabase()
            try other.write("data/lunauth.db", "no database")
            chmod("\(other.path)/data/lunauth.db", 0o600)
            let damaged = try Findings(of: other)
            #expect(damaged.severities(of: "database.integrity") == ["error"])
            #expect(damaged.severities(of: "files.modes") == ["ok"])
        }

        @Test(.choosesDatabase) func `a damaged setup record is an error with the way out`() throws
        {
            let home = try Home()
            try home.write("data/setup.json", "{")
            let findings = try Findings(of: home, settings: ["LUNAUTH_DATADIRECTORY": "data"])
            #expect(findings.wrong == ["files.setup-record"])
            #expect(findings.outcome.ending == .exited(2))
        }

        @Test func `an older schema is found, and stays`() throws {
            let home = try Home()
            try EarlierSchema.make(try #require(EarlierSchema.scripts.first), in: home)
            let before = home.bytes("data/lunauth.db")
            let findings = try Findings(of: home)
            #expect(findings.severities(of: "database.schema") == ["warning"])
            #expect(home.bytes("data/lunauth.db") == before)
        }

        @Test func `a key and a backup that do not fit the second factors are found`() throws {
            let (daemon, owner) = try Daemon.setUp()
            _ = try EnrolledApp(of: owner, at: daemon.client)
            try daemon.home.write("backups/mark", "")
            #expect(try daemon.home.run("backup", "backups/one.db").ending == .exited(0))
            let fit = try Findings(of: daemon.home)
            #expect(fit.severities(of: "keys.fit") == ["ok"])
            #expect(fit.severities(of: "backup.key") == ["ok"])
            #expect(try daemon.stop() == .exited(0))
            let digits = String(repeating: "1f", count: 31) + "2a"
            Secrets.protect(digits)
            try daemon.home.write("data/secret.key", digits + "\n")
            let unfit = try Findings(of: daemon.home)
            #expect(unfit.severities(of: "keys.fit") == ["error"])
            #expect(unfit.severities(of: "backup.key") == ["warning"])
        }

        @Test(.choosesDatabase) func `a backup of another database, and a damaged one, are found`()
            throws
        {
            let home = try Home.withDatabase()
            try home.write("backups/one.db", "no backup")
            let damaged = try Findings(of: home)
            #expect(damaged.severities(of: "backup.content") == ["error"])
            #expect(damaged.severities(of: "database.integrity") == ["ok"])
        }
    }
}

extension EndToEnd {
    /// The mail of `lunauth doctor`.
    @Suite struct DoctorMailTests {
        private func doctor(
            _ home: Home, _ words: String..., settings: [String: String?]
        ) throws -> String {
            try home.run(["doctor", "--backups", home.path] + words, settings: settings).output
        }

        @Test func `the mailer greets the mail server and logs in, and sends no mail`() throws {
            let server = try MailServer(.starttls, asksForLogin: true)
            let home = try Home.withDatabase()
            var settings = DaemonWithMail.settings(for: server)
            #expect(
                try doctor(home, settings: settings).contains(
                    "ok      mail.server: smtp: NOOP: 250"))
            #expect(try server.mails.isEmpty)
            settings["LUNAUTH_MAIL_SMTP_PASSWORD"] = "another"
            let refused = try doctor(home, settings: settings)
            #expect(
                refused.contains("error   mail.server: the mail server cannot be used: AUTH: 535"))
            #expect(!refused.contains("another"))
            settings["LUNAUTH_MAIL_SMTP_CAFILE"] = nil
            #expect(try doctor(home, settings: settings).contains("error   mail.server: "))
        }

        @Test func `a mail server that is down is an error`() throws {
            let server = try MailServer(.starttls, isDown: true)
            let home = try Home.withDatabase()
            let found = try doctor(home, settings: DaemonWithMail.settings(for: server))
            #expect(found.contains("error   mail.server: the mail server cannot be used"))
        }

        @Test func `a test mail is sent by the running server, and only on request`() throws {
            let post = try DaemonWithMail()
            let settings = DaemonWithMail.settings(for: post.mailServer)
            let home = post.daemon.home
            #expect(try doctor(home, settings: settings).contains("skipped mail.test"))
            let email = Fresh.email()
            let sent = try doctor(home, "--test-mail", email, settings: settings)
            #expect(sent.contains("ok      mail.test: the server sent a mail to \(email)"))
            try post.mailServer.mail(to: email)
            let refused = try doctor(
                home, "--test-mail", "nobody@example.com", settings: settings)
            #expect(refused.contains("error   mail.test"))
            #expect(refused.contains("550"))
        }
    }
}
