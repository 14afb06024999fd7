import Testing

/// User agents of a person's devices.
enum UserAgents {
    static let firefox =
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    static let safari =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15"
        + " (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
}

extension Client {
    /// Signs a person in from another device.
    ///
    /// - Returns: The person with the session of that device.
    /// - Throws: When the server refuses.
    func logIn(_ person: Person, with userAgent: String?, from address: String) throws -> Person {
        let answer = try send(
            .logIn(person.email, person.password).with("User-Agent", userAgent).from(address))
        return try Person(
            email: person.email, password: person.password, answer, status: 200)
    }

    /// The sessions of a person, newest first.
    func sessions(_ person: Person) throws -> [JSON] {
        let answer = try send(.get("/auth/sessions").cookie(person.cookie))
        guard answer.status == 200, case .array(let items) = answer.json["items"] else {
            throw HarnessError("no list: \(answer.status) \(answer.json)")
        }
        return items
    }
}

extension EndToEnd {
    /// One person on several devices.
    @Suite struct SessionTests {
        private func end(_ path: String, as person: Person) throws -> HTTPResponse {
            try Shared.client.send(
                Call(method: "DELETE", target: "/auth/sessions\(path)").cookie(person.cookie))
        }

        @Test func `a login in a signed-in browser replaces its session`() throws {
            let client = try Shared.client
            let person = try client.signUp()
            let login = try Call.logIn(person.email, person.password)
            let other = try Person(
                email: person.email, password: person.password, client.send(login), status: 200)
            let new = try Person(
                email: person.email, password: person.password,
                client.send(login.cookie(person.cookie)), status: 200)
            try client.me(person).expect(401, "unauthenticated")
            try client.send(.get("/auth/me").bearer(person.token)).expect(401, "invalid_token")
            #expect(try client.me(new).status == 200 && client.me(other).status == 200)
            #expect(try client.sessions(new).count == 2)
        }

        @Test func `a script that signs in repeatedly ends no session in use`() throws {
            let client = try Shared.client
            let browser = try client.signUp()
            #expect(try client.me(browser).status == 200)
            let connection = try client.connection()
            for _ in 1...105 {
                let login = try Call.logIn(browser.email, browser.password)
                #expect(try connection.exchange(login).status == 200)
            }
            #expect(try client.me(browser).status == 200)
        }

        @Test func `an idle session ends when configured`() throws {
            let (daemon, owner) = try Daemon.setUp(settings: [
                "LUNAUTH_SESSION_IDLESECONDS": "2",
                "LUNAUTH_SESSION_CLEARSITEDATA": "cache,storage",
            ])
            let unused = try daemon.client.logIn(owner, with: nil, from: "198.51.100.7")
            // In continuous use, and yet the unused session ends.
            try Waiting.until("the end of the unused session") {
                #expect(try daemon.client.me(owner).status == 200)
                return try daemon.client.sessions(owner).count == 1
            }
            try daemon.client.me(unused).expect(401, "unauthenticated")
            try daemon.client.send(.get("/auth/me").bearer(unused.token))
                .expect(401, "invalid_token")
            let logout = try daemon.client.send(Call.post("/auth/logout").cookie(owner.cookie))
            #expect(logout["Clear-Site-Data"] == "\"cache\", \"storage\"")
        }

        @Test
        func `a session of a lost phone is ended from another device, at once and everywhere`()
            throws
        {
            let client = try Shared.client
            let account = try client.signUp()
            let desk = try client.logIn(account, with: UserAgents.firefox, from: "198.51.100.7")
            let phone = try client.logIn(account, with: UserAgents.safari, from: "2001:db8::7")
            let stranger = try client.signUp()

            let sessions = try client.sessions(desk)
            #expect(
                sessions.map { $0["device"]?.text } == [
                    "Safari on iPhone", "Firefox on Linux", "unknown device",
                ])
            #expect(
                sessions.map { $0["address"]?.text } == [
                    "2001:db8::7", "198.51.100.7", "127.0.0.1",
                ])
            #expect(sessions[0]["userAgent"]?.text == UserAgents.safari)
            #expect(sessions.map { $0["current"] } == [false, true, false])
            #expect(try client.sessions(phone).map { $0["current"] } == [true, false, false])

