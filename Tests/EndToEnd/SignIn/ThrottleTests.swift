import Testing

extension EndToEnd {
    /// Limits of one client and of one account.
    ///
    /// Every test is a separate client: the server trusts its proxy, which is the test, for addresses.
    @Suite(.limitedDaemon) struct ThrottleTests {
        /// Tokens are refilled while a slow machine still spends them: at least the burst is admitted, and
        /// far from everything.
        private static let attempts = 60

        @Test func `an address has thirty logins`() throws {
            let address = "198.51.100.1"
            let admitted = try spend(from: address) { try .logIn(Fresh.email(), "wrong password") }
            #expect((30..<50).contains(admitted))
            try expectLimit(.logIn(Fresh.email(), "wrong password"), from: address, seconds: 1...3)
            try send(.logIn(Fresh.email(), "wrong password"), from: "198.51.100.2")
                .expect(401, "invalid_credentials")
            #expect(try send(.signUp(Fresh.email()), from: address).status == 201, "counted apart")
        }

        @Test func `an address has twenty signups and registrations together`() throws {
            let address = "198.51.100.3"
            let admitted = try spend(from: address) { try .post(signupOrRegister(), [:]) }
            #expect((20..<40).contains(admitted))
            for path in ["/auth/signup", "/auth/register", "/auth/register?invite=unknown-code"] {
                try expectLimit(.post(path, [:]), from: address, seconds: 1...6)
            }
            #expect(try send(.signUp(Fresh.email()), from: "198.51.100.4").status == 201)
        }

        @Test func `an address has ten setups, counted before validation`() throws {
            let address = "198.51.100.5"
            let admitted = try spend(from: address) { try .post("/auth/setup", [:]) }
            #expect((10..<30).contains(admitted))
            try expectLimit(.post("/auth/setup", [:]), from: address, seconds: 1...10)
            try send(.post("/auth/setup", [:]), from: "198.51.100.6").expect(409, "already_set_up")
        }

        @Test func `an IPv6 network of one customer is one client`() throws {
            let admitted = try spend(from: nil) { [number = Counter()] in
                try .logIn(Fresh.email(), "wrong password")
                    .from("2001:db8:1:2::\(String(number.next(), radix: 16))")
            }
            #expect((30..<50).contains(admitted))
            try expectLimit(
                .logIn(Fresh.email(), "wrong password"), from: "2001:db8:1:2:ffff::1",
                seconds: 1...3)
            try send(.logIn(Fresh.email(), "wrong password"), from: "2001:db8:1:3::1")
                .expect(401, "invalid_credentials")
        }

        @Test func `unknown clients are locked out of an account and known ones are not`() throws {
            let client = try Limited.client
            let person = try client.signUp(from: "198.51.100.7")
            let login = try Call.logIn(person.email, person.password).from("198.51.100.7")
            let device = try #require(try client.send(login).deviceCookie)
            Secrets.protect(String(device.dropFirst("session_token_device=".count)))
            let other = try client.signUp(from: "198.51.100.10")
            try attack(person.email, from: "198.18.1")
            for address in ["198.51.100.7", "198.51.100.9"] {
                for email in [person.email, person.email.uppercased()] {
                    try expectLimit(
                        .logIn(email, person.password), from: address, seconds: 1...360)
                }
            }
            #expect(try client.me(person).status == 200, "sessions are unaffected")
            #expect(try client.send(login.with("Cookie", device)).status == 200)
            #expect(try client.send(login.bearer(person.token)).status == 200)
            let again = try client.send(login.cookie(person.cookie))
            #expect(again.status == 200)
            try client.me(person).expect(401, "unauthenticated")
            let cookie = try #require(again.cookie)
            let wrong = try Call.logIn(person.email, "wrong password").from("198.51.100.7")
            try client.send(wrong.with("Cookie", device)).expect(401, "invalid_credentials")

            try expectLimit(login.cookie(other.cookie), from: nil, seconds: 1...360)
            try client.send(login.cookie("garbage-cookie")).expect(429, "too_many_requests")
            try client.send(login.with("Cookie", "\(device)x")).expect(429, "too_many_requests")
            let change = try Call.post(
                "/auth/password/change",
                [
                    "currentPassword": .string(person.password),
                    "newPassword": .string(Fresh.password()),
                ])
            #expect(try client.send(change.cookie(cookie)).status == 200)
            try client.send(login.with("Cookie", device)).expect(429, "too_many_requests")
        }

