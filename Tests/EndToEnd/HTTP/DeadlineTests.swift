import Testing

extension EndToEnd {
    /// Limits of duration and number of connections.
    @Suite struct DeadlineTests {
        @Test func `a slow client is disconnected`() throws {
            let daemon = try Daemon(settings: [
                "LUNAUTH_HTTP_HEADSECONDS": "3", "LUNAUTH_HTTP_BODYSECONDS": "1",
                "LUNAUTH_HTTP_IDLESECONDS": "1",
            ])
            // Each one sends something: silence is a timeout as well.
            let idle = try daemon.client.connection()
            #expect(try idle.exchange(.get("/health")).status == 200)
            let head = try daemon.client.connection()
            try head.send(text: "GET /health HTTP/1.1\r\n")
            let body = try daemon.client.connection()
            try body.send(
                text: "POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 10\r\n\r\n{")
            try head.readResponse().expect(408, "request_timeout")
            try body.readResponse().expect(408, "request_timeout")
            #expect(try head.isClosed())
            #expect(try body.isClosed())
            #expect(try idle.isClosed(), "without an answer that nobody asked for")
        }

        @Test func `a silent connection is closed when a head would be late`() throws {
            let daemon = try Daemon(settings: ["LUNAUTH_HTTP_HEADSECONDS": "3"])
            let silent = try daemon.client.connection()
            let idle = try daemon.client.connection()
            #expect(try idle.exchange(.get("/health")).status == 200)
            #expect(try silent.isClosed(), "without an answer that nobody asked for")
            #expect(try idle.exchange(.get("/health")).status == 200)
        }

        @Test func `connections with incomplete requests are closed for new ones`() throws {
            let daemon = try Daemon(settings: [
                "LUNAUTH_HTTP_MAXIMUMCONNECTIONS": "20", "LUNAUTH_EVENTLOOPS": "2",
            ])
            let held = try (1...20).map { number in
                let connection = try daemon.client.connection()
                try connection.send(
                    text: number % 2 == 0
                        ? "G"
                        : "POST /auth/login HTTP/1.1\r\nHost: a\r\n"
                            + "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{")
                return connection
            }
            for _ in 1...10 { #expect(try daemon.client.send(.get("/health")).status == 200) }
            withExtendedLifetime(held) {}
        }

        @Test func `an untrusted peer has a quarter of the connections`() throws {
            // From this machine's other address, if it has one.
            let script = """
                import socket
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
                    try:
                        probe.connect(("192.0.2.1", 9))
                        source = probe.getsockname()[0]
                    except OSError:
                        source = None
                held, refused = [], 0
                for _ in range(20 if source else 0):
                    held.append(socket.create_connection(
                        ("127.0.0.1", given["port"]), 10, (source, 0)))
                    held[-1].sendall(b"GET /health HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n")
                    refused += b" 503 " in held[-1].recv(4096)
                print(json.dumps({"tried": len(held), "held": len(held) - refused}))
                """
            for (proxies, held) in [("127.0.0.1/32", 5), ("0.0.0.0/0", 20)] {
                let daemon = try Daemon(settings: [
                    "LUNAUTH_HTTP_MAXIMUMCONNECTIONS": "20", "LUNAUTH_TRUSTEDPROXIES": proxies,
                ])
                guard case .ipv4(let port) = daemon.addresses[0] else {
                    throw HarnessError("not an IPv4 address")
                }
                let counts = try Python.run(script, given: ["port": .number(Double(port))])
                guard counts["tried"] == .number(20) else { return }
                #expect(counts["held"] == .number(Double(held)), "\(proxies)")
            }
        }

        @Test func `at the connection limit the longest idle connection is closed`() throws {
            let daemon = try Daemon(settings: [
                "LUNAUTH_HTTP_MAXIMUMCONNECTIONS": "3", "LUNAUTH_EVENTLOOPS": "1",
            ])
            let connections = try (1...3).map { _ in
                let connection = try daemon.client.connection()
                _ = try connection.exchange(.get("/health"))
                return connection
            }
            _ = try connections[0].exchange(.get("/health"))
            #expect(try daemon.client.send(.get("/health")).status == 200)
            #expect(try connections[1].isClosed())
            #expect(try connections[0].exchange(.get("/health")).status == 200)
            #expect(try connections[2].exchange(.get("/health")).status == 200)
        }
    }
}
