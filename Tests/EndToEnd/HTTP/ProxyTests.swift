import Testing

extension EndToEnd {
    /// The client of a request through a proxy on this machine.
    @Suite struct ProxyTests {
        private static let chains: [(fields: [String], client: String)] = [
            (["192.0.2.1"], "192.0.2.1"), (["198.51.100.9, 192.0.2.1"], "192.0.2.1"),
            (["198.51.100.9", "192.0.2.1"], "192.0.2.1"),
            (["192.0.2.1, 127.0.0.1"], "192.0.2.1"), (["192.0.2.1,127.0.0.1 , ::1"], "192.0.2.1"),
            (["192.0.2.1:4711"], "192.0.2.1"), (["[2001:db8::1]:4711"], "2001:db8::1"),
            (["2001:DB8:0:0::1"], "2001:db8::1"), (["::ffff:192.0.2.1"], "192.0.2.1"),
            (["nonsense"], "127.0.0.1"), (["192.0.2.1, nonsense"], "127.0.0.1"),
            (["192.0.2.1, unknown, ::1"], "::1"), (["192.0.2.1, 192.0.2.300"], "127.0.0.1"),
            (["192.0.2.1,"], "127.0.0.1"), (["127.0.0.1, ::1"], "127.0.0.1"), ([], "127.0.0.1"),
        ]

        @Test(arguments: chains)
        func `the client is the right-most untrusted address`(
            fields: [String], client: String
        ) throws {
            let call = fields.reduce(Call.get("/health")) { $0.with("X-Forwarded-For", $1) }
            try expect(
                call.with("Forwarded", "for=203.0.113.200"), in: Shared.present.daemon, client)
        }

        @Test(arguments: [
            (["https"], true), (["HTTPS"], true), (["http"], false), (["http, https"], true),
            (["https, http"], false), (["https", "http"], false), (["http", "https"], true),
            (["httpss"], false), ([], false),
        ])
        func `the cookie is Secure when the right-most scheme is https`(
            fields: [String], isSecure: Bool
        ) throws {
            let person = try Shared.client.signUp()
            let call = fields.reduce(
                try Call.logIn(person.email, person.password).from("192.0.2.1")
            ) { $0.with("X-Forwarded-Proto", $1) }
            let answer = try Shared.client.send(call)
            #expect(answer.status == 200)
            #expect(answer.cookieAttributes.contains("Secure") == isSecure)
        }

        @Test func `the other forwarding headers are read when configured`() throws {
            let daemon = try Daemon(settings: ["LUNAUTH_FORWARDEDHEADERS": "forwarded"])
            let cases = [
                ("for=192.0.2.1", "192.0.2.1"),
                (#"For="[2001:db8::1]:80";proto=https"#, "2001:db8::1"),
                ("for=198.51.100.1, for=192.0.2.1;by=x", "192.0.2.1"),
                ("for=192.0.2.1, for=_hidden", "127.0.0.1"),
                ("for=192.0.2.1, for=unknown", "127.0.0.1"),
                (#"for="192.0.2.1"#, "127.0.0.1"), ("proto=https", "127.0.0.1"),
            ]
            for (field, client) in cases {
                let call = Call.get("/health").with("Forwarded", field).from("203.0.113.200")
                try expect(call, in: daemon, client)
            }
            let call = try Call.signUp(Fresh.email()).with("X-Forwarded-Proto", "https")
            let plain = try daemon.client.send(call.with("Forwarded", "for=192.0.2.1"))
            #expect(!plain.cookieAttributes.contains("Secure"))
            let secure = try daemon.client.send(
                .signUp(Fresh.email()).with("Forwarded", "for=192.0.2.1;proto=https"))
            #expect(secure.cookieAttributes.contains("Secure"))
        }

        @Test func `forwarding headers from untrusted peers are ignored`() throws {
            for settings in [
                ["LUNAUTH_TRUSTEDPROXIES": "10.0.0.0/8,2001:db8::/32"],
                ["LUNAUTH_FORWARDEDHEADERS": "none"], ["LUNAUTH_TRUSTEDPROXIES": ""],
            ] {
                let daemon = try Daemon(settings: settings)
                let call = try Call.signUp(Fresh.email()).from("192.0.2.1")
                    .with("X-Forwarded-Proto", "https").with(
                        "Forwarded", "for=192.0.2.1;proto=https")
                let answer = try daemon.client.send(call)
                #expect(!answer.cookieAttributes.contains("Secure"))
                let name = try #require(answer["X-Request-Id"])
                #expect(try daemon.line(containing: name).contains(" client=127.0.0.1 "))
            }
        }

        @Test func `a proxy that does not name its clients is warned about once`() throws {
            let daemon = try Daemon()
            for _ in 1...3 { _ = try daemon.client.send(.get("/health")) }
            let name = Fresh.word()
            _ = try daemon.client.send(.get("/health").with("X-Request-Id", name))
            try daemon.line(containing: name)
            let warnings = daemon.logLines.filter { $0.contains("without naming its client") }
            #expect(warnings.count == 1)
            #expect(warnings.first?.contains(" WARNING ") == true)
        }

        private func expect(
            _ call: Call, in daemon: Daemon, _ client: String,
            sourceLocation: SourceLocation = #_sourceLocation
        ) throws {
            let name = Fresh.word()
            _ = try daemon.client.send(call.with("X-Request-Id", name))
            let line = try daemon.line(containing: "id=\(name) ")
            #expect(line.contains(" client=\(client) "), sourceLocation: sourceLocation)
        }
    }
}
