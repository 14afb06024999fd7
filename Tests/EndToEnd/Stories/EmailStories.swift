import Testing

extension EndToEnd {
    /// A person confirms an address.
    @Suite struct EmailStories {
        @Test func `a customer confirms the address with the mailed link`() throws {
            let post = try DaemonWithMail()
            let person = try post.client.signUp()
            #expect(try post.client.me(person).json["emailVerified"] == false)
            let (target, token) = try post.link(to: person.email)
            #expect(try post.client.send(.open(target)).status == 200)
            #expect(try post.client.me(person).json["emailVerified"] == false)
            let bare = Call.form("/auth/email/verify", ["token": token])
            #expect(try post.client.send(bare).status == 401)
            let confirm = Call.form(
                "/auth/email/verify", ["token": token, "password": person.password])
            #expect(try post.client.send(confirm).status == 303)
            #expect(try post.client.me(person).json["emailVerified"] == true)
            try post.client.send(.post("/auth/email/verify", ["token": .string(token)]))
                .expect(400, "invalid_link")
        }

        @Test func `an account that must confirm its address is refused until then`() throws {
            let post = try DaemonWithMail()
            let on = try post.client.update(["requireEmailVerification": true], as: post.owner)
            #expect(on.status == 200)
            let (email, password) = (Fresh.email(), Fresh.password())
            let signup = try post.client.send(.signUp(email, password))
            #expect(signup.status == 202 && signup.json["token"] == nil)
            let person = try Person(email: email, password: password, signup, status: 202)
            #expect(try post.client.me(person).status == 200)
            try post.client.send(.get("/auth/sessions").cookie(person.cookie))
                .expect(403, "email_unverified")
            try post.client.logIn(person).expect(403, "email_unverified")
            let token = try post.link(to: email, count: 2).token
            let verify = try Call.post("/auth/email/verify", ["token": .string(token)])
            #expect(try post.client.send(verify.cookie(person.cookie)).status == 200)
            #expect(try post.client.logIn(person).status == 200)
        }

        @Test func `a start without a transport warns that links cannot be sent`() throws {
            let post = try DaemonWithMail()
            let on = try post.client.update(["requireEmailVerification": true], as: post.owner)
            #expect(on.status == 200)
            #expect(try post.daemon.stop() == .exited(0))
            let next = try Daemon(in: post.daemon.home)
            try next.line(containing: "requireEmailVerification is on")
        }

        @Test
        func `a new address replaces the old one when confirmed, and the old one is notified`()
            throws
        {
            let post = try DaemonWithMail()
            let person = try post.client.signUp()
            try post.confirm(person)
            let new = Fresh.email()
            let change = try Call.post(
                "/auth/email/change",
                ["email": .string(new), "password": .string(person.password)])
            #expect(try post.client.send(change.bearer(person.token)).status == 202)
            let token = try post.link(to: new).token
            #expect(try post.client.me(person).json["email"]?.text == person.email)
            let verify = try Call.post("/auth/email/verify", ["token": .string(token)])
            #expect(try post.client.send(verify.bearer(person.token)).status == 200)
            let me = try post.client.me(person).json
            #expect(me["email"]?.text == new && me["emailVerified"] == true)
            let notice = try post.mailServer.mail(to: person.email, count: 2)
            #expect(notice.text.contains(new))
        }
    }
}
