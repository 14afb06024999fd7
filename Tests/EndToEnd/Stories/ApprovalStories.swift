import Testing

extension EndToEnd {
    /// A person asks to join the team, and the owner decides from a mail.
    @Suite struct ApprovalStories {
        @Test func `an applicant is approved from the owner's mail`() throws {
            let post = try DaemonWithMail()
            let person = try post.client.register()
            let proof = try post.link(to: person.email).token
            #expect(try post.mailServer.mails.allSatisfy { $0.recipients != [post.owner.email] })
            let confirm = try Call.post("/auth/email/verify", ["token": .string(proof)])
            #expect(try post.client.send(confirm.cookie(person.cookie)).status == 200)
            let notice = try post.mailServer.mail(to: post.owner.email)
            #expect(notice.text.contains(person.email) && notice.text.contains("Some Body"))
            let (target, token) = try post.link(to: post.owner.email)

            // A mail scanner opens the link twice: nothing changes.
            for _ in 1...2 {
                let page = try post.client.send(.open(target))
                #expect(page.status == 200)
                #expect(page["Content-Type"] == "text/html; charset=utf-8")
                #expect(String(decoding: page.body, as: UTF8.self).contains(person.email))
            }
            #expect(try post.client.me(person).json["status"] == "pending")

            let approve = Call.form("/auth/users/\(person.id)/approve", ["token": token])
            #expect(try post.client.send(approve).status == 303)
            #expect(try post.client.me(person).json["status"] == "active")
            let welcome = try post.mailServer.mail(to: person.email, count: 2)
            #expect(welcome.text.contains("/login"))
            #expect(try post.client.logIn(person).status == 200)

            let again = Call.form("/auth/users/\(person.id)/decline", ["token": token])
            let late = try post.client.send(again)
            #expect(late.status == 400, "a decision is made once")
            #expect(String(decoding: late.body, as: UTF8.self).contains("already approved"))
            #expect(try post.client.me(person).status == 200)
        }

        @Test func `an applicant is declined from the owner's mail`() throws {
            let post = try DaemonWithMail()
            let person = try post.client.register()
            try post.confirm(person)
            let decline = try Call.post("/auth/users/\(person.id)/decline").bearer(post.owner.token)
            #expect(try post.client.send(decline).status == 200)
            #expect(try post.client.send(decline).status == 200, "asking twice is harmless")
            try post.client.me(person).expect(401, "unauthenticated")
            try post.client.logIn(person).expect(401, "invalid_credentials")
            // The confirmation link was deleted with the account, unless it was sent before.
            try Waiting.until("a mail that says so") {
                try post.mailServer.mails.contains {
                    $0.recipients == [person.email] && $0.link == nil
                }
            }
            _ = try post.client.signUp(email: person.email)
        }
    }
}
