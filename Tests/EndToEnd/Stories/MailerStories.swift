import FoundationEssentials
import Glibc
import Testing

extension EndToEnd {
    /// The mailer as the daemon's child: it lives as long as the daemon, and no longer.
    @Suite struct MailerStories {
        @Test func `a mailer that dies is restarted`() throws {
            let post = try DaemonWithMail()
            let first = try post.client.signUp()
            try post.mailServer.mail(to: first.email)
            // Not before the daemon has noticed: an interrupted delivery is retried later.
            try post.daemon.line(containing: "was sent")
            let mailer = try Self.mailer(of: post.daemon)
            kill(mailer, SIGKILL)
            let second = try post.client.signUp()
            try post.mailServer.mail(to: second.email)
            #expect(try Self.mailer(of: post.daemon) != mailer)
        }

        @Test func `a mailer that cannot work stops the start`() throws {
            let home = try Home()
            try home.write("templates/welcome.txt", "Subject: hello\n\n{{nonsense}}\n")
            let serve = try home.run(
                "serve",
                settings: Self.sendmail("/bin/true").merging(
                    ["LUNAUTH_MAIL_TEMPLATES": "templates"]) { $1 })
            #expect(serve.ending == .exited(78))
            #expect(serve.errors.contains("nonsense") && serve.errors.contains("welcome.txt"))
        }

        @Test(arguments: [
            (
                ["LUNAUTH_MAIL_SENDMAIL_PATH": "/nowhere/sendmail"],
                "sendmail.path names no program"
            ),
            (
                [
                    "LUNAUTH_MAIL_TRANSPORT": "smtp", "LUNAUTH_MAIL_SMTP_HOST": "mail.example.org",
                    "LUNAUTH_MAIL_SMTP_SECURITY": "none",
                ], "smtp.security none would send"
            ),
        ])
        func `mails that could not be sent, or not securely, stop the start`(
            settings: [String: String], reason: String
        ) throws {
            let home = try Home()
            let settings = Self.sendmail("/bin/true").merging(settings) { $1 }
            for command in ["serve", "check"] {
                let outcome = try home.run(command, settings: settings)
                #expect(outcome.ending == .exited(78))
                #expect(outcome.errors.contains(reason))
            }
        }

        @Test func `the daemon itself links no TLS`() throws {
            let home = try Home()
            let linked = try ChildProcess(
                ["/usr/bin/env", "ldd", Program.path], in: home.path,
                environment: Program.environment([:]),
                streams: .init(output: "\(home.path)/output"))
            #expect(try linked.wait() == .exited(0))
            let libraries = try #require(home.read("output"))
            #expect(libraries.contains("libc.so"))
            #expect(!libraries.contains("libcurl") && !libraries.contains("libssl"))
        }

        @Test func `the mailer gets no variables from the daemon's environment`() throws {
            let home = try Home()
            let path = try home.sendmail("env > \(home.path)/variables; cat > /dev/null")
            let daemon = try Daemon(in: home, settings: Self.sendmail(path))
            _ = try daemon.client.signUp()
            try daemon.line(containing: "was sent")
            let variables = try #require(home.read("variables"))
            #expect(variables.contains("PATH="))
            #expect(variables.contains("SWIFT_BACKTRACE=enable=no"))
            #expect(!variables.contains("LUNAUTH_"))
        }

        @Test func `stopping the daemon ends an idle mailer`() throws {
            let home = try Home()
            let daemon = try Daemon(in: home, settings: Self.sendmail("/bin/true"))
            let mailer = try Self.mailer(of: daemon)
            #expect(try daemon.stop() == .exited(0))
            #expect(Self.hasEnded(mailer))
        }

        @Test func `killing the daemon ends an idle mailer`() throws {
            let daemon = try Daemon(settings: Self.sendmail("/bin/true"))
            let mailer = try Self.mailer(of: daemon)
            try daemon.kill()
            try Waiting.until("the end of the mailer") { Self.hasEnded(mailer) }
        }

        @Test(.choosesDatabase, arguments: [SIGTERM, SIGKILL])
        func `a delivery that hangs ends with the daemon and is repeated`(signal: Int32) throws {
            let silent = try Listener()
            guard case .ipv4(let port) = silent.address else { throw HarnessError("no port") }
            let daemon = try Daemon(settings: [
                "LUNAUTH_MAIL_TRANSPORT": "smtp", "LUNAUTH_MAIL_FROM": "luna@example.com",
                "LUNAUTH_MAIL_SMTP_HOST": "127.0.0.1", "LUNAUTH_MAIL_SMTP_PORT": "\(port)",
                "LUNAUTH_MAIL_TIMEOUTSECONDS": "300",
            ])
            let person = try daemon.client.signUp()
            let mailer = try Self.mailer(of: daemon)
            var connection = pollfd(fd: silent.descriptor, events: Int16(POLLIN), revents: 0)
            #expect(poll(&connection, 1, 15_000) == 1, "a delivery is under way")

            daemon.process.send(signal)
            let ending: ChildProcess.Ending = signal == SIGTERM ? .exited(0) : .signalled(signal)
            #expect(try daemon.process.wait() == ending)
            try Waiting.until("the end of the mailer") { Self.hasEnded(mailer) }

            let list = try daemon.home.run("mail", "list").output
            #expect(list.contains("\t0\t"), "what was cut off is no failed attempt")
            let mailServer = try MailServer(.starttls, asksForLogin: true)
            let heir = try Daemon(
                in: daemon.home, settings: DaemonWithMail.settings(for: mailServer))
            let mail = try mailServer.mail(to: person.email)
            #expect(mail["Message-ID"]?.contains(list.prefix(36)) == true)
            #expect(try heir.stop() == .exited(0))
        }

        private static func sendmail(_ path: String) -> [String: String?] {
            [
                "LUNAUTH_MAIL_TRANSPORT": "sendmail", "LUNAUTH_MAIL_FROM": "luna@example.com",
                "LUNAUTH_MAIL_SENDMAIL_PATH": path,
            ]
        }

        /// The process that a daemon started, from any of its threads.
        private static func mailer(of daemon: Daemon) throws -> pid_t {
            let tasks = "/proc/\(daemon.process.pid)/task"
            return try Waiting.value(of: "a mailer") {
                try FileManager.default.contentsOfDirectory(atPath: tasks).lazy
                    .compactMap { Self.text("\(tasks)/\($0)/children") }
                    .compactMap { $0.split(separator: " ").first.flatMap { pid_t($0) } }
                    .first
            }
        }

        /// Whether a process has ended, possibly as a zombie.
        private static func hasEnded(_ process: pid_t) -> Bool {
            guard let status = text("/proc/\(process)/stat") else { return true }
            return status.split(separator: ") ").last?.first == "Z"
        }

        /// The content of a file in /proc, whose size is reported as 0; nil without it.
        private static func text(_ path: String) -> String? {
            let descriptor = open(path, O_RDONLY)
            guard descriptor >= 0 else { return nil }
            defer { close(descriptor) }
            var bytes = [UInt8](repeating: 0, count: 4_096)
            let count = read(descriptor, &bytes, bytes.count)
            return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
        }
    }
}
