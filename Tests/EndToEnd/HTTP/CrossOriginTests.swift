import Testing

extension EndToEnd {
    /// Requests from pages of other sites have no effect.
    @Suite struct CrossOriginTests {
        private static let refused: [(site: String?, origin: String?)] = [
            ("cross-site", nil), ("same-site", nil), ("cross-site", "own"), ("nonsense", nil),
            ("", nil), (nil, "http://evil.example"), (nil, "null"), (nil, ""),
            (nil, "http://127.0.0.1"), (nil, "http://127.0.0.1:1"), (nil, "own.evil.example"),
            (nil, "http://localhost:8080"), (nil, "https://127.0.0.1:8080"),
        ]

        private static let allowed: [(site: String?, origin: String?)] = [
            ("same-origin", nil), ("none", nil), ("same-origin", "http://evil.example"), (nil, nil),
            (nil, "own"), (nil, "http://127.0.0.1:8080"),
        ]

        @Test(arguments: refused)
        func `an unsafe request from another origin is refused`(
            site: String?, origin: String?
        ) throws {
            let call = try Call.post("/auth/login")
            try Shared.client.send(sent(call, site, origin)).expect(403, "cross_origin")
        }

        @Test(arguments: allowed)
        func `a request from the site itself or without a page is accepted`(
            site: String?, origin: String?
        ) throws {
            let call = try Call.post("/auth/login")
            try Shared.client.send(sent(call, site, origin))
                .expect(400, "invalid_request", fields: ["email", "password"])
        }

        @Test(arguments: [
            "/auth/setup", "/auth/register", "/auth/signup", "/auth/login", "/auth/logout",
            "/auth/config/update", "/auth/password/change", "/auth/password/forgot",
            "/auth/password/reset", "/auth/email/verify", "/auth/email/verify/resend",
            "/auth/email/change",
        ])
        func `the rule applies to endpoints that use or set a cookie`(path: String) throws {
            let owner = try Shared.present.owner
            for call in [try Call.post(path), try .post(path).cookie(owner.cookie)] {
                try Shared.client.send(sent(call, "cross-site", nil)).expect(403, "cross_origin")
                try Shared.client.send(sent(call, nil, "null")).expect(403, "cross_origin")
            }
        }

        @Test func `a refused logout ends no session`() throws {
            let person = try Shared.client.signUp()
            let call = try Call.post("/auth/logout").cookie(person.cookie)
            try Shared.client.send(call.with("Sec-Fetch-Site", "cross-site"))
                .expect(403, "cross_origin")
            #expect(try Shared.client.me(person).status == 200)
        }

        @Test func `a request with a Bearer token is exempt`() throws {
            let owner = try Shared.present.owner
            let call = try Call.post("/auth/config/update").with("Sec-Fetch-Site", "cross-site")
                .with("Origin", "http://evil.example")
            #expect(try Shared.client.send(call.bearer(owner.token)).status == 200)
        }

        @Test func `safe requests are accepted from any origin`() throws {
            let person = try Shared.client.signUp()
            let call = Call.get("/auth/me").cookie(person.cookie)
                .with("Sec-Fetch-Site", "cross-site").with("Origin", "http://evil.example")
            #expect(try Shared.client.send(call).status == 200)
        }

        private func sent(_ call: Call, _ site: String?, _ origin: String?) throws -> Call {
            let own = "http://\(try Shared.present.daemon.addresses[0].authority)"
            return call.with("Sec-Fetch-Site", site).with("Origin", origin == "own" ? own : origin)
        }
    }
}
