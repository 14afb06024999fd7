import Glibc
import Testing

extension EndToEnd {
    /// What a server logs, and what it never logs.
    @Suite struct LogTests {
        @Test func `the search for secrets works`() throws {
            let lines = ["nothing here", "a line with secret-of-the-test in it", "secret-of"]
            let found = try Secrets.matches(of: ["secret-of-the-test", "other"], in: lines)
            #expect(found == [lines[1]])
        }

        @Test func `a request is one line of text`() throws {
            let daemon = try Shared.present.daemon
            let person = try daemon.client.signUp()
            let names = (1...3).map { _ in Fresh.word() }
            let me = Call.get("/auth/me?token=in-the-query").cookie(person.cookie)
            let answer = try daemon.client.send(me.with("X-Request-Id", names[0]).from("192.0.2.1"))
            let line = try daemon.line(containing: names[0])
            let expected = """
                INFO request id=\(names[0]) client=192.0.2.1 method=GET path=/auth/me status=200 \
                bytes=\(answer.body.count) ms=
                """
            #expect(line.contains(expected))
            #expect(line.wholeMatch(of: /.* ms=\d+\.\d{3} account=[0-9a-f-]{36}/) != nil)
            #expect(line.hasSuffix(" account=\(person.id)"))

            let head = Call(method: "HEAD", target: "/health").with("X-Request-Id", names[1])
            _ = try daemon.client.send(head)
            #expect(try daemon.line(containing: names[1]).contains(" method=HEAD path=/health "))
            #expect(try daemon.line(containing: names[1]).contains(" bytes=0 "))
            _ = try daemon.client.send(.get("/nothing").with("X-Request-Id", names[2]))
            let last = try daemon.line(containing: names[2])
            #expect(last.contains(" status=404 ") && last.hasSuffix(" code=not_found"))
            for name in names {
                #expect(daemon.logLines.filter { $0.contains(name) }.count == 1)
            }
        }

        @Test func `a request is one object of JSON`() throws {
            let daemon = try Daemon(settings: ["LUNAUTH_LOG_FORMAT": "json"])
            let person = try daemon.client.signUp()
            let name = Fresh.word()
            try daemon.client.send(
                .logIn(person.email, "wrong password").with("X-Request-Id", name)
            )
            .expect(401, "invalid_credentials")
            let line = try JSON(Array(try daemon.line(containing: name).utf8))
            #expect(
                line.names == [
                    "time", "level", "message", "id", "client", "method", "path", "status", "bytes",
                    "ms", "account", "code", "reason",
                ])
            #expect(line["account"]?.text == person.id)
            #expect(line["status"] == .number(401))
            #expect(line["level"] == "info")
            #expect(line["message"] == "request")
            #expect(line["code"] == "invalid_credentials")
            #expect(line["reason"] == "wrong_password")
            #expect(line["path"] == "/auth/login")
            let lines = try daemon.logLines.map { try JSON(Array($0.utf8)) }
            #expect(lines.allSatisfy { $0.names.isSuperset(of: ["time", "level", "message"]) })
        }

        @Test func `a client cannot forge log lines`() throws {
            let daemon = try Shared.present.daemon
            let name = Fresh.word()
            let path = "/x%0A2026-01-01T00:00:00Z%20ERROR%20\(name)"
            try daemon.client.send(.get(path)).expect(404, "not_found")
            let line = try daemon.line(containing: name)
            #expect(line.contains(" INFO request "))
            #expect(line.contains("path=\(path) "))
        }

        @Test func `changes on the command line are logged by the server with their author`()
            throws
        {
            let (daemon, _) = try Daemon.setUp()
            let person = try daemon.client.signUp()
            let disabled = try daemon.home.run("user", "disable", person.email)
            #expect(disabled.ending == .exited(0) && disabled.errors.isEmpty)
            let line = try daemon.line(containing: "NOTICE command line ")
            for part in [
                " account=\(person.id) ", " command=\"user disable\" ", " from=active ",
                " to=disabled ", " user=", " what=status",
            ] {
                #expect(line.contains(part))
            }
            #expect(try daemon.home.run("user", "list").ending == .exited(0))
            #expect(try daemon.home.run("secret", "rotate").ending == .exited(0))
            try daemon.line(containing: #"command="secret rotate""#)
            #expect(daemon.logLines.count { $0.contains(" NOTICE command line ") } == 2)
            #expect(try daemon.stop() == .exited(0))

            let enabled = try daemon.home.run("user", "approve", person.email)
            #expect(enabled.ending == .exited(0))
            #expect(enabled.errors.contains(#" NOTICE command line account=\#(person.id) "#))
            #expect(enabled.errors.contains(#"command="user approve" from=disabled to=active"#))
            #expect(try daemon.home.run("user", "list").errors.isEmpty)
            let restarted = try Daemon(in: daemon.home)
            #expect(try restarted.stop() == .exited(0))
            #expect(!restarted.log.contains("NOTICE command line"))
        }

        @Test func `input that is not HTTP is logged with its sender and first bytes`() throws {
            let daemon = try Daemon()
            let connection = try daemon.client.connection()
            try connection.send(text: "\u{16}\u{3}\u{1}hello\r\n\r\n")
            try connection.readResponse().expect(400, "malformed_request")
            let line = try daemon.line(containing: "code=malformed_request")
            #expect(line.contains(" client=127.0.0.1 ") && line.contains(" reason=\""))
            #expect(line.hasSuffix(" start=%16%03%01hello%0D%0A%0D%0A"))
        }

        @Test func `messages below the log level are omitted`() throws {
            let home = try Home()
            let process = try ChildProcess(
                [Program.path], in: home.path,
                environment: Program.environment([
                    "LUNAUTH_LOG_LEVEL": "warning", "LUNAUTH_LISTEN": "unix:\(home.path)/socket",
                ]), streams: .init(errors: "\(home.path)/log"))
            let client = Client(.unix(path: "\(home.path)/socket"))
            try Waiting.until("the server") {
                (try? client.connection().exchange(.get("/health")))?.status == 200
            }
            process.send(SIGTERM)
            #expect(try process.wait() == .exited(0))
            let log = home.read("log") ?? ""
            #expect(log.contains(" WARNING no owner exists yet"))
            #expect(!log.contains(" INFO ") && !log.contains(" NOTICE "))
        }
    }
}
