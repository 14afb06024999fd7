import Glibc
import Testing

extension EndToEnd {
    /// SIGHUP: configuration changes while the server runs.
    @Suite struct ReloadTests {
        /// Removed from the environment, so that the file applies.
        private static let settings: [String: String?] = ["LUNAUTH_LIMITS_ENABLED": nil]

        @Test func `the log level, the limits and the trusted proxies change at once`() throws {
            let home = try Home()
            try home.write("config.json", #"{"limits": {"enabled": false}}"#)
            let daemon = try Daemon(in: home, settings: Self.settings)
            let first = Fresh.word()
            let call = Call.get("/health").from("192.0.2.7")
            #expect(
                try daemon.client.send(call.with("X-Request-Id", first))["X-Request-Id"] == first)
            #expect(try daemon.line(containing: "id=\(first) ").contains(" client=192.0.2.7 "))

            try home.write(
                "config.json", #"{"trustedProxies": [], "log": {"format": "json"}}"#)
            daemon.process.send(SIGHUP)
            try daemon.line(containing: "the configuration was reloaded")
            let answer = try daemon.client.send(call.with("X-Request-Id", first))
            let second = try #require(answer["X-Request-Id"])
            #expect(second != first, "nobody is believed about it any more")
            let line = try JSON(Array(try daemon.line(containing: second).utf8))
            #expect(line["client"] == "127.0.0.1")
            #expect(try isLimited(daemon), "limits are on by default")

            try home.write(
                "config.json", #"{"log": {"level": "error"}, "limits": {"enabled": false}}"#)
            daemon.process.send(SIGHUP)
            try Waiting.until("limits to be off") { try !isLimited(daemon) }
            let silent = Fresh.word()
            _ = try daemon.client.send(call.with("X-Request-Id", silent))
            try home.write("config.json", #"{"limits": {"enabled": false}}"#)
            daemon.process.send(SIGHUP)
            try Waiting.until("the requests to be logged again") {
                let probe = Fresh.word()
                _ = try daemon.client.send(call.with("X-Request-Id", probe))
                _ = try daemon.client.send(.get("/health"))
                return daemon.log.contains("id=\(probe) ")
            }
            #expect(!daemon.log.contains(silent))
        }

        @Test func `the timeouts of connections change at once`() throws {
            let home = try Home()
            let daemon = try Daemon(in: home)
            let connection = try daemon.client.connection()
            try connection.send(text: "GET /health HTTP/1.1\r\n")
            try home.write("config.json", #"{"http": {"headSeconds": 1}}"#)
            daemon.process.send(SIGHUP)
            try daemon.line(containing: "the configuration was reloaded")
            try connection.readResponse().expect(408, "request_timeout")
        }

        @Test func `the timeouts of bodies and idle connections change at once`() throws {
            let home = try Home()
            let daemon = try Daemon(in: home)
            let sending = try daemon.client.connection()
            try sending.send(
                text: "POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n"
                    + "Content-Type: application/json\r\n\r\n{")
            let idle = try daemon.client.connection()
            #expect(try idle.exchange(.get("/health")).status == 200)
            try home.write("config.json", #"{"http": {"bodySeconds": 1, "idleSeconds": 1}}"#)
            daemon.process.send(SIGHUP)
            try daemon.line(containing: "the configuration was reloaded")
            try sending.readResponse().expect(408, "request_timeout")
            #expect(try idle.isClosed())
        }

        @Test func `forwarding headers and the limits of tiers change at once`() throws {
            let home = try Home()
            try home.write("config.json", #"{"limits": {"enabled": true}}"#)
            let daemon = try Daemon(in: home, settings: Self.settings)
            let person = try daemon.client.signUp()
            let call = Call.get("/auth/me").bearer(person.token).from("192.0.2.7")
            #expect(try daemon.client.send(call)["X-RateLimit-Limit"] == nil)
            try home.write(
                "config.json",
                #"""
                {"forwardedHeaders": "none",
                 "limits": {"enabled": true, "tiers": {"sessions": true, "free": 7}}}
                """#)
            daemon.process.send(SIGHUP)
            try daemon.line(containing: "the configuration was reloaded")
            let answer = try daemon.client.send(call)
            #expect(answer["X-RateLimit-Limit"] == "7")
            let id = try #require(answer["X-Request-Id"])
            #expect(try daemon.line(containing: "id=\(id) ").contains(" client=127.0.0.1 "))
        }

        @Test(.choosesDatabase) func `changes that need a restart are named`() throws {
            let home = try Home()
            let daemon = try Daemon(in: home)
            try home.write(
                "config.json",
                #"""
                {"database": "sqlite:other", "token": {"lifetimeSeconds": 90},
                 "http": {"maximumConnections": 5, "idleSeconds": 100}, "log": {"level": "info"}}
                """#)
            daemon.process.send(SIGHUP)
            let line = try daemon.line(containing: "a restart is needed for")
            #expect(line.contains("WARNING"))
            #expect(
                line.hasSuffix(": database, http.maximumConnections, token.lifetimeSeconds"))
            let person = try daemon.client.signUp()
            let claims = try Token(person.token).claims
            #expect(claims["exp"]?.number == (claims["iat"]?.number ?? 0) + 604_800)
        }

        @Test func `stored setup values need no restart`() throws {
            let daemon = try Daemon()
            let answer = try daemon.client.send(
                .post(
                    "/auth/setup",
                    [
                        "username": "owner", "email": .string(Fresh.email()),
                        "password": .string(Fresh.password()), "databaseName": "other",
                        "websiteUrl": "https://auth.example.org",
                    ]))
            #expect(answer.status == 201)
            daemon.process.send(SIGHUP)
            try daemon.line(containing: "the configuration was reloaded")
            daemon.process.send(SIGTERM)
            #expect(try daemon.process.wait() == .exited(0))
            #expect(!daemon.log.contains("a restart is needed"))
        }

        @Test func `an invalid file changes nothing`() throws {
            let home = try Home()
            let daemon = try Daemon(in: home)
            for text in ["{", #"{"log": {"level": "loud"}}"#, #"{"lock": {}}"#] {
                try home.write("config.json", text)
                let before = errors(in: daemon)
                daemon.process.send(SIGHUP)
                try Waiting.until("the error") { errors(in: daemon) == before + 1 }
                #expect(try daemon.client.send(.get("/health")).status == 200)
            }
            try daemon.line(containing: "log.level")
            try daemon.line(containing: "lock")
        }

        @Test func `a file that is not regular blocks neither SIGHUP nor SIGTERM`() throws {
            let home = try Home()
            let daemon = try Daemon(in: home)
            try #require(mkfifo("\(home.path)/config.json", 0o600) == 0)
            daemon.process.send(SIGHUP)
            try daemon.line(containing: "config.json: not a regular file")
            home.remove("data/secret.key")
            try #require(mkfifo("\(home.path)/data/secret.key", 0o600) == 0)
            try daemon.line(containing: "data/secret.key: not a regular file")
            _ = try daemon.client.signUp()
            daemon.process.send(SIGTERM)
            #expect(try daemon.process.wait() == .exited(0))
        }

        private func errors(in daemon: Daemon) -> Int {
            daemon.logLines.filter { $0.contains("ERROR the configuration was not reloaded") }.count
        }

        private func isLimited(_ daemon: Daemon) throws -> Bool {
            let connection = try daemon.client.connection()
            for _ in 1...40 {
                let answer = try connection.exchange(.post("/auth/setup", [:]))
                if answer.status == 429 { return true }
            }
            return false
        }
    }
}
