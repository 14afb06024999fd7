import Testing

extension EndToEnd {
    /// Ending a session.
    @Suite struct LogoutTests {
        @Test(arguments: ["GET", "POST"])
        func `logout ends the session on every connection and clears the cookie`(
            method: String
        ) throws {
            let person = try Shared.client.signUp()
            let others = try (1...6).map { _ in try Shared.client.connection() }
            for other in others {
                #expect(try other.exchange(.get("/auth/me").cookie(person.cookie)).status == 200)
            }
            let call = Call(method: method, target: "/auth/logout").cookie(person.cookie)
            let answer = try Shared.client.send(call)
            #expect(answer.status == 200)
            #expect(answer.json["success"] == true)
            #expect(answer.cookie == "")
            #expect(
                answer.cookieAttributes == ["Path=/", "Max-Age=0", "HttpOnly", "SameSite=Lax"])
            for other in others {
                try other.exchange(.get("/auth/me").cookie(person.cookie))
                    .expect(401, "unauthenticated")
                try other.exchange(.get("/auth/me").bearer(person.token))
                    .expect(401, "invalid_token")
            }
            #expect(try Shared.client.logIn(person).status == 200)
        }

        @Test func `logout by token ends the session like logout by cookie`() throws {
            let person = try Shared.client.signUp()
            let other = try Person(
                email: person.email, password: person.password, Shared.client.logIn(person),
                status: 200)
            let third = try Person(
                email: person.email, password: person.password, Shared.client.logIn(person),
                status: 200)
            let logout = try Call.post("/auth/logout").bearer(person.token).cookie(other.cookie)
            #expect(try Shared.client.send(logout).status == 200)
            try Shared.client.me(person).expect(401, "unauthenticated")
            try Shared.client.me(other).expect(401, "unauthenticated")
            #expect(try Shared.client.me(third).status == 200, "nobody showed it")
        }

        @Test func `logout without a session succeeds`() throws {
            let person = try Shared.client.signUp()
            let cookie = String(repeating: "A", count: 43)
            for call in [
                try Call.post("/auth/logout"), .get("/auth/logout"),
                try .post("/auth/logout").cookie(cookie),
                try .post("/auth/logout").bearer("not.a.token"),
            ] {
                let answer = try Shared.client.send(call)
                #expect(answer.status == 200)
                #expect(answer.json["success"] == true)
                #expect(answer.cookie == "")
            }
            #expect(try Shared.client.me(person).status == 200)
        }

        @Test(arguments: [
            ("text/html,application/xhtml+xml,*/*;q=0.8", 302), ("text/html", 302),
            ("application/json", 200), ("*/*", 200), ("text/html;q=0.5, application/json", 200),
            ("application/json;q=0.1, text/html;q=0.2", 302), ("text/html;q=0", 200), (nil, 200),
        ])
        func `logout redirects a browser to the login page`(accept: String?, status: Int) throws {
            let person = try Shared.client.signUp()
            let answer = try Shared.client.send(
                .get("/auth/logout").cookie(person.cookie).with("Accept", accept))
            #expect(answer.status == status)
            #expect(answer["Location"] == (status == 302 ? "/auth/login" : nil))
            #expect(answer.cookie == "")
            try Shared.client.me(person).expect(401, "unauthenticated")
        }

        @Test func `the login page is configurable`() throws {
            let daemon = try Daemon(settings: [
                "LUNAUTH_SESSION_LOGOUTREDIRECT": "https://app.example/bye"
            ])
            let answer = try daemon.client.send(.get("/auth/logout").with("Accept", "text/html"))
            #expect(answer["Location"] == "https://app.example/bye")
        }

        @Test func `a prefetch ends no session`() throws {
            let person = try Shared.client.signUp()
            let call = Call.get("/auth/logout").cookie(person.cookie)
            for purpose in ["prefetch", "prefetch;prerender"] {
                try Shared.client.send(call.with("Sec-Purpose", purpose)).expect(403, "forbidden")
            }
            #expect(try Shared.client.me(person).status == 200)
        }

        @Test(arguments: ["no-cors", "cors", "websocket", nil])
        func `a GET from another site that is not a navigation ends no session`(mode: String?)
            throws
        {
            let person = try Shared.client.signUp()
            let call = Call.get("/auth/logout").cookie(person.cookie)
                .with("Sec-Fetch-Site", "cross-site").with("Sec-Fetch-Mode", mode)
            let answer = try Shared.client.send(call)
            #expect(answer.cookie == nil)
            #expect(try Shared.client.me(person).status == 200)
        }

        @Test func `a link on another site logs out`() throws {
            let person = try Shared.client.signUp()
            let call = Call.get("/auth/logout").cookie(person.cookie)
                .with("Sec-Fetch-Site", "cross-site").with("Sec-Fetch-Mode", "navigate")
            #expect(try Shared.client.send(call).status == 200)
            try Shared.client.me(person).expect(401, "unauthenticated")
        }

        @Test func `HEAD ends no session`() throws {
            let person = try Shared.client.signUp()
            let call = Call(method: "HEAD", target: "/auth/logout").cookie(person.cookie)
            #expect(try Shared.client.send(call).status == 405)
            #expect(try Shared.client.me(person).status == 200)
        }
    }
}
