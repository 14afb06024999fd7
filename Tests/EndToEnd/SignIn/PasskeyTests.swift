import Testing

extension EndToEnd {
    /// Signing in with a passkey, alone and after the password.
    @Suite struct PasskeyTests {
        private let daemon: Daemon
        private var client: Client { daemon.client }

        init() throws {
            daemon = try Daemon(settings: ["LUNAUTH_WEBSITEURL": EnrolledPasskey.website])
        }

        /// Expects a session with these methods, and with two factors for forward-auth.
        private func expectTwoFactors(_ answer: HTTPResponse, _ methods: Set<String>) throws {
            #expect(answer.status == 200, "\(answer.text)")
            let token = try #require(answer.json["token"]?.text)
            let claims = try Token(token).claims
            #expect(Set(claims["amr"]?.elements.compactMap(\.text) ?? []) == methods)
            #expect(claims["auth_time"]?.number ?? .infinity <= claims["iat"]?.number ?? 0)
            let verify = Call.get("/auth/verify?role=user&factors=2").bearer(token)
            #expect(try client.send(verify).status == 200)
        }

        @Test func `a passkey that verifies its user is both factors`() throws {
            for (flags, kind) in [
                ([.present, .verified], "hwk"), ([.present, .verified, .synced], "swk"),
            ] as [(EnrolledPasskey.Flags, String)] {
                let person = try client.signUp()
                let passkey = try EnrolledPasskey(of: person, at: client, flags: flags)
                #expect(passkey.registration.json["recoveryCodes"]?.elements.count == 10)
                #expect(passkey.registration.json["synced"] == .bool(kind == "swk"))
                try expectTwoFactors(passkey.logIn(at: client), [kind, "user", "mfa"])
                try expectTwoFactors(
                    passkey.logIn(person, at: client), ["pwd", kind, "user", "mfa"])
                try client.send(.get("/auth/verify?role=user&factors=2").bearer(person.token))
                    .expect(403, "reauthentication_required")
                try expectTwoFactors(
                    passkey.prove(person.token, at: client), ["pwd", kind, "user", "mfa"])
            }
        }

        @Test func `a passkey that sees a touch is a second factor and nothing alone`() throws {
            let person = try client.signUp()
            let passkey = try EnrolledPasskey(of: person, at: client, flags: .present)
            try passkey.logIn(at: client).expect(401, "invalid_passkey")
            let second = try passkey.logIn(person, at: client)
            try expectTwoFactors(second, ["pwd", "hwk", "mfa"])
            let token = try #require(second.json["token"]?.text)
            let removePassword = Call(method: "DELETE", target: "/auth/password")
            try client.send(removePassword.bearer(token)).expect(409, "last_sign_in_method")
        }

        @Test func `a response of a passkey is good once, and for its own account`() throws {
            let (person, other) = (try client.signUp(), try client.signUp())
            let passkey = try EnrolledPasskey(of: person, at: client)
            let foreign = try EnrolledPasskey(of: other, at: client)
            let credential = try passkey.use(.post("/auth/passkeys/challenge"), at: client)
            let logIn = try Call.post("/auth/passkeys/login", ["credential": credential])
            #expect(try client.send(logIn).status == 200)
            try client.send(logIn).expect(401, "invalid_challenge")
            let challenge = try client.challenge(of: person)
            let stolen = try foreign.use(
                .post("/auth/passkeys/challenge", ["challenge": challenge]), at: client)
            let second: JSON = [
                "challenge": challenge, "method": "passkey", "credential": stolen,
            ]
            try client.send(.post("/auth/login/second", second)).expect(401, "invalid_passkey")
        }

        @Test func `an account without a password keeps its last passkey`() throws {
            let person = try client.signUp()
            let passkey = try EnrolledPasskey(of: person, at: client)
            let removePassword = Call(method: "DELETE", target: "/auth/password")
            try client.send(removePassword.bearer(person.token))
                .expect(403, "reauthentication_required")
            let token = try #require(try passkey.logIn(at: client).json["token"]?.text)
            #expect(try client.send(removePassword.bearer(token)).status == 200)
            try client.logIn(person).expect(401, "invalid_credentials")
            let remove = Call(method: "DELETE", target: "/auth/passkeys/\(passkey.id)")
            try client.send(remove.bearer(token)).expect(409, "last_sign_in_method")
            #expect(try passkey.logIn(at: client).status == 200)
        }

        @Test func `a passkey of a disabled account is told so, and opens nothing`() throws {
            let person = try client.signUp()
            let passkey = try EnrolledPasskey(of: person, at: client)
            #expect(try daemon.home.run("user", "disable", person.email).ending == .exited(0))
            try Waiting.until("the session to end") { try client.me(person).status != 200 }
            try passkey.logIn(at: client).expect(403, "account_disabled")
        }
    }
}
