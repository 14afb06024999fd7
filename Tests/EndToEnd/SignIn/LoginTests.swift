import Testing

extension EndToEnd {
    /// Signing in, and the session that it creates.
    @Suite struct LoginTests {
        @Test func `login returns a token, the account and a cookie`() throws {
            let person = try Shared.client.signUp()
            let answer = try Shared.client.send(
                .logIn(person.email.uppercased(), person.password))
            #expect(answer.status == 200)
            #expect(answer.json["user"] == (try Shared.client.me(person).json))
            #expect(answer.json["token"]?.text != nil)
            #expect(answer.cookie?.wholeMatch(of: /[A-Za-z0-9_-]{43,}/) != nil)
            #expect(
                answer.cookieAttributes == [
                    "Path=/", "Max-Age=2592000", "HttpOnly", "SameSite=Lax",
                ])
        }

        @Test func `every login creates a new session`() throws {
            let person = try Shared.client.signUp()
            let answers = try (1...3).map { _ in try Shared.client.logIn(person) }
            let cookies = Set(answers.map(\.cookie) + [person.cookie])
            let sessions = try answers.map { try Token($0.json["token"]?.text ?? "").claims["sid"] }
            #expect(cookies.count == 4)
            #expect(Set(sessions.map { $0?.text }).count == 3)
            #expect(try Shared.client.me(person).status == 200)
        }

        @Test(arguments: [
            "", "x", "wrong password", "Secret", String(repeating: "p", count: 5_000),
        ])
        func `any other password is rejected`(password: String) throws {
            let person = try Shared.client.signUp(password: "secret of Lovelace")
            let body: JSON = ["email": .string(person.email), "password": .string(password)]
            let call = Call.post(
                "/auth/login", text: String(decoding: try body.encoded, as: UTF8.self))
            try Shared.client.send(call).expect(401, "invalid_credentials")
        }

        @Test func `the 101st session ends the oldest unused one`() throws {
            let person = try Shared.client.signUp()
            let connection = try Shared.client.connection()
            var sessions = [person.cookie]
            for _ in 2...100 {
                let answer = try connection.exchange(.logIn(person.email, person.password))
                sessions.append(try #require(answer.cookie))
            }
            #expect(try connection.exchange(.get("/auth/me").cookie(sessions[0])).status == 200)
            let last = try connection.exchange(.logIn(person.email, person.password)).cookie
            try Shared.client.send(.get("/auth/me").cookie(sessions[1]))
                .expect(401, "unauthenticated")
            for cookie in [sessions[0], sessions[2], sessions[99], last ?? ""] {
                #expect(try connection.exchange(.get("/auth/me").cookie(cookie)).status == 200)
            }
        }

        @Test func `a disabled account is reported only after the correct password`() throws {
            let shared = try Shared.present
            let person = try shared.daemon.client.signUp()
            #expect(
                try shared.daemon.home.run("user", "disable", person.email).ending == .exited(0))
            try shared.daemon.client.logIn(person).expect(403, "account_disabled")
            try shared.daemon.client.logIn(person, password: "wrong password")
                .expect(401, "invalid_credentials")
        }

        @Test func `a session and its token expire when announced`() throws {
            // The shortest configurable lifetime is a minute: the announced times are checked instead.
            let daemon = try Daemon(settings: [
                "LUNAUTH_SESSION_LIFETIMESECONDS": "120", "LUNAUTH_TOKEN_LIFETIMESECONDS": "90",
                "LUNAUTH_SESSION_COOKIENAME": "__Host-id", "LUNAUTH_SESSION_SAMESITE": "Strict",
                "LUNAUTH_WEBSITEURL": "https://app.example",
            ])
            let answer = try daemon.client.send(.signUp(Fresh.email()))
            let cookie = try #require(answer["Set-Cookie"])
            #expect(cookie.hasPrefix("__Host-id="))
            #expect(
                answer.cookieAttributes == [
                    "Path=/", "Max-Age=120", "HttpOnly", "SameSite=Strict", "Secure",
                ])
            let claims = try Token(answer.json["token"]?.text ?? "").claims
            #expect(claims["exp"]?.number == (claims["iat"]?.number ?? 0) + 90)
            let pair = String(cookie.prefix { $0 != ";" })
            Secrets.protect(String(pair.dropFirst("__Host-id=".count)))
            #expect(try daemon.client.send(.get("/auth/me").with("Cookie", pair)).status == 200)
            let logout = try daemon.client.send(.post("/auth/logout").with("Cookie", pair))
            #expect(logout["Set-Cookie"]?.hasPrefix("__Host-id=; Path=/; Max-Age=0;") == true)
            #expect(logout.cookieAttributes.contains("Secure"))
        }
    }
}
