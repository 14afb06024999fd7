import Testing

extension EndToEnd {
    /// What mails do about second factors: they tell of them, and never replace one.
    @Suite struct FactorStories {
        private static let password = "a password that came by mail"

        /// Sets a new password with the mailed link.
        ///
        /// - Parameters:
        ///   - person: The person.
        ///   - post: The server.
        ///   - count: The number of mails to the person with that of the link.
        /// - Returns: The response.
        /// - Throws: When there is no link in time.
        private func reset(_ person: Person, at post: DaemonWithMail, count: Int) throws
            -> HTTPResponse
        {
            let forgot = try Call.post("/auth/password/forgot", ["email": .string(person.email)])
            #expect(try post.client.send(forgot).status == 202)
            let token = try post.link(to: person.email, count: count).token
            return try post.client.send(
                .post(
                    "/auth/password/reset",
                    ["token": .string(token), "password": .string(Self.password)]))
        }

        @Test func `each use of a recovery code is told, with the number that is left`() throws {
            let post = try DaemonWithMail()
            var app = try EnrolledApp(of: post.owner, at: post.client)
            let added = try post.mailServer.mail(to: post.owner.email)
            let code = try #require(app.recoveryCodes.last)
            #expect(try app.logIn(post.owner).status == 200)
            let used = try Waiting.value(of: "a notice") {
                try post.mailServer.mails.first {
                    $0["Subject"] == "A recovery code of your account was used"
                }
            }
            #expect(used.recipients == [post.owner.email] && used.text.contains("Codes left: 9"))
            #expect(!(added.text + used.text).contains(code))
        }

        @Test func `a mailed reset of a confirmed address keeps the factor, and makes no session`()
            throws
        {
            let post = try DaemonWithMail()
            let owner = post.owner
            var app = try EnrolledApp(of: owner, at: post.client)
            _ = try post.mailServer.mail(to: owner.email)
            let done = try reset(owner, at: post, count: 2)
            #expect(done.status == 200 && done.json["token"] == nil && done.cookie == nil)
            try post.client.me(owner).expect(401, "unauthenticated")
            let first = try post.client.logIn(owner, password: Self.password)
            first.expect(401, "second_factor_required")
            let challenge = try #require(first.json["challenge"])
            let notice = try post.mailServer.mail(to: owner.email, count: 3)
            #expect(notice.text.contains("because your account also has: "))
            #expect(
                try post.client.send(.recoveryCode(app.takeCode(), for: challenge)).status == 200)
        }

        @Test func `a mailed reset of an address that was never confirmed removes the factors`()
            throws
        {
            let post = try DaemonWithMail()
            let person = try post.client.signUp()
            _ = try post.mailServer.mail(to: person.email)
            let stranger = try EnrolledApp(of: person, at: post.client)
            #expect(stranger.recoveryCodes.count == 10)
            #expect(try reset(person, at: post, count: 2).status == 200)
            let done = try post.client.logIn(person, password: Self.password)
            let token = try #require(done.json["token"]?.text)
            let factors = try post.client.send(.get("/auth/factors").bearer(token)).json
            #expect(factors["totp"] == .null && factors["recoveryCodes"] == 0)
            let notice = try post.mailServer.mail(to: person.email, count: 3)
            #expect(notice.text.contains("This address was never confirmed before"))
        }
    }
}
