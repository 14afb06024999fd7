import Glibc
import Testing

extension EndToEnd {
    /// What survives the end of a server, graceful or not.
    @Suite struct DurabilityTests {
        @Test func `acknowledged writes survive a kill`() throws {
            let daemon = try Daemon()
            let people = (1...1_200).map { _ in (email: Fresh.email(), password: Fresh.password()) }
            let connections = try (0..<8).map { _ in try daemon.client.connection() }
            for (index, person) in people.enumerated() {
                let call = try Call.signUp(person.email, person.password)
                try connections[index % connections.count].send(call)
            }
            // In the order in which they were sent; the kill happens while the rest is in progress.
            var acknowledged: [(email: String, password: String, cookie: String)] = []
            for (index, person) in people.prefix(80).enumerated() {
                let answer = try connections[index % connections.count].readResponse()
                #expect(answer.status == 201)
                acknowledged.append((person.email, person.password, answer.cookie ?? ""))
            }
            try daemon.kill()
            // Responses sent before the kill count as well.
            for (index, person) in people.enumerated().dropFirst(80) {
                let connection = connections[index % connections.count]
                guard let answer = try? connection.readResponse() else { continue }
                #expect(answer.status == 201)
                acknowledged.append((person.email, person.password, answer.cookie ?? ""))
            }

            let restarted = try Daemon(in: daemon.home)
            for person in acknowledged {
                let me = try restarted.client.send(.get("/auth/me").cookie(person.cookie))
                #expect(me.json["email"]?.text == person.email)
            }
            for person in acknowledged.suffix(5) {
                #expect(
                    try restarted.client.send(.logIn(person.email, person.password)).status == 200)
            }
        }

        @Test func `a setup that is killed is complete or can be repeated`() throws {
            for _ in 1...3 {
                let daemon = try Daemon()
                let early = try daemon.client.signUp()
                let connection = try daemon.client.connection()
                let (email, password) = (Fresh.email(), Fresh.password())
                let call = try Call.post(
                    "/auth/setup",
                    [
                        "username": "The Owner", "email": .string(email),
                        "password": .string(password), "databaseName": "chosen",
                    ])
                try connection.send(.get("/health"), call)
                _ = try connection.readResponse()
                try daemon.kill()
                let restarted = try Daemon(in: daemon.home)
                let exists = try restarted.client.send(.get("/auth/setup/exists")).json["success"]
                let again = try restarted.client.send(call)
                #expect(again.status == (exists == true ? 409 : 201))
                #expect(try restarted.client.me(early).status == 200)
                #expect(try restarted.client.send(.logIn(email, password)).status == 200)
            }
        }

        @Test func `a server that is stopped answers the requests in progress`() throws {
            // One after the other, so that the last is far from done when the signal arrives.
            let daemon = try Daemon(settings: [
                "LUNAUTH_PASSWORD_ITERATIONS": "1000000", "LUNAUTH_PASSWORD_CONCURRENCY": "1",
                "LUNAUTH_PASSWORD_QUEUESECONDS": "60", "LUNAUTH_HTTP_DRAINSECONDS": "60",
            ])
            let (email, password) = (Fresh.email(), Fresh.password())
            #expect(try daemon.client.send(.signUp(email, password)).status == 201)
            let idle = try daemon.client.connection()
            _ = try idle.exchange(.get("/health"))
            let connections = try (1...4).map { _ in try daemon.client.connection() }
            for connection in connections {
                // In one piece: when the first is answered, the second is in progress.
                try connection.send(.get("/health"), try .logIn(email, password))
                #expect(try connection.readResponse().status == 200)
            }
            daemon.process.send(SIGTERM)
            #expect(try idle.isClosed())
            let answers = try connections.map { try $0.readResponse() }
            #expect(answers.map(\.status) == answers.map { _ in 200 })
            #expect(answers.last?["Connection"] == "close")
            for connection in connections { #expect(try connection.isClosed()) }
            #expect(try daemon.process.wait() == .exited(0))
            #expect(daemon.log.hasSuffix("NOTICE stopped\n"))
            #expect(throws: HarnessError.self) { try daemon.client.connection() }

            let restarted = try Daemon(in: daemon.home)
            for answer in answers {
                let me = try restarted.client.send(.get("/auth/me").cookie(answer.cookie ?? ""))
                #expect(me.status == 200)
            }
        }

        @Test(.choosesDatabase) func `a login with another iteration count rehashes the password`()
            throws
        {
            let daemon = try Daemon()
            let person = try daemon.client.signUp()
            #expect(try daemon.stop() == .exited(0))
            let restarted = try Daemon(
                in: daemon.home, settings: ["LUNAUTH_PASSWORD_ITERATIONS": "2000"])
            try restarted.client.logIn(person, password: "wrong password")
                .expect(401, "invalid_credentials")
            #expect(try cost(of: person, in: daemon.home) == "i=1000")
            for _ in 1...2 {
                #expect(try restarted.client.logIn(person).status == 200)
                #expect(try cost(of: person, in: daemon.home) == "i=2000")
            }
            #expect(try restarted.client.me(person).status == 200, "no session ended")
        }

        @Test(arguments: [SIGINT, SIGTERM])
        func `either signal stops the server gracefully`(signal: Int32) throws {
            let daemon = try Daemon()
            _ = try daemon.client.signUp()
            daemon.process.send(signal)
            #expect(try daemon.process.wait() == .exited(0))
            #expect(
                !daemon.home.has("data/lunauth.db-wal")
                    || daemon.home.bytes("data/lunauth.db-wal") == [])
        }

        private func cost(of person: Person, in home: Home) throws -> String? {
            try Python.run(
                """
                base = sqlite3.connect(given["path"])
                row = base.execute("SELECT data FROM credentials WHERE kind = 'password'"
                                   " AND account_id = (SELECT id FROM accounts WHERE email = ?)",
                                   (given["email"],)).fetchone()
                print(json.dumps(row[0].decode().split("$")[2]))
                """,
                given: [
                    "path": "\(home.path)/data/lunauth.db", "email": .string(person.email),
                ]
            ).text
        }
    }
}
