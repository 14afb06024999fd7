import Glibc
import Testing

extension EndToEnd {
    /// Access tokens, checked with another implementation: PyJWT.
    @Suite struct TokenTests {
        @Test func `PyJWT verifies a token with the key that the command prints`() throws {
            let shared = try Shared.present
            let person = try shared.daemon.client.signUp()
            let script = """
                import base64
                key = base64.urlsafe_b64decode(given["key"] + "=" * (-len(given["key"]) % 4))
                claims = jwt.decode(given["token"], key, algorithms=["HS256"],
                                    options={"require": ["exp", "iat", "sub"]})
                print(json.dumps({"header": jwt.get_unverified_header(given["token"]),
                                  "claims": claims, "bytes": len(key), "now": int(time.time())}))
                """
            let seen = try Python.run(
                script, given: ["key": .string(try key()), "token": .string(person.token)])
            #expect(seen["bytes"] == 32)
            #expect(seen["header"]?.names == ["alg", "typ", "kid"])
            #expect(seen["header"]?["alg"] == "HS256")
            #expect(seen["header"]?["typ"] == "JWT")
            let claims = try #require(seen["claims"])
            #expect(
                claims.names == [
                    "sub", "email", "tier", "iat", "exp", "sid", "role", "amr", "auth_time",
                ])
            #expect(claims["sub"]?.text == person.id)
            #expect(claims["email"]?.text == person.email)
            #expect(claims["tier"] == "free")
            #expect(claims["role"] == "user")
            #expect(claims["amr"] == ["pwd"])
            #expect(claims["auth_time"] == claims["iat"])
            #expect(claims["exp"]?.number == (claims["iat"]?.number ?? 0) + 604_800)
            #expect(claims["iat"]?.number ?? .infinity <= seen["now"]?.number ?? 0)
        }

        @Test func `a token made by PyJWT with a live session is accepted`() throws {
            let person = try Shared.client.signUp()
            let (header, claims) = try parts(of: person)
            let tokens = try minted([
                (header, claims), (["alg": "HS256", "typ": "JWT"], claims),
                (["alg": "HS256"], claims),
                (header, claims.with(["aud": "x", "scope": ["a", ["b": nil]]])),
                (header, claims.without("email").without("iat").without("role").without("tier")),
                (header, claims.with(["iat": .number((claims["iat"]?.number ?? 0) + 20)])),
            ])
            for token in tokens {
                let answer = try Shared.client.send(.get("/auth/me").bearer(token))
                #expect(answer.json["id"]?.text == person.id)
            }
        }

        @Test func `role and tier come from the account and never from the token`() throws {
            let person = try Shared.client.signUp()
            let (header, claims) = try parts(of: person)
            let token = try minted([
                (header, claims.with(["role": "owner", "tier": "team", "email": "x@example.com"]))
            ])[0]
            let me = try Shared.client.send(.get("/auth/me").bearer(token)).json
            #expect(me["role"] == "user")
            #expect(me["tier"] == "free")
            #expect(me["email"]?.text == person.email)
            let update = try Call.post("/auth/config/update", ["signup": false])
            try Shared.client.send(update.bearer(token)).expect(403, "forbidden")
        }

        @Test func `a token with one wrong claim or header is rejected`() throws {
            let (person, other) = (try Shared.client.signUp(), try Shared.client.signUp())
            let ended = try Shared.client.signUp()
            _ = try Shared.client.send(.post("/auth/logout").cookie(ended.cookie))
            let (header, claims) = try parts(of: person)
            let otherClaims = try parts(of: other).claims
            let endedClaims = try parts(of: ended).claims
            let now = claims["iat"]?.number ?? 0
            let wrong: [(JSON, JSON)] = [
                (header, claims.with(["sid": otherClaims["sid"] ?? nil])),
                (header, claims.with(["sub": otherClaims["sub"] ?? nil])),
                (header, endedClaims),
                (header, claims.with(["sid": "6f1c0f0e-4a0b-4c8e-9c5e-0a5a3b6a7d11"])),
                (header, claims.with(["sid": "nonsense"])), (header, claims.without("sid")),
                (header, claims.without("sub")), (header, claims.without("exp")),
                (header, claims.with(["exp": "later"])), (header, claims.with(["sub": 1])),
                (header, claims.with(["iat": .number(now + 3_600)])),
                (header, claims.with(["nbf": .number(now + 3_600)])),
                (header.with(["kid": "AAAAAAAAAAA"]), claims), (header.with(["kid": ""]), claims),
                (header.with(["crit": ["exp"]]), claims), (header.with(["typ": "at+jwt"]), claims),
                (header.with(["alg": "HS384"]), claims), (header.with(["alg": "HS512"]), claims),
                (header.with(["alg": "none"]), claims),
                (["alg": "none"], claims), (["alg": "HS512", "typ": "JWT"], claims),
            ]
            for token in try minted(wrong) {
                let answer = try Shared.client.send(.get("/auth/me").bearer(token))
                answer.expect(401, "invalid_token")
            }
        }

