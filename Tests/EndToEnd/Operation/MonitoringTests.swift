import Glibc
import Testing

extension EndToEnd {
    /// Health checks and metrics on the admin listener.
    @Suite struct MonitoringTests {
        private static let paths = ["/livez", "/readyz", "/metrics"]

        @Test(arguments: paths)
        func `each listener has its own paths`(path: String) throws {
            let daemon = try Shared.present.daemon
            try daemon.client.send(.get(path)).expect(404, "not_found")
            #expect(try daemon.watcher.send(.get(path)).status == 200)
            let head = try daemon.watcher.send(Call(method: "HEAD", target: path))
            #expect(head.status == 200)
            let post = try daemon.watcher.send(.post(path))
            #expect(post.status == 405 && post["Allow"] == "GET, HEAD, OPTIONS")
        }

        @Test(arguments: [
            "/", "/health", "/auth/me", "/auth/config", "/auth/setup/exists", "/auth/login",
            "/auth/signup", "/auth/logout", "/metrics/", "//metrics", "/livez?x=/auth/me",
        ])
        func `the admin listener serves nothing else`(path: String) throws {
            let watcher = try Shared.present.daemon.watcher
            guard !path.contains("?") else {
                #expect(try watcher.send(.get(path)).json == ["status": "ok"])
                return
            }
            try watcher.send(.get(path)).expect(404, "not_found")
            try watcher.send(.post(path)).expect(404, "not_found")
        }

        @Test(.choosesDatabase) func `a server is ready while its database is writable`() throws {
            let daemon = try Daemon()
            let watcher = try daemon.watcher
            let ready: JSON = [
                "status": "ok",
                "checks": ["database": "ok", "disk": "ok", "hashing": "ok", "mailer": "off"],
                "details": [],
            ]
            #expect(try watcher.send(.get("/readyz")).json == ready)
            let lock = try DatabaseLock(in: daemon.home)
            let answer = try watcher.send(.get("/readyz"))
            answer.expect(503, "unavailable")
            #expect(answer.json["status"] == "unavailable")
            #expect(answer.json["checks"]?["database"] == "not_writable")
            #expect(answer.json["checks"]?["disk"] == "ok")
            #expect(try watcher.send(.get("/livez")).json == ["status": "ok"])
            #expect(try Scrape(of: daemon).samples["lunauth_sessions"] == 0, "reading goes on")
            try lock.release()
            try Waiting.until("readiness") {
                try watcher.send(.get("/readyz")).json == ready
            }
        }

        @Test func `at the connection limit the admin listener still answers`() throws {
            let daemon = try Daemon(settings: ["LUNAUTH_HTTP_MAXIMUMCONNECTIONS": "2"])
            let busy = try (1...2).map { _ in try daemon.client.connection() }
            for connection in busy {
                try connection.send(
                    text: """
                        POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r
                        Content-Length: 9\r\nExpect: 100-continue\r\n\r\n
                        """)
                #expect(try connection.readInterim() == 100)
            }
            for path in Self.paths {
                #expect(try daemon.watcher.send(.get(path)).status == 200)
            }
        }

        @Test func `requests to the admin listener are logged at debug level only`() throws {
            let quiet = try Daemon()
            _ = try quiet.watcher.send(.get("/livez"))
            let loud = try Daemon(settings: ["LUNAUTH_LOG_LEVEL": "debug"])
            _ = try loud.watcher.send(.get("/livez"))
            try loud.line(containing: " path=/livez ")
            #expect(loud.logLines.contains { $0.contains(" DEBUG request ") })
            #expect(!quiet.log.contains("path=/livez"))
            #expect(!(quiet.log + loud.log).contains("without naming its client"))
        }

        @Test func `the admin listener may be a socket or off`() throws {
            let daemon = try Daemon(settings: ["LUNAUTH_ADMIN_LISTEN": "unix:admin.sock"])
            #expect(daemon.adminAddress == .unix(path: "\(daemon.home.path)/admin.sock"))
            #expect(try daemon.watcher.send(.get("/livez")).status == 200)
            #expect(daemon.home.mode(of: "admin.sock").map { $0 & 0o777 } == 0o660)
            #expect(try daemon.stop() == .exited(0))
            #expect(!daemon.home.has("admin.sock"))

            let closed = try Daemon(settings: ["LUNAUTH_ADMIN_LISTEN": "none"])
            #expect(closed.adminAddress == nil)
            try closed.client.send(.get("/metrics")).expect(404, "not_found")
        }

        @Test func `an admin address in use stops the start`() throws {
            let daemon = try Daemon()
            guard case .ipv4(let port) = daemon.adminAddress else { throw HarnessError("no port") }
            let home = try Home()
            let second = try home.run(
                "serve", settings: ["LUNAUTH_ADMIN_LISTEN": "127.0.0.1:\(port)"])
            #expect(second.ending == .exited(69))
            #expect(
                second.errors.contains("admin.listen: cannot listen on http://127.0.0.1:\(port)"))
            #expect(!home.has("data"))
        }

        @Test func `an inherited socket named admin is the admin listener`() throws {
            let listener = try Listener()
            let daemon = try Daemon(
                settings: ["LISTEN_FDNAMES": "admin", "LUNAUTH_ADMIN_LISTEN": "127.0.0.1:1"],
                inheriting: listener.descriptor)
            #expect(daemon.adminAddress == listener.address)
            #expect(daemon.addresses.count == 1 && daemon.addresses != [listener.address])
            #expect(try daemon.watcher.send(.get("/livez")).status == 200)
            try daemon.watcher.send(.get("/health")).expect(404, "not_found")
            #expect(try daemon.client.send(.get("/health")).status == 200)
        }
    }
}
