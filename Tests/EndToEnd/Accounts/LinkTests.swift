import Testing

extension EndToEnd {
    /// Links in mails: their pages, and submitting them.
    ///
    /// The shared server sends no mail; the tokens are inserted into its database directly.
    @Suite struct LinkTests {
        private func link(_ purpose: String, of person: Person, email: String? = nil) throws
            -> String
        {
            try Link.make(
                in: Shared.present.daemon.home, purpose: purpose, of: person.email,
                proving: email ?? person.email)
        }

        @Test(arguments: ["someone", "nobody", "no address"])
        func `a reset request has the same response for every email`(who: String) throws {
            let email =
                switch who {
                case "someone": try Shared.client.signUp().email
                case "nobody": Fresh.email()
                default: "no address"
                }
            let answer = try Shared.client.send(
                .post("/auth/password/forgot", ["email": .string(email)]))
            answer.expect(503, "mail_not_configured")
            #expect(answer["Retry-After"] == nil, "no mail is ever sent here")
        }

        @Test(.choosesDatabase) func `a reset link is single-use and ends all sessions`() throws {
            let person = try Shared.client.signUp()
            let token = try link("reset_password", of: person)
            let page = try Shared.client.send(.open("/auth/password/reset?token=\(token)"))
            #expect(page.status == 200 && page.isPage)
            let password = Fresh.word() + Fresh.word()
            let form = Call.form(
                "/auth/password/reset", "token=\(token)&password=\(password)"
            )
            Secrets.protect(password)
            let answer = try Shared.client.send(form)
            #expect(answer.status == 303)
            #expect(answer["Location"] == "/auth/password/reset?done=password")
            let done = try Shared.client.send(.open("/auth/password/reset?done=password"))
            #expect(done.status == 200 && done.isPage)
            try Shared.client.me(person).expect(401, "unauthenticated")
            let login = try Shared.client.logIn(person, password: password)
            #expect(login.status == 200 && login.json["user"]?["emailVerified"] == true)
            #expect(try Shared.client.send(form).status == 400)
            let json: JSON = ["token": .string(token), "password": .string(password)]
            try Shared.client.send(.post("/auth/password/reset", json)).expect(400, "invalid_link")
        }

        @Test(.choosesDatabase)
        func `of five concurrent uses of a reset link one sets the password`() throws {
            let person = try Shared.client.signUp()
            let token = try link("reset_password", of: person)
            let answers = try Shared.client.sendAtOnce(
                (1...5).map { _ in
                    try .post(
                        "/auth/password/reset",
                        ["token": .string(token), "password": .string(Fresh.password())])
                })
            #expect(answers.filter { $0.status == 200 }.count == 1)
            #expect(answers.filter { $0.code == "invalid_link" }.count == 4)
        }

        @Test(.choosesDatabase)
        func `opening a confirmation link changes nothing and submitting it works once`()
            throws
        {
            let person = try Shared.client.signUp()
            let token = try link("verify_email", of: person)
            for method in ["GET", "HEAD", "GET"] {
                let call = Call.open("/auth/email/verify?token=\(token)").by(method)
                let answer = try Shared.client.send(call)
                #expect(answer.status == 200 && answer.isPage)
            }
            #expect(try Shared.client.me(person).json["emailVerified"] == false)
            let bare = try Call.post("/auth/email/verify", ["token": .string(token)])
            try Shared.client.send(bare).expect(401, "confirmation_required")
            let call = bare.cookie(person.cookie)
            #expect(try Shared.client.send(call).json["success"] == true)
            #expect(try Shared.client.me(person).json["emailVerified"] == true)
            let again = try Shared.client.send(call)
            again.expect(400, "invalid_link")
            #expect(again.json["error"]?.text?.contains("already confirmed on 20") == true)
        }

        @Test(.choosesDatabase) func `the reader of an address can reject it`() throws {
            let person = try Shared.client.signUp()
            let token = try link("verify_email", of: person)
            let page = try Shared.client.send(.open("/auth/email/verify?token=\(token)"))
            #expect(page.status == 200 && page.isPage)
            let form = Call.form("/auth/email/verify/reject", "token=\(token)")
            let answer = try Shared.client.send(form)
            #expect(answer.status == 303)
            #expect(answer["Location"] == "/auth/email/verify?done=rejected")
            try Shared.client.me(person).expect(401, "unauthenticated")
            try Shared.client.logIn(person).expect(401, "invalid_credentials")
            #expect(try Shared.client.send(form).status == 400)
        }

