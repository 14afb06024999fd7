import Testing

extension EndToEnd {
    /// A person has forgotten the password.
    @Suite struct PasswordStories {
        @Test func `a forgotten password is reset with the mailed link`() throws {
            let post = try DaemonWithMail()
            let person = try post.client.signUp()
            _ = try post.mailServer.mail(to: person.email)
            let forgot = try Call.post("/auth/password/forgot", ["email": .string(person.email)])
            #expect(try post.client.send(forgot).status == 202)
            let (target, token) = try post.link(to: person.email, count: 2)
            for _ in 1...2 { #expect(try post.client.send(.open(target)).status == 200) }
            #expect(try post.client.logIn(person).status == 200, "opening it changes nothing")

            let password = Fresh.password()
            Secrets.protect(password)
            let reset = Call.form(
                "/auth/password/reset", ["token": token, "password": password])
            #expect(try post.client.send(reset).status == 303)
            try post.client.me(person).expect(401, "unauthenticated")
            try post.client.logIn(person).expect(401, "invalid_credentials")
            let back = try post.client.logIn(person, password: password)
            #expect(back.status == 200 && back.json["user"]?["emailVerified"] == true)
            let notice = try post.mailServer.mail(to: person.email, count: 3)
            #expect(notice.text.contains("Sessions: 2") && notice.text.contains("API keys: 0"))

            let second = try Call.post(
                "/auth/password/reset",
                ["token": .string(token), "password": .string(Fresh.password())])
            try post.client.send(second).expect(400, "invalid_link")
        }

        @Test func `a reset request does not reveal who has an account`() throws {
            let post = try DaemonWithMail()
            let person = try post.client.signUp()
            let stranger = Fresh.email()
            let answers = try [person.email, stranger].map { email in
                try post.client.send(
                    .post("/auth/password/forgot", ["email": .string(email)]))
            }
            #expect(answers.map(\.status) == [202, 202])
            #expect(answers[0].body == answers[1].body)
            _ = try post.link(to: person.email, count: 2)
            try Waiting.until("the outbox to be empty") {
                try post.daemon.home.run("mail", "list").output.isEmpty
            }
            #expect(try post.mailServer.mails.allSatisfy { $0.recipients != [stranger] })
        }
    }
}