        @Test func `an unknown account is limited like an existing one`() throws {
            let email = Fresh.email()
            try attack(email, from: "198.18.2")
            try expectLimit(
                .logIn(email, "wrong password"), from: "198.51.100.12", seconds: 1...360)
        }

        @Test func `one address has five failures at an account and then waits`() throws {
            let email = Fresh.email()
            let admitted = try spend(from: "198.51.100.16") { try .logIn(email, "wrong password") }
            #expect(admitted == 5)
            try expectLimit(
                .logIn(email, "wrong password"), from: "198.51.100.16", seconds: 1...30)
            try send(.logIn(email, "wrong password"), from: "198.51.100.17")
                .expect(401, "invalid_credentials")
        }

        @Test(.choosesDatabase, arguments: [false, true])
        func `a restart keeps failures and known devices`(isKilled: Bool) throws {
            let settings = ["LUNAUTH_LIMITS_ENABLED": "true"]
            let (first, owner) = try Daemon.setUp(settings: settings)
            let login = try Call.logIn(owner.email, owner.password)
            let device = try #require(try first.client.send(login).deviceCookie)
            try attack(owner.email, from: "198.18.3", at: first.client)
            if isKilled {
                // Failures of the last second before a kill may be lost.
                try Waiting.until("all failures are written down") {
                    try Rows.failures(in: first.home) == 60
                }
                try first.kill()
            } else {
                #expect(try first.stop() == .exited(0))
            }
            let second = try Daemon(in: first.home, settings: settings.mapValues { $0 })
            try second.client.send(login.from("198.51.100.19")).expect(429, "too_many_requests")
            #expect(try second.client.send(login.with("Cookie", device)).status == 200)
        }

        @Test func `a device stays known after one rotation of the key`() throws {
            let settings = ["LUNAUTH_LIMITS_ENABLED": "true"]
            let (daemon, owner) = try Daemon.setUp(settings: settings)
            let login = try Call.logIn(owner.email, owner.password)
            let device = try #require(try daemon.client.send(login).deviceCookie)
            #expect(try daemon.home.run("secret", "rotate").ending == .exited(0))
            try daemon.line(containing: "keys changed")
            try attack(owner.email, from: "198.18.4", at: daemon.client)
            try daemon.client.send(login).expect(429, "too_many_requests")
            #expect(try daemon.client.send(login.with("Cookie", device)).status == 200)
        }

        @Test(.choosesDatabase, arguments: ["unlock", "password"])
        func `the command line unlocks an account while the server runs`(
            command: String
        ) throws {
            let (daemon, _) = try Daemon.setUp(settings: ["LUNAUTH_LIMITS_ENABLED": "true"])
            let person = try daemon.client.signUp()
            try attack(person.email, from: "198.18.5", at: daemon.client)
            let password = command == "password" ? Fresh.password() : person.password
            Secrets.protect(password)
            let login = try Call.logIn(person.email, password)
            try daemon.client.send(login).expect(429, "too_many_requests")
            #expect(
                try daemon.home.run("user", command, person.email, input: "\(password)\n").ending
                    == .exited(0))
            // From an address that failed there as well.
            for address in ["127.0.0.1", "198.18.5.1"] {
                try Waiting.until("the end of the lock") {
                    try daemon.client.send(login.from(address)).status == 200
                }
            }
            // At once, and not again at the next start.
            try Waiting.until("the end of what is written down") {
                try Rows.failures(in: daemon.home) == 0
            }
        }