        @Test(.choosesDatabase)
        func `a link lets the reader of an address take over an account created with it`()
            throws
        {
            let stranger = try Shared.client.signUp()
            let key = try Shared.client.send(
                .post("/auth/api-keys", ["name": "left behind"]).cookie(stranger.cookie))
            #expect(key.status == 201)
            Secrets.protect(key.json["key"]?.text)
            let token = try link("verify_email", of: stranger)
            let password = Fresh.password()
            let set = try Shared.client.send(
                .post(
                    "/auth/password/reset",
                    ["token": .string(token), "password": .string(password)]))
            #expect(set.status == 200)
            try Shared.client.me(stranger).expect(401, "unauthenticated")
            let text = try #require(key.json["key"]?.text)
            try Shared.client.send(.get("/auth/me").bearer(text)).expect(401, "invalid_token")
            #expect(try Shared.client.logIn(stranger, password: password).status == 200)
        }

        @Test(.choosesDatabase)
        func `an address change can be cancelled by the reader of the new address`() throws {
            let (person, email) = (try Shared.client.signUp(), Fresh.email())
            let token = try link("verify_email", of: person, email: email)
            let reset: JSON = ["token": .string(token), "password": .string(Fresh.password())]
            try Shared.client.send(.post("/auth/password/reset", reset)).expect(400, "invalid_link")
            let cancel = try Call.post("/auth/email/change/cancel", ["token": .string(token)])
            #expect(try Shared.client.send(cancel).json["success"] == true)
            try Shared.client.send(cancel).expect(400, "invalid_link")
            let call = try Call.post("/auth/email/verify", ["token": .string(token)])
            try Shared.client.send(call.cookie(person.cookie)).expect(400, "invalid_link")
            #expect(try Shared.client.me(person).json["email"]?.text == person.email)
        }

        @Test(.choosesDatabase) func `a confirmed address change replaces the old address`() throws
        {
            let (person, email) = (try Shared.client.signUp(), Fresh.email())
            let change: JSON = ["email": .string(email), "password": .string(person.password)]
            let asked = try Call.post("/auth/email/change", change)
            for call in [asked, asked.cookie(person.cookie)] {
                try Shared.client.send(call).expect(503, "mail_not_configured")
            }
            #expect(try Shared.client.me(person).json["email"]?.text == person.email)
            let token = try link("verify_email", of: person, email: email)
            let call = try Call.post("/auth/email/verify", ["token": .string(token)])
            #expect(try Shared.client.send(call.cookie(person.cookie)).status == 200)
            let me = try Shared.client.me(person).json
            #expect(me["email"]?.text == email && me["emailVerified"] == true)
            try Shared.client.logIn(person).expect(401, "invalid_credentials")
        }

        @Test(.choosesDatabase) func `a form submitted from another site uses up no link`() throws {
            let person = try Shared.client.signUp()
            let token = try link("reset_password", of: person)
            let form = Call.form(
                "/auth/password/reset", "token=\(token)&password=theirs-now", from: nil)
            for (name, value) in [
                ("Sec-Fetch-Site", "cross-site"), ("Origin", "http://evil.example"),
                ("Origin", "null"),
            ] {
                let answer = try Shared.client.send(form.with(name, value))
                #expect(answer.status == 403 && answer.isPage)
            }
            #expect(try Shared.client.logIn(person).status == 200)
            #expect(try Shared.client.send(form).status == 303)
        }

        @Test func `a hostile token is no markup on its page`() throws {
            let hostile = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E%22%CC%81%20autofocus"
            let calls = [
                Call.open("/auth/password/reset?token=\(hostile)"),
                Call.form("/auth/password/reset", "token=\(hostile)&password=x"),
            ]
            for call in calls {
                let page = try Shared.client.send(call)
                #expect(page.status == 400 && page.isPage)
                let text = String(decoding: page.body, as: UTF8.self)
                #expect(!text.contains("<script>") && !text.utf8.contains("\"\u{301}".utf8))
            }
            let page = try Shared.client.send(calls[0])
            #expect(page["Content-Security-Policy"]?.hasPrefix("default-src 'none';") == true)
            #expect(page["Referrer-Policy"] == "same-origin")
        }
    }
}

/// Links, inserted into a server's database directly.
private enum Link {
    /// Inserts a link.
    ///
    /// - Returns: Its token.
    /// - Throws: When Python fails.
    static func make(
        in home: Home, purpose: String, of email: String, proving address: String
    ) throws -> String {
        let token = "link-\(Fresh.word())-\(Fresh.word())"
        Secrets.protect(token)
        let script = """
            import hashlib
            now = int(time.time() * 1000)
            base = sqlite3.connect(given["path"], timeout=10)
            base.execute(
                "INSERT OR REPLACE INTO link_tokens"
                " (hash, purpose, account_id, email, created_at, expires_at)"
                " SELECT ?, ?, id, ?, ?, ? FROM accounts WHERE email = ?",
                (hashlib.sha256(given["token"].encode()).digest(), given["purpose"],
                 given["address"], now, now + 600000, given["email"]))
            base.commit()
            print("{}")
            """
        _ = try Python.run(
            script,
            given: [
                "path": "\(home.path)/data/lunauth.db", "token": .string(token),
                "purpose": .string(purpose), "email": .string(email),
                "address": .string(address),
            ])
        return token
    }
}
