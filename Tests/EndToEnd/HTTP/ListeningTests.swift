import Glibc
import Testing

extension EndToEnd {
    /// The addresses of a server.
    @Suite struct ListeningTests {
        @Test func `a server listens on several addresses at once`() throws {
            let home = try Home()
            let path = "\(home.path)/lunauth.sock"
            let daemon = try Daemon(
                in: home, settings: ["LUNAUTH_LISTEN": "127.0.0.1:0,[::1]:0,unix:lunauth.sock"])
            #expect(daemon.addresses.count == 3)
            #expect(daemon.addresses[2] == .unix(path: path))
            let clients = daemon.addresses.map { Client($0, of: daemon) }
            let person = try clients[0].signUp()
            for client in clients { #expect(try client.me(person).status == 200) }

            let name = Fresh.word()
            _ = try clients[1].send(.get("/health").with("X-Request-Id", name))
            #expect(try daemon.line(containing: name).contains(" client=::1 "))
            #expect(home.mode(of: "lunauth.sock").map { $0 & 0o777 } == 0o660)
            #expect(try daemon.stop() == .exited(0))
            #expect(!home.has("lunauth.sock"))
        }

        @Test func `a peer on a Unix socket is local, unless it forwards for a client`()
            throws
        {
            let home = try Home()
            let daemon = try Daemon(
                in: home, settings: ["LUNAUTH_LISTEN": "unix:\(home.path)/lunauth.sock"])
            let body: JSON = [
                "username": "The Owner", "email": "owner@example.com",
                "password": .string(Fresh.password()),
            ]
            let call = try Call.post("/auth/setup", body)
            try daemon.client.send(call.from("203.0.113.1")).expect(403, "setup_code_required")
            let line = try daemon.line(containing: "no owner exists yet")
            #expect(
                line.contains("curl --unix-socket '\(home.path)/lunauth.sock' http://localhost/"))
            #expect(try daemon.client.send(call).status == 201)
        }

        @Test func `a stale Unix socket is replaced`() throws {
            let settings = ["LUNAUTH_LISTEN": "unix:lunauth.sock"]
            let daemon = try Daemon(settings: settings)
            let second = try Home().run(
                "serve", settings: ["LUNAUTH_LISTEN": "unix:\(daemon.home.path)/lunauth.sock"])
            #expect(second.ending == .exited(69))
            #expect(try daemon.client.send(.get("/health")).status == 200)
            try daemon.kill()
            #expect(daemon.home.has("lunauth.sock"))
            let restarted = try Daemon(in: daemon.home, settings: settings)
            #expect(try restarted.client.send(.get("/health")).status == 200)
        }

        @Test func `a file that is not a socket is left unchanged`() throws {
            let home = try Home()
            try home.write("lunauth.sock", "precious")
            let outcome = try home.run("serve", settings: ["LUNAUTH_LISTEN": "unix:lunauth.sock"])
            #expect(outcome.ending == .exited(69))
            #expect(home.read("lunauth.sock") == "precious")
        }

        @Test func `an inherited listening socket survives the server`() throws {
            let listener = try Listener()
            let daemon = try Daemon(
                settings: ["LUNAUTH_LISTEN": "127.0.0.1:1"], inheriting: listener.descriptor)
            #expect(daemon.addresses == [listener.address])
            let person = try daemon.client.signUp()
            #expect(try daemon.stop() == .exited(0))

            // Connections between two servers are not refused: the kernel queues them.
            let early = try HTTPConnection(to: listener.address)
            try early.send(.get("/auth/me").cookie(person.cookie))
            let next = try Daemon(
                in: daemon.home, settings: ["LUNAUTH_LISTEN": "127.0.0.1:1"],
                inheriting: listener.descriptor)
            #expect(try early.readResponse().status == 200)
            #expect(try next.client.me(person).status == 200)
        }

        @Test func `an inherited descriptor that does not listen is refused`() throws {
            let home = try Home()
            let pair = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            defer { close(pair) }
            let process = try ChildProcess(
                [Program.path], in: home.path, environment: Program.environment([:]),
                streams: .init(errors: "\(home.path)/log"), inheriting: pair)
            #expect(try process.wait() == .exited(69))
            #expect(home.read("log")?.contains("not a listening socket") == true)
        }
    }
}
