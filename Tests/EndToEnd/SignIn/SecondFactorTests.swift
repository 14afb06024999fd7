import Testing

extension EndToEnd {
    /// Signing in with a password and a code.
    @Suite struct SecondFactorTests {
        private static let wrongCode = "AAAA-AAAA-AAAA-AAAA"

        private func enrolled() throws -> (person: Person, app: EnrolledApp) {
            let person = try Shared.client.signUp()
            return (person, try EnrolledApp(of: person, at: Shared.client))
        }

        private func send(_ call: Call) throws -> HTTPResponse { try Shared.client.send(call) }

        private func verified(_ token: String) throws -> HTTPResponse {
            try send(.get("/auth/verify?role=user&factors=2").bearer(token))
        }

        private func methods(_ token: String) throws -> Set<String> {
            Set(try Token(token).claims["amr"]?.elements.compactMap(\.text) ?? [])
        }

        @Test func `the password of an account with a factor is half a sign-in, and opens nothing`()
            throws
        {
            let (person, _) = try enrolled()
            let first = try Shared.client.logIn(person)
            first.expect(401, "second_factor_required")
            #expect(first.json["methods"] == ["totp", "recovery"])
            #expect(first.values(of: "Set-Cookie").isEmpty)
            let challenge = try #require(first.json["challenge"]?.text)
            for path in ["/auth/me", "/auth/factors", "/auth/verify"] {
                for field in [
                    ("Authorization", "Bearer \(challenge)"),
                    ("Cookie", "session_token=\(challenge)"),
                    ("Cookie", "session_token_login=\(challenge)"),
                ] {
                    #expect(try send(.get(path).with(field.0, field.1)).status == 401)
                }
            }
            try Shared.client.logIn(person, password: "wrong password")
                .expect(401, "invalid_credentials")
        }

        @Test func `a recovery code completes one sign-in, and a challenge makes one session`()
            throws
        {
            var (person, app) = try enrolled()
            let challenge = try Shared.client.challenge(of: person)
            let code = try app.takeCode()
            let done = try send(.recoveryCode(code, for: challenge))
            #expect(done.status == 200 && done.json["recoveryCodesLeft"] == 9)
            let token = try #require(done.json["token"]?.text)
            #expect(try methods(token) == ["pwd", "otp", "mfa"])
            #expect(try verified(token).status == 200)
            try send(.recoveryCode(app.takeCode(), for: challenge)).expect(401, "invalid_challenge")
            try send(.recoveryCode(code, for: Shared.client.challenge(of: person)))
                .expect(401, "invalid_code")
        }

        @Test
        func `a lost phone is removed after a sign-in with a recovery code, by no older session`()
            throws
        {
            var (person, app) = try enrolled()
            let remove = Call(method: "DELETE", target: "/auth/totp")
            let refused = try send(remove.bearer(person.token))
            refused.expect(403, "reauthentication_required")
            #expect(refused.json["methods"] == ["totp", "recovery"])
            #expect(try methods(person.token) == ["pwd"], "adding a factor proves none")
            try verified(person.token).expect(403, "reauthentication_required")
            let token = try #require(try app.logIn(person).json["token"]?.text)
            #expect(try send(remove.bearer(token)).status == 200)
            #expect(try Shared.client.logIn(person).status == 200)
            let factors = try send(.get("/auth/factors").bearer(token)).json
            #expect(factors["totp"] == .null && factors["recoveryCodes"] == 0)
            #expect(try verified(token).status == 200, "what a session has proven it has proven")
        }

        @Test func `a proof by password and recovery code raises the session of before`() throws {
            var (person, app) = try enrolled()
            let body: JSON = [
                "method": "recovery", "password": .string(person.password),
                "code": .string(try app.takeCode()),
            ]
            let prove = try Call.post("/auth/reauthenticate", body.without("password"))
            try send(prove.bearer(person.token))
                .expect(400, "invalid_request", fields: ["password"])
            let done = try send(.post("/auth/reauthenticate", body).bearer(person.token))
            #expect(done.status == 200)
            let token = try #require(done.json["token"]?.text)
            #expect(try methods(token) == ["pwd", "otp", "mfa"])
            #expect(try Token(token).claims["sid"] == Token(person.token).claims["sid"])
            #expect(try verified(token).status == 200)
        }

        @Test func `ten recovery codes are replaced by ten others`() throws {
            var (person, app) = try enrolled()
            #expect(Set(app.recoveryCodes).count == 10)
            let token = try #require(try app.logIn(person).json["token"]?.text)
            let replaced = try send(.post("/auth/recovery-codes").bearer(token))
            let codes = (replaced.json["recoveryCodes"]?.elements ?? []).compactMap(\.text)
            for code in codes { Secrets.protect(code) }
            #expect(Set(codes).count == 10 && Set(codes).isDisjoint(with: app.recoveryCodes))
            try app.logIn(person).expect(401, "invalid_code")
            let challenge = try Shared.client.challenge(of: person)
            #expect(try send(.recoveryCode(codes[0], for: challenge)).status == 200)
        }

