import Testing

extension EndToEnd {
    /// How a person joins the team.
    @Suite struct RegisterTests {
        @Test func `a registered person waits for approval and may read only their account`() throws
        {
            let shared = try Shared.present
            let client = shared.daemon.client
            let body: JSON = [
                "username": "New_Member-1", "email": .string(Fresh.email()),
                "password": .string(Fresh.password()),
            ]
            let answer = try client.send(.post("/auth/register", body))
            #expect(answer.status == 202)
            #expect(answer.json["token"] == nil)
            #expect(answer.json["user"]?["name"] == "New_Member-1")
            #expect(answer.json["user"]?["role"] == "member")
            #expect(answer.json["user"]?["status"] == "pending")
            let person = try Person(
                email: body["email"]?.text ?? "", password: body["password"]?.text ?? "", answer,
                status: 202)

            #expect(try client.me(person).json["status"] == "pending")
            let update = try Call.post("/auth/config/update", ["signup": false])
            try client.send(update.cookie(person.cookie)).expect(403, "pending_approval")
            try client.logIn(person).expect(403, "pending_approval")
            try client.logIn(person, password: "wrong password").expect(401, "invalid_credentials")

            let approval = try shared.daemon.home.run("user", "approve", person.email)
            #expect(approval.ending == .exited(0))
            try Waiting.until("the approval to be seen") {
                try client.me(person).json["status"] == "active"
            }
            #expect(try client.logIn(person).status == 200)
            try client.send(update.cookie(person.cookie)).expect(403, "forbidden")
        }

        @Test func `a pending account can log out`() throws {
            let person = try Shared.client.register()
            let logout = try Call.post("/auth/logout").cookie(person.cookie)
            #expect(try Shared.client.send(logout).status == 200)
            try Shared.client.me(person).expect(401, "unauthenticated")
        }

        @Test(arguments: [
            "", "   ", "a\tb", "\u{2800}", "a\u{202E}b", String(repeating: "u", count: 101),
        ])
        func `an empty, long or invisible username is rejected`(username: String) throws {
            let body: JSON = [
                "username": .string(username), "email": .string(Fresh.email()),
                "password": .string(Fresh.password()),
            ]
            try Shared.client.send(.post("/auth/register", body))
                .expect(400, "invalid_request", fields: ["username"])
        }

        @Test func `usernames need not be unique`() throws {
            for _ in 1...2 {
                #expect(try Shared.client.register().id != "")
            }
        }

        @Test func `a username is required`() throws {
            let body: JSON = [
                "email": .string(Fresh.email()), "password": .string(Fresh.password()),
            ]
            try Shared.client.send(.post("/auth/register", body))
                .expect(400, "invalid_request", fields: ["username"])
        }

        @Test func `register and signup share their emails`() throws {
            let person = try Shared.client.signUp()
            let answer = try Shared.client.send(try application(email: person.email))
            answer.expect(409, "email_taken")
            #expect(answer.json["error"] == "Email already registered")
        }

        @Test(.choosesDatabase) func `an invite creates an active account with its role and tier`()
            throws
        {
            let code = try invite(role: "admin", tier: "team", uses: 2)
            for _ in 1...2 {
                let answer = try Shared.client.send(try application(code: code))
                #expect(answer.status == 201)
                #expect(answer.json["token"]?.text != nil)
                #expect(answer.cookie != nil)
                let user = try #require(answer.json["user"])
                #expect(user["status"] == "active")
                #expect(user["role"] == "admin")
                #expect(user["tier"] == "team")
            }
            try Shared.client.send(try application(code: code)).expect(400, "invalid_invite")
        }

        @Test(.choosesDatabase) func `an invalid invite is never ignored`() throws {
            let codes = [
                try invite(paused: true), try invite(expired: true), "unknown-code", try invite(),
                try invite() + "&invite=" + invite(),
            ]
            try Shared.client.send(try application(code: codes[3], email: "no address"))
                .expect(400, "invalid_request", fields: ["email"])
            #expect(
                try Shared.client.send(try application(code: codes[3])).status == 201,
                "a failed registration uses nothing up")
            for code in codes {
                try Shared.client.send(try application(code: code)).expect(400, "invalid_invite")
            }
        }

        @Test(.choosesDatabase) func `of five concurrent registrations one uses the invite`() throws
        {
            let code = try invite()
            let answers = try Shared.client.sendAtOnce(
                (1...5).map { _ in try application(code: code) })
            #expect(answers.filter { $0.status == 201 }.count == 1)
            #expect(answers.filter { $0.code == "invalid_invite" }.count == 4)
        }

        private func application(code: String? = nil, email: String = Fresh.email()) throws -> Call
        {
            try .post(
                "/auth/register" + (code.map { "?invite=\($0)" } ?? ""),
                [
                    "username": "Some Body", "email": .string(email),
                    "password": .string(Fresh.password()),
                ])
        }

        private func invite(
            role: String = "member", tier: String = "free", uses: Int = 1, paused: Bool = false,
            expired: Bool = false
        ) throws -> String {
            try Invitation.make(
                in: Shared.present.daemon.home, role: role, tier: tier, uses: uses, paused: paused,
                expired: expired)
        }
    }
}

/// Invites, inserted into a server's database directly.
enum Invitation {
    /// Inserts an invite.
    ///
    /// - Returns: Its code.
    /// - Throws: When Python fails.
    static func make(
        in home: Home, role: String = "member", tier: String = "free", uses: Int = 1,
        paused: Bool = false, expired: Bool = false
    ) throws -> String {
        let code = "invitation-\(Fresh.word())"
        Secrets.protect(code)
        let script = """
            import hashlib, os
            now = int(time.time() * 1000)
            end = now - 1 if given["expired"] else now + 600000
            base = sqlite3.connect(given["path"], timeout=10)
            base.execute(
                "INSERT INTO invites (id, code_hash, role, tier, max_uses, paused, created_at, expires_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (os.urandom(16), hashlib.sha256(given["code"].encode()).digest(), given["role"],
                 given["tier"], given["uses"], given["paused"], now - 1000, end))
            base.commit()
            print("{}")
            """
        _ = try Python.run(
            script,
            given: [
                "path": "\(home.path)/data/lunauth.db", "code": .string(code),
                "role": .string(role), "tier": .string(tier), "uses": .number(Double(uses)),
                "paused": .bool(paused), "expired": .bool(expired),
            ])
        return code
    }
}
