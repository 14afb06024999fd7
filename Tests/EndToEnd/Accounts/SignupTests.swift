import Testing

extension EndToEnd {
    /// How a customer creates an account.
    @Suite struct SignupTests {
        @Test func `signup creates an account and a session at once`() throws {
            let (email, password) = (Fresh.email(), Fresh.password())
            let body: JSON = [
                "email": .string(email.uppercased()), "password": .string(password),
                "name": "Zoë \"Z\" O'Neill",
            ]
            let answer = try Shared.client.send(.post("/auth/signup", body))
            #expect(answer.status == 201)
            let user = try #require(answer.json["user"])
            #expect(user["email"]?.text == email, "in lower case")
            #expect(user["name"] == "Zoë \"Z\" O'Neill")
            #expect(user["tier"] == "free")
            #expect(user["id"]?.text?.wholeMatch(of: /[0-9a-f-]{36}/) != nil)
            let person = try Person(email: email, password: password, answer, status: 201)
            #expect(try Shared.client.me(person).json.with([:]) == user)
            #expect(
                try Shared.client.send(.get("/auth/me").bearer(person.token)).json == user)
            #expect(try Shared.client.logIn(person).status == 200)
        }

        @Test func `the name defaults to the local part of the email`() throws {
            let person = try Shared.client.signUp()
            let me = try Shared.client.me(person).json
            #expect(me["name"]?.text == person.email.split(separator: "@").first.map(String.init))
            #expect(me["role"] == "user")
            #expect(me["status"] == "active")
            let time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/
            #expect(me["created_at"]?.text?.wholeMatch(of: time) != nil)
        }

        private static let strangeEmails = [
            "a+b@", "o'neil!#$%&*+-/=?^_`{|}~@", "1@", "x.y.z@",
        ]

        @Test(arguments: strangeEmails)
        func `an unusual but valid email is accepted`(start: String) throws {
            let email = "\(start)\(Fresh.word()).example.co"
            let body: JSON = ["email": .string(email), "password": .string(Fresh.password())]
            let answer = try Shared.client.send(.post("/auth/signup", body))
            #expect(answer.json["user"]?["email"]?.text == email)
        }

        private static let badEmails = [
            "", "a", "@example.com", "a@", "a@example", "a@@example.com", "a b@example.com",
            ".a@example.com", "a.@example.com", "a..b@example.com", "a@.example.com",
            "a@example.com.", "a@-example.com", "a@example-.com", "a@example.c", "a@exa_mple.com",
            "a@[127.0.0.1]", "\"a\"@example.com", "é@example.com", "a@exämple.com",
            "a@10.0.0.12", "a@example.123", "a @example.com", "a@ example.com",
            "a@example.com\u{0}",
            "Name <a@example.com>", String(repeating: "a", count: 65) + "@example.com",
            "a@" + String(repeating: "b", count: 64) + ".com",
            "a@" + String(repeating: "bcd.", count: 63) + "com",
        ]

        @Test(arguments: badEmails)
        func `an invalid email is rejected`(email: String) throws {
            try Shared.client.send(.signUp(email))
                .expect(400, "invalid_request", fields: ["email"])
        }

        @Test(arguments: ["", "a\u{7}b", "a\nb", String(repeating: "n", count: 101)])
        func `a name without visible text or with controls is rejected`(name: String) throws {
            let body: JSON = [
                "email": .string(Fresh.email()), "password": .string(Fresh.password()),
                "name": .string(name),
            ]
            try Shared.client.send(.post("/auth/signup", body))
                .expect(400, "invalid_request", fields: ["name"])
        }

        @Test(arguments: [
            "", "1234567", "qwertyuiop", "Password1", "12345678",
            String(repeating: "x", count: 257),
        ])
        func `a weak or too long password is rejected`(password: String) throws {
            let body: JSON = ["email": .string(Fresh.email()), "password": .string(password)]
            let call = Call.post(
                "/auth/signup", text: String(decoding: try body.encoded, as: UTF8.self))
            try Shared.client.send(call).expect(400, "invalid_request", fields: ["password"])
        }

        @Test func `a password equal to name or email is rejected`() throws {
            let (local, name) = (Fresh.word(), "Grace \(Fresh.word())")
            for password in ["\(local)@example.com", local, local.uppercased(), name] {
                let body: JSON = [
                    "email": .string("\(local)@example.com"), "password": .string(password),
                    "name": .string(name),
                ]
                let call = Call.post(
                    "/auth/signup", text: String(decoding: try body.encoded, as: UTF8.self))
                try Shared.client.send(call).expect(400, "invalid_request", fields: ["password"])
            }
        }

        @Test(arguments: ["min8chars", "your-password", "secure123"])
        func `the sample passwords of the published pages are accepted`(password: String) throws {
            let body: JSON = ["email": .string(Fresh.email()), "password": .string(password)]
            #expect(try Shared.client.send(.post("/auth/signup", body)).status == 201)
        }

        @Test func `a password may have 256 scalars of any kind`() throws {
            let password = "🦊 \u{1}" + String(repeating: "ж", count: 253)
            let person = try Shared.client.signUp(password: password)
            #expect(try Shared.client.logIn(person).status == 200)
            try Shared.client.logIn(person, password: password + "ж")
                .expect(401, "invalid_credentials")
        }

        @Test func `a password matches in every normal form`() throws {
            let word = Fresh.word()
            let person = try Shared.client.signUp(password: "caf\u{E9} \u{1E69} \(word)")
            for password in ["cafe\u{301} s\u{323}\u{307} \(word)", "cafe\u{301} \u{1E69} \(word)"]
            {
                #expect(try Shared.client.logIn(person, password: password).status == 200)
            }
            try Shared.client.logIn(person, password: "cafe s \(word)")
                .expect(401, "invalid_credentials")
        }

        @Test(arguments: [["email"], ["password"], ["email", "password"]] as [Set<String>])
        func `missing members have the published messages`(missing: Set<String>) throws {
            var body: JSON = [
                "email": .string(Fresh.email()), "password": .string(Fresh.password()),
            ]
            for name in missing { body = body.without(name) }
            for path in ["/auth/signup", "/auth/login"] {
                let answer = try Shared.client.send(.post(path, body))
                answer.expect(400, "invalid_request", fields: missing)
                #expect(answer.json["error"] == "Missing email or password")
            }
        }

        @Test func `an email has one account, regardless of case`() throws {
            let person = try Shared.client.signUp()
            for email in [person.email, person.email.uppercased()] {
                let answer = try Shared.client.send(.signUp(email))
                answer.expect(409, "email_taken")
                #expect(answer.json["error"] == "Email already registered")
            }
            #expect(try Shared.client.logIn(person).status == 200, "the first password is kept")
        }

        @Test func `of ten concurrent signups exactly one succeeds`() throws {
            let email = Fresh.email()
            let answers = try Shared.client.sendAtOnce((1...10).map { _ in try .signUp(email) })
            #expect(answers.filter { $0.status == 201 }.count == 1)
            #expect(answers.filter { $0.code == "email_taken" && $0.status == 409 }.count == 9)
        }
    }
}