        @Test func `an expired token is reported as expired`() throws {
            let person = try Shared.client.signUp()
            let (header, claims) = try parts(of: person)
            let now = claims["iat"]?.number ?? 0
            let token = try minted([
                (header, claims.with(["iat": .number(now - 100), "exp": .number(now - 1)]))
            ])[0]
            let answer = try Shared.client.send(.get("/auth/me").bearer(token))
            answer.expect(401, "token_expired")
            #expect(answer["WWW-Authenticate"]?.contains(#"error="invalid_token""#) == true)
        }

        @Test func `a token with another key or a changed byte is rejected`() throws {
            let person = try Shared.client.signUp()
            let (header, claims) = try parts(of: person)
            let foreign = try minted(
                [(header, claims), (["alg": "HS256"], claims)],
                key: String(repeating: "A", count: 43))
            let bytes = Array(person.token.utf8)
            let dots = bytes.indices.filter { bytes[$0] == UInt8(ascii: ".") }
            let changed = [1, dots[0] + 1, dots[1] - 1, dots[1] + 1, bytes.count - 2].map { index in
                var copy = bytes
                copy[index] =
                    copy[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
                return String(decoding: copy, as: UTF8.self)
            }
            let cut = [
                String(person.token.dropLast()), person.token + "A", person.token + ".",
                person.token + "=", String(person.token.prefix { $0 != "." }),
                String(decoding: bytes[...dots[1]], as: UTF8.self),
            ]
            for token in foreign + changed + cut {
                try Shared.client.send(.get("/auth/me").bearer(token)).expect(401, "invalid_token")
            }
            #expect(try Shared.client.send(.get("/auth/me").bearer(person.token)).status == 200)
        }

        private func key() throws -> String {
            try TokenKey.printed(in: Shared.present.daemon.home)
        }

        private func parts(of person: Person) throws -> (header: JSON, claims: JSON) {
            let token = try Token(person.token)
            return (token.header, token.claims)
        }

        private func minted(_ tokens: [(JSON, JSON)], key: String? = nil) throws -> [String] {
            try TokenKey.minted(tokens, with: try key ?? self.key())
        }
    }

    /// Rotation of the signing key of tokens.
    @Suite struct KeyTests {
        @Test(.choosesDatabase) func `a new key that is not readable yet is used once it is`()
            throws
        {
            let (daemon, owner) = try Daemon.setUp()
            let kid = try Token(owner.token).header["kid"]
            // The state after a command of another user: the file exists, but the server cannot read it.
            let digits = String(repeating: "0123456789abcdef", count: 4)
            try daemon.home.write("next.key", digits + "\n", mode: 0o644)
            daemon.home.remove("data/secret.key")
            try daemon.home.move("next.key", to: "data/secret.key")
            try daemon.line(containing: "those in use stay")
            let kept = try daemon.client.logIn(owner).json["token"]?.text ?? ""
            #expect(try Token(kept).header["kid"] == kid)
            // A change of mode changes neither the name nor the time of the file.
            #expect(chmod("\(daemon.home.path)/data/secret.key", 0o600) == 0)
            try Waiting.until("a token of the new key") {
                let token = try daemon.client.logIn(owner).json["token"]?.text ?? ""
                return try Token(token).header["kid"] != kid
            }
        }

        @Test(.choosesDatabase)
        func `a new key signs within a moment and the old one still verifies`() throws {
            let (daemon, owner) = try Daemon.setUp()
            let old = try TokenKey.printed(in: daemon.home)
            #expect(try daemon.home.run("secret", "rotate").ending == .exited(0))
            let new = try TokenKey.printed(in: daemon.home)
            #expect(new != old)

            let kid = try Token(owner.token).header["kid"]
            let renewed = try Waiting.value(of: "a token of the new key") {
                let token = try daemon.client.logIn(owner).json["token"]?.text ?? ""
                return try Token(token).header["kid"] == kid ? nil : token
            }
            for token in [renewed, owner.token] {
                #expect(try daemon.client.send(.get("/auth/me").bearer(token)).status == 200)
            }

            let claims = try Token(renewed).claims
            let named: JSON = ["alg": "HS256", "kid": kid ?? nil]
            let cases: [(header: JSON, key: String, status: Int)] = [
                (["alg": "HS256"], new, 200), (["alg": "HS256"], old, 401), (named, old, 200),
                (named, new, 401),
            ]
            for (header, key, status) in cases {
                let token = try TokenKey.minted([(header, claims)], with: key)[0]
                #expect(try daemon.client.send(.get("/auth/me").bearer(token)).status == status)
            }

            #expect(try daemon.stop() == .exited(0))
            let restarted = try Daemon(in: daemon.home)
            for token in [renewed, owner.token] {
                #expect(try restarted.client.send(.get("/auth/me").bearer(token)).status == 200)
            }
        }