        @Test func `the owner can unlock an account and its person cannot`() throws {
            let (daemon, owner) = try Daemon.setUp(settings: ["LUNAUTH_LIMITS_ENABLED": "true"])
            let person = try daemon.client.signUp()
            try attack(person.email, from: "198.18.6", at: daemon.client)
            let login = try Call.logIn(person.email, person.password)
            let unlock = try Call.post("/auth/users/\(person.id)/unlock")
            try daemon.client.send(unlock.bearer(person.token)).expect(403, "forbidden")
            try daemon.client.send(login).expect(429, "too_many_requests")
            #expect(
                try daemon.client.send(unlock.bearer(owner.token)).json == ["success": true])
            #expect(try daemon.client.send(login).status == 200, "at once")
        }

        @Test func `a success does not count as a failure`() throws {
            let person = try Limited.client.signUp(from: "198.51.100.13")
            for _ in 1...20 {
                let login = try Call.logIn(person.email, person.password)
                #expect(try send(login, from: "198.51.100.13").status == 200)
            }
        }

        @Test func `reading is not limited`() throws {
            let connection = try Limited.client.connection()
            for path in ["/auth/config", "/auth/setup/exists", "/health", "/auth/logout"] {
                for _ in 1...40 {
                    let answer = try connection.exchange(.get(path).from("198.51.100.14"))
                    #expect(answer.status == 200)
                }
            }
        }

        @Test func `at most four requests of one address wait for a hash`() throws {
            let daemon = try Daemon(settings: [
                "LUNAUTH_LIMITS_ENABLED": "true", "LUNAUTH_PASSWORD_CONCURRENCY": "1",
                "LUNAUTH_PASSWORD_ITERATIONS": "600000", "LUNAUTH_PASSWORD_QUEUESECONDS": "60",
            ])
            let calls = try (1...8).map { _ in
                try Call.logIn(Fresh.email(), "wrong password").from("198.51.100.15")
            }
            let answers = try daemon.client.sendAtOnce(calls)
            let refused = answers.filter { $0.status == 429 }
            #expect(answers.filter { $0.code == "invalid_credentials" }.count >= 4)
            #expect(!refused.isEmpty)
            #expect(refused.allSatisfy { $0["Retry-After"] == "1" })
        }

        @Test func `a full queue refuses at once and says when to try again`() throws {
            // One request at a time for one second: more work than any machine does in that time.
            let daemon = try Daemon(settings: [
                "LUNAUTH_PASSWORD_CONCURRENCY": "1", "LUNAUTH_PASSWORD_ITERATIONS": "1000000",
                "LUNAUTH_PASSWORD_QUEUESECONDS": "1",
            ])
            let answers = try daemon.client.sendAtOnce(
                (1...50).map { _ in try .logIn(Fresh.email(), "wrong password") })
            #expect(answers.contains { $0.code == "invalid_credentials" })
            #expect(answers.contains { $0.code == "overloaded" })
            #expect(
                answers.allSatisfy {
                    ($0.status, $0.code) == (401, "invalid_credentials")
                        || ($0.status, $0.code) == (503, "overloaded")
                })
        }

        @Test func `wrong codes count with wrong passwords, and beginning again resets nothing`()
            throws
        {
            let client = try Limited.client
            let person = try client.signUp(from: "198.51.100.28")
            var app = try EnrolledApp(of: person, at: client)
            let connection = try client.connection()
            var (bots, codes) = (0, 0)
            while bots < 100 {
                bots += 1
                let (address, isPassword) = ("198.18.9.\(bots)", bots.isMultiple(of: 2))
                let password = isPassword ? "wrong password" : person.password
                var answer = try connection.exchange(.logIn(person.email, password).from(address))
                if let challenge = answer.json["challenge"] {
                    let guess = try Call.recoveryCode("AAAA-AAAA-AAAA-AAAA", for: challenge)
                    answer = try connection.exchange(guess.from(address))
                    codes += answer.status == 401 ? 1 : 0
                }
                if answer.status == 429 { break }
            }
            #expect((60...62).contains(bots - 1) && (30...31).contains(codes))
            try expectLimit(
                .logIn(person.email, person.password), from: "198.51.100.29", seconds: 1...360)
            // A client that is known is not locked out, whatever others guess.
            let login = try Call.logIn(person.email, person.password).bearer(person.token)
            let first = try client.send(login)
            first.expect(401, "second_factor_required")
            let challenge = try #require(first.json["challenge"])
            let second = try Call.recoveryCode(app.takeCode(), for: challenge)
            try client.send(second.from("198.51.100.29")).expect(429, "too_many_requests")
            let done = try client.send(second.bearer(person.token))
            #expect(done.status == 200 && done.json["recoveryCodesLeft"] == 9)
        }

        private func signupOrRegister() -> String {
            Bool.random() ? "/auth/signup" : "/auth/register"
        }

        /// Sends requests until the limit is reached.
        ///
        /// - Returns: How many were admitted.
        private func spend(from address: String?, _ call: () throws -> Call) throws -> Int {
            let connection = try Limited.client.connection()
            for admitted in 0..<Self.attempts {
                let next = try call().with("X-Forwarded-For", address)
                if try connection.exchange(next).status == 429 { return admitted }
            }
            return Self.attempts
        }

        private func send(_ call: Call, from address: String) throws -> HTTPResponse {
            try Limited.client.send(call.from(address))
        }

        /// Fails logins at an account from as many addresses as necessary.
        private func attack(
            _ email: String, from network: String, at client: Client? = nil
        ) throws {
            let connection = try (client ?? Limited.client).connection()
            for bot in 1...100 {
                let guess = try Call.logIn(email, "wrong password").from("\(network).\(bot)")
                if try connection.exchange(guess).status == 429 {
                    #expect((60...62).contains(bot - 1))
                    return
                }
            }
            Issue.record("nothing stops the attack")
        }

        /// Expects 429 with a correct time; refilled tokens are spent first.
        private func expectLimit(
            _ call: Call, from address: String?, seconds: ClosedRange<Int>,
            sourceLocation: SourceLocation = #_sourceLocation
        ) throws {
            let call = call.with("X-Forwarded-For", address)
            var answer = try Limited.client.send(call)
            if answer.status != 429 { answer = try Limited.client.send(call) }
            answer.expect(429, "too_many_requests", sourceLocation: sourceLocation)
            let wait = answer["Retry-After"].flatMap { Int($0) } ?? 0
            #expect(seconds.contains(wait), sourceLocation: sourceLocation)
        }
    }
}

/// Consecutive numbers.
private final class Counter {
    private var number = 0

    func next() -> Int {
        number += 1
        return number
    }
}

/// The server with limits, shared by all tests of them.
private enum Limited {
    @TaskLocal static var daemon: Daemon?

    static var client: Client {
        get throws {
            guard let daemon else { throw HarnessError("there is no server") }
            return daemon.client
        }
    }
}

/// Starts a server with limits before the first test of a suite.
private struct LimitedDaemonTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        let (daemon, _) = try Daemon.setUp(settings: ["LUNAUTH_LIMITS_ENABLED": "true"])
        try await Limited.$daemon.withValue(daemon) { try await function() }
        #expect(try daemon.stop() == .exited(0))
    }
}

extension Trait where Self == LimitedDaemonTrait {
    fileprivate static var limitedDaemon: Self { Self() }
}

extension Client {
    /// Signs up from an address.
    fileprivate func signUp(from address: String) throws -> Person {
        let (email, password) = (Fresh.email(), Fresh.password())
        let answer = try send(.signUp(email, password).from(address))
        return try Person(email: email, password: password, answer, status: 201)
    }
}
