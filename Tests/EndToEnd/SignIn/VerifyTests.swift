import Testing

extension EndToEnd {
    /// Forward authentication for a proxy.
    @Suite struct VerifyTests {
        /// The requirement of an active account; the path sent by Envoy differs, and is logged.
        private static let anybody = "?role=user&tier=free"

        private func verify(_ query: String = "", as person: Person) -> Call {
            .get("/auth/verify\(query)").bearer(person.token)
        }

        @Test func `an admitted request names the account, never by an unconfirmed address`() throws
        {
            let owner = try Shared.present.owner
            for call in [verify(as: owner), .get("/auth/verify").cookie(owner.cookie)] {
                let answer = try Shared.client.send(call)
                #expect(answer.status == 200)
                // nginx closes the connection of a subrequest whose response has a body.
                #expect(answer.body.isEmpty && answer["Content-Type"] == nil)
                #expect(answer["Remote-User"] == owner.id)
                #expect(answer["Remote-Name"] == "The%20Owner")
                #expect(answer["Remote-Groups"] == "owner")
                #expect(answer["X-Auth-Tier"] == "free")
                // Without mail, setup creates an owner with a confirmed address.
                #expect(answer["Remote-Email"] == owner.email)
                #expect(answer["X-Auth-Scopes"] == nil)
            }
            let byEmail = try Shared.client.send(verify("?user=email", as: owner))
            #expect(byEmail.status == 200 && byEmail["Remote-User"] == owner.email)
            let customer = try Shared.client.signUp()
            let unconfirmed = try Shared.client.send(verify(Self.anybody, as: customer))
            #expect(unconfirmed.status == 200 && unconfirmed["Remote-Email"] == nil)
            try Shared.client.send(verify(Self.anybody + "&user=email", as: customer))
                .expect(403, "email_unverified")
        }

        @Test func `a refused request has the reason`() throws {
            let client = try Shared.client
            try client.send(.get("/auth/verify")).expect(401, "unauthenticated")
            try client.send(verify(as: client.signUp())).expect(403, "forbidden")
            #expect(try client.send(verify(Self.anybody, as: client.signUp())).status == 200)
            try client.send(.get("/auth/verify\(Self.anybody)").cookie(client.register().cookie))
                .expect(403, "pending_approval")
            try client.send(verify("?role=users", as: Shared.present.owner))
                .expect(400, "invalid_request", fields: ["role"])
        }

        @Test func `an ended session is refused on every connection`() throws {
            let (daemon, _) = try Daemon.setUp(settings: ["LUNAUTH_EVENTLOOPS": "4"])
            let others = try (1...12).map { _ in try daemon.client.connection() }
            for _ in 1...5 {
                let person = try daemon.client.signUp()
                let calls = [
                    verify(Self.anybody, as: person),
                    .get("/auth/verify\(Self.anybody)").cookie(person.cookie),
                    Call(method: "POST", target: "/auth/verify/role=user/x").cookie(person.cookie),
                ]
                for (other, call) in others.flatMap({ other in calls.map { (other, $0) } }) {
                    #expect(try other.exchange(call).status == 200)
                }
                _ = try daemon.client.send(.post("/auth/logout").bearer(person.token))
                for (other, call) in others.flatMap({ other in calls.map { (other, $0) } }) {
                    #expect(try other.exchange(call).status == 401)
                }
            }
        }

        @Test func `a disabled account is refused within a moment`() throws {
            let daemon = try Shared.present.daemon
            let person = try daemon.client.signUp()
            let call = verify(Self.anybody, as: person)
            #expect(try daemon.client.send(call).status == 200)
            #expect(try daemon.home.run("user", "disable", person.email).ending == .exited(0))
            try Waiting.until("the account to be refused") {
                try daemon.client.send(call).status == 401
            }
        }