            let others = try (1...6).map { _ in try client.connection() }
            for other in others {
                #expect(try other.exchange(.get("/auth/me").cookie(phone.cookie)).status == 200)
                #expect(try other.exchange(.get("/auth/me").bearer(phone.token)).status == 200)
            }
            let id = try #require(sessions[0]["id"]?.text)
            try end("/\(id)", as: stranger).expect(404, "not_found")
            let ended = try end("/\(id)", as: desk)
            #expect(ended.status == 200 && ended.json["success"] == true)
            #expect(ended.cookie == nil)
            for other in others {
                try other.exchange(.get("/auth/me").cookie(phone.cookie))
                    .expect(401, "unauthenticated")
                try other.exchange(.get("/auth/me").bearer(phone.token))
                    .expect(401, "invalid_token")
            }
            try end("/\(id)", as: desk).expect(404, "not_found")
            #expect(try client.me(desk).status == 200)
            #expect(try client.me(account).status == 200)
        }

        @Test func `all other sessions end, and then the current one`() throws {
            let client = try Shared.client
            let account = try client.signUp()
            let devices = try (1...3).map { _ in
                try client.logIn(account, with: UserAgents.firefox, from: "198.51.100.7")
            }
            let answer = try end("", as: devices[1])
            #expect(answer.json == ["success": true, "ended": 3])
            for device in [account, devices[0], devices[2]] {
                try client.me(device).expect(401, "unauthenticated")
            }
            let left = try client.sessions(devices[1])
            #expect(left.count == 1)
            let id = try #require(left[0]["id"]?.text)
            let last = try end("/\(id)", as: devices[1])
            #expect(last.status == 200)
            #expect(last.cookie == "")
            #expect(last.cookieAttributes == ["Path=/", "Max-Age=0", "HttpOnly", "SameSite=Lax"])
            try client.me(devices[1]).expect(401, "unauthenticated")
        }

        @Test func `the list of sessions is paged`() throws {
            let client = try Shared.client
            let person = try client.signUp()
            for _ in 1...4 { #expect(try client.logIn(person).status == 200) }
            let whole = try client.sessions(person).map { $0["id"]?.text }
            var (seen, query): ([String?], String?) = ([], "")
            while let next = query {
                let answer = try client.send(
                    .get("/auth/sessions?limit=2\(next)").cookie(person.cookie))
                guard case .array(let items) = answer.json["items"] else { break }
                seen += items.map { $0["id"]?.text }
                query = answer.json["nextCursor"]?.text.map { "&cursor=\($0)" }
            }
            #expect(seen == whole && Set(seen).count == 5)
        }

        @Test(.choosesDatabase) func `the last use of a session is written within seconds`() throws
        {
            let daemon = try Daemon()
            let person = try daemon.client.signUp()
            try backdate(daemon)
            try Waiting.until("the time it was last seen") {
                let session = try daemon.client.sessions(person)[0]
                let seen = try #require(session["lastSeenAt"]?.text)
                // To the minute; an hour later than it was created.
                return try seen.hasSuffix(":00.000Z") && seen > #require(session["createdAt"]?.text)
            }
        }

        @Test(.choosesDatabase) func `uses are written when the server stops`() throws {
            let daemon = try Daemon()
            let (person, idle) = (try daemon.client.signUp(), try daemon.client.signUp())
            try backdate(daemon)
            for _ in 1...3 { #expect(try daemon.client.me(person).status == 200) }
            #expect(try daemon.stop() == .exited(0))
            let rows = try Python.run(
                """
                base = sqlite3.connect(given["path"])
                rows = base.execute("SELECT email, last_seen_at FROM sessions"
                                    " JOIN accounts ON accounts.id = account_id").fetchall()
                print(json.dumps({email: time and time % 60000 for email, time in rows}))
                """, given: ["path": .string("\(daemon.home.path)/data/lunauth.db")])
            #expect(rows[person.email] == 0)
            #expect(rows[idle.email] == .null)
        }

        /// Makes every session one hour older.
        private func backdate(_ daemon: Daemon) throws {
            _ = try Python.run(
                """
                base = sqlite3.connect(given["path"], timeout=10)
                base.execute("UPDATE sessions SET created_at = created_at - 3600000")
                base.commit()
                print("{}")
                """,
                given: ["path": .string("\(daemon.home.path)/data/lunauth.db")])
        }
    }
}
