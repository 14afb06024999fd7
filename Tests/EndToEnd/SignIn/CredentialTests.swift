import Testing

extension EndToEnd {
    /// The credentials of a request.
    @Suite struct CredentialTests {
        @Test func `a request without credentials is unauthenticated`() throws {
            let answer = try Shared.client.send(.get("/auth/me"))
            answer.expect(401, "unauthenticated")
            #expect(answer["WWW-Authenticate"] == "Bearer")
        }

        @Test func `token and cookie of one login identify the same account`() throws {
            let person = try Shared.client.signUp()
            for call in [
                Call.get("/auth/me").bearer(person.token), .get("/auth/me").cookie(person.cookie),
                .get("/auth/me").with("Authorization", "bEARER  \(person.token) "),
            ] {
                let answer = try Shared.client.send(call)
                #expect(answer.status == 200)
                #expect(answer.json["id"]?.text == person.id)
            }
        }

        @Test(arguments: ["garbage1", "a.b.c", "", "e30.e30.e30", "two words"])
        func `an invalid token is rejected although the cookie is valid`(token: String) throws {
            let person = try Shared.client.signUp()
            let call = Call.get("/auth/me").cookie(person.cookie)
            let answer = try Shared.client.send(call.with("Authorization", "Bearer \(token)"))
            answer.expect(401, "invalid_token")
            #expect(answer["WWW-Authenticate"]?.contains(#"error="invalid_token""#) == true)
        }

        @Test func `the token takes precedence over another account's cookie`() throws {
            let (one, two) = (try Shared.client.signUp(), try Shared.client.signUp())
            let answer = try Shared.client.send(
                .get("/auth/me").cookie(one.cookie).bearer(two.token))
            #expect(answer.json["id"]?.text == two.id)
        }

        @Test(arguments: ["Basic dTpw", "Digest a=b", "Bearerx y", "Bear er"])
        func `another authentication scheme is ignored`(value: String) throws {
            let person = try Shared.client.signUp()
            let call = Call.get("/auth/me").with("Authorization", value)
            try Shared.client.send(call).expect(401, "unauthenticated")
            #expect(try Shared.client.send(call.cookie(person.cookie)).status == 200)
        }

        @Test func `two different session cookies are both ignored`() throws {
            let (one, two) = (try Shared.client.signUp(), try Shared.client.signUp())
            let call = Call.get("/auth/me").cookie(one.cookie)
            try Shared.client.send(call.cookie(two.cookie)).expect(401, "unauthenticated")
            try Shared.client.send(.get("/auth/me").cookie("\(one.cookie); session_token=x"))
                .expect(401, "unauthenticated")
            #expect(try Shared.client.send(call.cookie(one.cookie)).status == 200)
        }

        @Test func `the session cookie is found among other cookies`() throws {
            let person = try Shared.client.signUp()
            let cookies =
                "a=b; xsession_token=1; session_token=\(person.cookie);session_token2=x; c"
            #expect(try Shared.client.send(.get("/auth/me").with("Cookie", cookies)).status == 200)
        }

        @Test(arguments: ["", "short", "=", String(repeating: "A", count: 43), "\"quoted\""])
        func `an unknown cookie is unauthenticated`(value: String) throws {
            try Shared.client.send(.get("/auth/me").with("Cookie", "session_token=\(value)"))
                .expect(401, "unauthenticated")
        }

        @Test func `neither access token nor session id is accepted as a cookie`() throws {
            let person = try Shared.client.signUp()
            let session = try Token(person.token).claims["sid"]?.text ?? ""
            for value in [person.token, session, person.id] {
                try Shared.client.send(.get("/auth/me").with("Cookie", "session_token=\(value)"))
                    .expect(401, "unauthenticated")
            }
            try Shared.client.send(.get("/auth/me").bearer(person.cookie))
                .expect(401, "invalid_token")
        }

        @Test(arguments: ["Bearer garbage2", "Basic garbage3"])
        func `endpoints without authentication ignore an invalid credential`(value: String) throws {
            let person = try Shared.client.signUp()
            let cases: [(Call, Int)] = [
                (.get("/health"), 200), (.get("/auth/config"), 200),
                (.get("/auth/setup/exists"), 200), (try .post("/auth/logout"), 200),
                (try .logIn(person.email, person.password), 200),
                (try .signUp(Fresh.email()), 201), (try .post("/auth/setup"), 409),
                (try .post("/auth/register"), 400),
            ]
            for (call, status) in cases {
                let bad = call.with("Authorization", value).with("Cookie", "session_token=garbage4")
                #expect(try Shared.client.send(bad).status == status)
            }
        }

        @Test func `an unknown account and a wrong password have the same response`() throws {
            let person = try Shared.client.signUp()
            let pending = try Shared.client.register()
            let answers = try [person.email, pending.email, Fresh.email(), "no address"].map {
                try Shared.client.send(.logIn($0, "wrong password"))
            }
            for answer in answers {
                answer.expect(401, "invalid_credentials")
                #expect(answer.body == answers[0].body)
                #expect(shape(answer) == shape(answers[0]))
            }
        }

        /// The header fields without those that differ in every response.
        private func shape(_ answer: HTTPResponse) -> [String] {
            answer.fields.filter { !["Date", "X-Request-Id"].contains($0.name) }
                .map { "\($0.name): \($0.value)" }
        }
    }
}