        @Test(.choosesDatabase) func `a change of role, tier or address applies within a moment`()
            throws
        {
            let daemon = try Shared.present.daemon
            let person = try daemon.client.signUp()
            let call = verify("?role=admin&tier=pro&user=email", as: person)
            try daemon.client.send(call).expect(403, "forbidden")
            try change(person, "role = 'admin', tier = 'team', email_verified_at = 1", in: daemon)
            let answer = try Waiting.value(of: "an administrator") {
                let answer = try daemon.client.send(call)
                return answer.status == 200 ? answer : nil
            }
            #expect(answer["Remote-User"] == person.email)
            #expect(answer["Remote-Email"] == person.email)
            #expect(answer["Remote-Groups"] == "admin")
            #expect(answer["X-Auth-Tier"] == "team")
            try change(person, "role = 'user'", in: daemon)
            try Waiting.until("the role to be gone") {
                try daemon.client.send(call).code == "forbidden"
            }
        }

        private func change(_ person: Person, _ columns: String, in daemon: Daemon) throws {
            let script = """
                base = sqlite3.connect(given["path"], timeout=10)
                base.execute("UPDATE accounts SET \(columns) WHERE email = ?", (given["email"],))
                base.commit()
                print("{}")
                """
            _ = try Python.run(
                script,
                given: [
                    "path": "\(daemon.home.path)/data/lunauth.db", "email": .string(person.email),
                ])
        }

        @Test
        func `unauthenticated browsers are redirected to sign-in and return_to is allow-listed`()
            throws
        {
            let daemon = try Daemon(settings: [
                "LUNAUTH_WEBSITEURL": "https://auth.example.org",
                "LUNAUTH_PAGES_LOGIN": "/in?from=proxy",
                "LUNAUTH_FORWARDAUTH_RETURNORIGINS": "https://*.example.org",
            ])
            func location(_ host: String, _ query: String = "") throws -> (Int, String?) {
                let answer = try daemon.client.send(
                    .get("/auth/verify\(query)").with("Accept", "text/html")
                        .with("X-Forwarded-Method", "GET").with("X-Forwarded-Proto", "https")
                        .with("X-Forwarded-Host", host).with("X-Forwarded-Uri", "/a?b=c"))
                return (answer.status, answer["Location"])
            }
            let page = "https://auth.example.org/in?from=proxy"
            let back = "\(page)&return_to=https%3A%2F%2Fapp.example.org%2Fa%3Fb%3Dc"
            #expect(try location("app.example.org") == (302, back))
            #expect(try location("app.example.org", "?redirect=401") == (401, back))
            #expect(try location("app.example.org.evil.example") == (302, page))
        }

        @Test func `request descriptions from untrusted peers are ignored`() throws {
            let daemon = try Daemon(settings: ["LUNAUTH_TRUSTEDPROXIES": ""])
            try daemon.client.send(
                .get("/auth/verify").with("Accept", "text/html").with("X-Forwarded-Method", "GET")
            ).expect(401, "unauthenticated")
        }

        @Test func `a cookie for a domain is set and cleared for its hosts`() throws {
            let daemon = try Daemon(settings: [
                "LUNAUTH_WEBSITEURL": "http://auth.example.org",
                "LUNAUTH_SESSION_COOKIEDOMAIN": "example.org",
            ])
            let answer = try daemon.client.send(.signUp(Fresh.email()))
            #expect(answer.cookieAttributes.contains("Domain=example.org"))
            let logout = try daemon.client.send(.post("/auth/logout"))
            #expect(logout.cookie == "" && logout.cookieAttributes.contains("Domain=example.org"))
            let body: JSON = [
                "username": "owner", "email": .string(Fresh.email()),
                "password": .string(Fresh.password()), "websiteUrl": "http://auth.example.com",
            ]
            try daemon.client.send(.post("/auth/setup", body))
                .expect(400, "invalid_request", fields: ["websiteUrl"])
        }

        @Test(arguments: ["example.com", "127.0.0.1", ".example.org", "org"])
        func `a cookie domain outside the site stops the start`(domain: String) throws {
            let outcome = try Home().run(
                "serve",
                settings: [
                    "LUNAUTH_WEBSITEURL": "http://auth.example.org",
                    "LUNAUTH_SESSION_COOKIEDOMAIN": domain,
                ])
            #expect(outcome.ending == .exited(78))
            #expect(outcome.errors.contains("session.cookieDomain"))
        }
    }
}