        @Test func `a compromised key is worthless at once`() throws {
            // The waiting mail is not delivered.
            let settings = [
                "LUNAUTH_MAIL_TRANSPORT": "sendmail", "LUNAUTH_MAIL_FROM": "a@example.org",
                "LUNAUTH_MAIL_SENDMAIL_PATH": "/bin/false",
            ]
            let (daemon, owner) = try Daemon.setUp(settings: settings)
            let login = try daemon.client.logIn(owner)
            let cookie = try #require(login.cookie)
            _ = try daemon.client.signUp()
            let kid = try Token(owner.token).header["kid"]

            let unasked = try daemon.home.run("secret", "rotate", "--now", settings: settings)
            #expect(unasked.ending == .exited(64) && unasked.errors.contains("--yes"))
            #expect(try daemon.client.send(.get("/auth/me").bearer(owner.token)).status == 200)
            #expect(
                try daemon.home.run("secret", "rotate", "--yes", settings: settings).ending
                    == .exited(64))

            let done = try daemon.home.run(
                "secret", "rotate", "--now", "--yes", settings: settings)
            #expect(done.ending == .exited(0), "\(done.errors)")
            #expect(done.output.contains("the old one is worthless"))
            #expect(!(try daemon.home.names("data").contains { $0.contains("retired") }))
            try Waiting.until("the sessions to end") {
                try daemon.client.send(.get("/auth/me").bearer(owner.token)).status == 401
            }
            #expect(
                try daemon.client.send(.get("/auth/me").with("Cookie", cookie)).status == 401)
            let renewed = try daemon.client.logIn(owner).json["token"]?.text ?? ""
            #expect(try Token(renewed).header["kid"] != kid)
            #expect(try daemon.client.send(.get("/auth/me").bearer(renewed)).status == 200)