        @Test func `five wrong codes end a challenge, and no code is used up`() throws {
            var (person, app) = try enrolled()
            let challenge = try Shared.client.challenge(of: person)
            for _ in 1...5 {
                try send(.recoveryCode(Self.wrongCode, for: challenge)).expect(401, "invalid_code")
            }
            try send(.recoveryCode(app.recoveryCodes[0], for: challenge))
                .expect(401, "invalid_challenge")
            #expect(try app.logIn(person).json["recoveryCodesLeft"] == 9)
        }

        @Test func `a sign-in that a form began is completed by its browser alone`() throws {
            var (person, app) = try enrolled()
            let form = try send(
                .form("/auth/login", ["email": person.email, "password": person.password]))
            #expect(form.status == 303 && form["Location"] == "/auth/login/second")
            let cookie = try #require(
                form.values(of: "Set-Cookie").first { $0.hasPrefix("session_token_login=") })
            #expect(form.values(of: "Set-Cookie").count == 1)
            let pair = String(cookie.prefix { $0 != ";" })
            Secrets.protect(String(pair.dropFirst("session_token_login=".count)))
            let page = try send(.open("/auth/login/second").with("Cookie", pair)).text
            let field = try #require(page.firstMatch(of: /name="challenge" value="([^"]+)"/))
            let second = try Call.recoveryCode(app.takeCode(), for: .string(String(field.1)))
            try send(second).expect(401, "invalid_challenge")
            try send(
                second.with("Cookie", "session_token_login=\(String(repeating: "A", count: 43))")
            )
            .expect(401, "invalid_challenge")
            #expect(try send(second.with("Cookie", pair)).status == 200)
        }

        @Test func `a trusted browser is not asked, has one factor, and is ended from the list`()
            throws
        {
            var (person, app) = try enrolled()
            let trusting = try app.logIn(person, trust: true)
            let cookie = try #require(
                trusting.values(of: "Set-Cookie").first { $0.hasPrefix("session_token_trust=") })
            let pair = String(cookie.prefix { $0 != ";" })
            Secrets.protect(String(pair.dropFirst("session_token_trust=".count)))
            let logIn = try Call.logIn(person.email, person.password).with("Cookie", pair)
            let done = try send(logIn)
            let token = try #require(done.json["token"]?.text)
            #expect(try methods(token) == ["pwd"])
            try verified(token).expect(403, "reauthentication_required")
            try send(.post("/auth/recovery-codes").bearer(token))
                .expect(403, "reauthentication_required")
            let other = try enrolled().person
            try send(.logIn(other.email, other.password).with("Cookie", pair))
                .expect(401, "second_factor_required")
            let list = try send(.get("/auth/trusted-browsers").bearer(token)).json["items"]
            let id = try #require(list?.elements.first?["id"]?.text)
            let end = Call(method: "DELETE", target: "/auth/trusted-browsers/\(id)")
            #expect(try send(end.bearer(token)).status == 200)
            try send(logIn).expect(401, "second_factor_required")
        }

        @Test func `a policy leads to enrolment, whose challenge does nothing else`() throws {
            let (daemon, owner) = try Daemon.setUp(
                settings: ["LUNAUTH_FACTORS_REQUIRED": "administrators"])
            let client = daemon.client
            #expect(try client.logIn(client.signUp()).status == 200)
            let first = try client.logIn(owner)
            first.expect(403, "factor_enrolment_required")
            #expect(first.json["methods"]?.elements.contains("totp") == true)
            let challenge = try #require(first.json["challenge"])
            try client.send(.recoveryCode(Self.wrongCode, for: challenge))
                .expect(401, "invalid_challenge")
            for path in ["/auth/recovery-codes", "/auth/api-keys", "/auth/config/update"] {
                let call = try Call.post(path, ["challenge": challenge])
                #expect(try client.send(call).status == 401, "\(path)")
            }
            var app = try EnrolledApp(inSignIn: challenge, at: client)
            let token = try #require(app.confirmation.json["token"]?.text)
            #expect(try methods(token) == ["pwd"])
            #expect(try client.send(.get("/auth/me").bearer(token)).status == 200)
            try client.send(.post("/auth/totp", ["challenge": challenge]))
                .expect(401, "invalid_challenge")
            #expect(try app.logIn(owner).status == 200)
        }

        @Test func `settings want a proof only of an owner who has a second factor`() throws {
            let (daemon, owner) = try Daemon.setUp()
            let client = daemon.client
            #expect(try client.update(["approval": false], as: owner).status == 200)
            var app = try EnrolledApp(of: owner, at: client)
            try client.update(["approval": true], as: owner)
                .expect(403, "reauthentication_required")
            let token = try #require(try app.logIn(owner).json["token"]?.text)
            let update = try Call.post("/auth/config/update", ["approval": true])
            #expect(try client.send(update.bearer(token)).status == 200)
        }
    }
}
