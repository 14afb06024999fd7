import Testing

extension EndToEnd {
    /// The owner invites a person, who registers while registration is closed.
    @Suite struct InvitationStories {
        @Test func `an invited person registers and is active at once`() throws {
            let post = try DaemonWithMail()
            #expect(try post.client.update(["register": false], as: post.owner).status == 200)
            let email = Fresh.email()
            let invite = try post.client.send(
                .post("/auth/invites", ["email": .string(email), "tier": "pro"])
                    .bearer(post.owner.token))
            #expect(invite.status == 201)
            Secrets.protect(invite.json["code"]?.text)

            let mail = try post.mailServer.mail(to: email)
            let link = try #require(mail.link)
            let code = try #require(link.split(separator: "invite=").last.map(String.init))
            #expect(invite.json["code"]?.text == code)
            #expect(mail.html.contains(link.replacing("&", with: "&amp;")))

            let password = Fresh.password()
            let body: JSON = [
                "username": "Guest", "email": .string(email), "password": .string(password),
            ]
            let stranger = body.with(["email": .string(Fresh.email())])
            try post.client.send(.post("/auth/register?invite=\(code)", stranger))
                .expect(400, "invalid_invite")
            let joined = try Person(
                email: email, password: password,
                post.client.send(.post("/auth/register?invite=\(code)", body)), status: 201)
            let me = try post.client.me(joined).json
            #expect(me["status"] == "active" && me["role"] == "member" && me["tier"] == "pro")
            #expect(me["emailVerified"] == false, "who invited has the code, too")
            try post.client.send(
                .post("/auth/register?invite=\(code)", body.with(["email": .string(email)]))
            )
            .expect(400, "invalid_invite")
        }
    }
}