            let mails = try daemon.home.run("mail", "list", settings: settings)
            #expect(mails.ending == .exited(0) && !mails.output.isEmpty)
            #expect(!mails.output.contains("no present key opens it"))
            #expect(try daemon.stop() == .exited(0))
            #expect(daemon.logLines.count { $0.contains("the token keys changed") } == 1)
            #expect(!daemon.log.contains("no present key"))
        }

        @Test(.choosesDatabase)
        func `a compromised key is gone before sessions end, which may fail`() throws {
            let (daemon, _) = try Daemon.setUp()
            #expect(try daemon.stop() == .exited(0))
            func change(_ statement: String) throws {
                _ = try Python.run(
                    """
                    base = sqlite3.connect(given["path"])
                    base.execute(given["statement"])
                    base.commit()
                    print("{}")
                    """,
                    given: [
                        "path": "\(daemon.home.path)/data/lunauth.db",
                        "statement": .string(statement),
                    ])
            }
            try change(
                """
                CREATE TRIGGER refusal BEFORE UPDATE OF ended_at ON sessions
                BEGIN SELECT RAISE(ABORT, 'refused'); END
                """)
            let failed = try daemon.home.run("secret", "rotate", "--now", "--yes")
            #expect(failed.ending != .exited(0))
            #expect(!(try daemon.home.names("data").contains { $0.contains("retired") }))
            try change("DROP TRIGGER refusal")
            let done = try daemon.home.run("secret", "rotate", "--now", "--yes")
            #expect(done.ending == .exited(0), "\(done.errors)")
            #expect(done.output.contains("ended: 1 session,"))
        }

        @Test(.choosesDatabase) func `a rotation is logged once`() throws {
            let (daemon, owner) = try Daemon.setUp()
            let kid = try Token(owner.token).header["kid"]
            for round in 1...2 {
                #expect(try daemon.home.run("secret", "rotate").ending == .exited(0))
                try Waiting.until("the rotation to be told") {
                    daemon.logLines.count { $0.contains("the token keys changed") } == round
                }
            }
            // An expired key changes the files, but no key that is in use.
            for name in try daemon.home.names("data") where name.contains("retired") {
                daemon.home.remove("data/\(name)")
            }
            try Waiting.until("the old key to be unknown") {
                try daemon.client.send(.get("/auth/me").bearer(owner.token)).status == 401
            }
            #expect(
                try Token(daemon.client.logIn(owner).json["token"]?.text ?? "").header["kid"] != kid
            )
            #expect(try daemon.stop() == .exited(0))
            #expect(daemon.logLines.count { $0.contains("the token keys changed") } == 2)
        }

        @Test(.choosesDatabase) func `a key may come from a file or a credential`() throws {
            let digits = String(repeating: "d5", count: 32)
            Secrets.protect(digits)
            let home = try Home()
            try home.write("key", digits + "\n")
            try home.write("credentials/lunauth.secret-key", digits)
            for settings in [
                ["LUNAUTH_SECRET_KEY_FILE": "key"],
                ["CREDENTIALS_DIRECTORY": "\(home.path)/credentials"],
            ] as [[String: String?]] {
                let daemon = try Daemon(in: home, settings: settings)
                #expect(!home.has("data/secret.key"))
                try daemon.line(containing: "is a pattern that can be guessed")
                let person = try daemon.client.signUp()
                let key = try TokenKey.printed(in: home, settings: settings)
                let (header, claims) = (
                    try Token(person.token).header, try Token(person.token).claims
                )
                let token = try TokenKey.minted([(header, claims)], with: key)[0]
                #expect(try daemon.client.send(.get("/auth/me").bearer(token)).status == 200)
                let rotation = try home.run("secret", "rotate", settings: settings)
                #expect(rotation.ending == .exited(78))
                #expect(try daemon.stop() == .exited(0))
            }
        }

        @Test(.choosesDatabase) func `the key is created once and only for the server's user`()
            throws
        {
            let daemon = try Daemon()
            let text = try #require(daemon.home.read("data/secret.key"))
            #expect(text.wholeMatch(of: /[0-9a-f]{64}\n/) != nil)
            #expect(daemon.home.mode(of: "data/secret.key").map { $0 & 0o777 } == 0o600)
            #expect(daemon.home.mode(of: "data").map { $0 & 0o777 } == 0o700)
            #expect(daemon.home.mode(of: "data/lunauth.db").map { $0 & 0o077 } == 0)
            #expect(try daemon.stop() == .exited(0))
            _ = try Daemon(in: daemon.home)
            #expect(daemon.home.read("data/secret.key") == text)
        }

        @Test(.choosesDatabase) func `a key from the environment is used and cannot be rotated`()
            throws
        {
            let digits = String(repeating: "c4", count: 32)
            Secrets.protect(digits)
            let settings = ["LUNAUTH_SECRET_KEY": digits]
            let daemon = try Daemon(settings: settings)
            let person = try daemon.client.signUp()
            #expect(!daemon.home.has("data/secret.key"))
            let key = try TokenKey.printed(in: daemon.home, settings: settings)
            let (header, claims) = (try Token(person.token).header, try Token(person.token).claims)
            let token = try TokenKey.minted([(header, claims)], with: key)[0]
            #expect(try daemon.client.send(.get("/auth/me").bearer(token)).status == 200)
            let rotation = try daemon.home.run("secret", "rotate", settings: settings)
            #expect(rotation.ending == .exited(78))
            #expect(rotation.errors.contains("LUNAUTH_SECRET_KEY"))
        }
    }
}

/// The key that services verify tokens with.
enum TokenKey {
    /// The key as printed by the command.
    ///
    /// - Throws: When the command fails.
    static func printed(in home: Home, settings: [String: String?] = [:]) throws -> String {
        let outcome = try home.run("secret", "jwt", settings: settings)
        guard outcome.ending == .exited(0),
            let match = outcome.output.wholeMatch(of: /([A-Za-z0-9_-]{43})\n/)
        else { throw HarnessError("secret jwt: \(outcome.ending) \(outcome.errors)") }
        Secrets.protect(String(match.1))
        return String(match.1)
    }

    /// Tokens signed by PyJWT with the given headers and claims.
    ///
    /// - Throws: When Python fails.
    static func minted(_ tokens: [(JSON, JSON)], with key: String) throws -> [String] {
        let script = """
            import base64
            key = base64.urlsafe_b64decode(given["key"] + "=" * (-len(given["key"]) % 4))
            signer, tokens = jwt.PyJWS(), []
            for token in given["tokens"]:
                header, claims = token
                algorithm = header["alg"]
                tokens.append(signer.encode(json.dumps(claims).encode(),
                    None if algorithm == "none" else key, algorithm=algorithm,
                    headers={"typ": None, **header}))
            print(json.dumps({"tokens": tokens}))
            """
        let minted = try Python.run(
            script,
            given: [
                "key": .string(key), "tokens": .array(tokens.map { .array([$0.0, $0.1]) }),
            ])
        guard case .array(let texts) = minted["tokens"] else { throw HarnessError("no tokens") }
        return texts.compactMap(\.text)
    }
}
