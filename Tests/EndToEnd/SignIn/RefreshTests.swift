import Testing

extension EndToEnd {
    /// New access tokens for an existing session.
    @Suite struct RefreshTests {
        private func claims(_ answer: HTTPResponse) throws -> JSON {
            Secrets.protect(answer.json["token"]?.text)
            return try Token(#require(answer.json["token"]?.text)).claims
        }

        @Test func `two concurrent refreshes succeed and earlier tokens stay valid`() throws {
            let client = try Shared.client
            let person = try client.signUp()
            let sid = try Token(person.token).claims["sid"]
            let calls = try (0..<8).map { index in
                let call = try Call.post("/auth/refresh")
                return index.isMultiple(of: 2)
                    ? call.bearer(person.token) : call.cookie(person.cookie)
            }
            for answer in try client.sendAtOnce(calls) {
                #expect(answer.status == 200 && answer.cookie == nil)
                #expect(answer.json["user"]?["email"]?.text == person.email)
                let claims = try claims(answer)
                #expect(claims["sid"] == sid)
                #expect(claims["exp"]?.number == (claims["iat"]?.number ?? 0) + 604_800)
                let token = try #require(answer.json["token"]?.text)
                #expect(try client.send(.get("/auth/me").bearer(token)).status == 200)
            }
            #expect(try client.send(.get("/auth/me").bearer(person.token)).status == 200)
            #expect(try client.sessions(person).count == 1)
            _ = try client.send(.post("/auth/logout").cookie(person.cookie))
            for call in calls[..<2] {
                #expect(try client.send(call).status == 401)
            }
        }

        @Test(.choosesDatabase) func `a refreshed token states the current account`() throws {
            let shared = try Shared.present
            let person = try shared.daemon.client.signUp()
            #expect(try shared.daemon.client.me(person).json["tier"] == "free")
            _ = try Python.run(
                """
                base = sqlite3.connect(given["path"], timeout=10)
                base.execute("UPDATE accounts SET tier = 'team', role = 'admin' WHERE email = ?",
                             (given["email"],))
                base.commit()
                print("{}")
                """,
                given: [
                    "path": .string("\(shared.daemon.home.path)/data/lunauth.db"),
                    "email": .string(person.email),
                ])
            try Waiting.until("the new tier") {
                try shared.daemon.client.me(person).json["tier"] == "team"
            }
            let answer = try shared.daemon.client.send(
                .post("/auth/refresh").bearer(person.token))
            let claims = try claims(answer)
            #expect(claims["tier"] == "team")
            #expect(claims["role"] == "admin")
            #expect(answer.json["user"]?["role"] == "admin")
        }

        @Test(.choosesDatabase, arguments: [true, false])
        func `only sliding sessions are extended`(slides: Bool) throws {
            let daemon = try Daemon(settings: ["LUNAUTH_SESSION_SLIDING": "\(slides)"])
            let person = try daemon.client.signUp()
            func end() throws -> String {
                try daemon.client.sessions(person)[0]["expiresAt"]?.text ?? ""
            }
            let first = try end()
            _ = try Python.run(
                """
                base = sqlite3.connect(given["path"], timeout=10)
                base.execute("UPDATE sessions SET expires_at = ?",
                             (int(time.time() * 1000) + 3600000,))
                base.commit()
                print("{}")
                """,
                given: ["path": .string("\(daemon.home.path)/data/lunauth.db")])
            #expect(try end() < first)
            // The server notices the other process within a moment.
            try Waiting.until("a refresh that knows the end") {
                let answer = try daemon.client.send(.post("/auth/refresh").bearer(person.token))
                let claims = try claims(answer)
                let seconds = (claims["exp"]?.number ?? 0) - (claims["iat"]?.number ?? 0)
                return try slides ? end() > first : (3_000...3_600).contains(seconds)
            }
            let answer = try daemon.client.send(.post("/auth/refresh").cookie(person.cookie))
            #expect(answer.status == 200)
            if slides {
                #expect(answer.cookie == person.cookie)
                let lifetime = answer.cookieAttributes.first { $0.hasPrefix("Max-Age=") }
                    .flatMap { Int($0.dropFirst(8)) }
                #expect((2_591_900...2_592_000).contains(lifetime ?? 0))
            } else {
                #expect(answer.cookie == nil)
                #expect(try end() < first)
            }
        }
    }
}
