import FoundationEssentials
import Glibc
import Testing

extension EndToEnd {
    /// A customer whose program authenticates with an API key.
    @Suite struct APIKeyTests {
        @Test func `a customer creates a key, uses it up to the tier's limit, and revokes it`()
            throws
        {
            let daemon = try Daemon(settings: [
                "LUNAUTH_LIMITS_ENABLED": "true", "LUNAUTH_LIMITS_TIERS_FREE": "5",
                "LUNAUTH_APIKEYS_MAXIMUM_FREE": "2",
            ])
            let (client, person) = (daemon.client, try daemon.client.signUp())
            let made = try client.makeKey(["name": "ci", "expiresIn": "30d"], as: person)
            let (key, id) = try parts(of: made)
            #expect(key.wholeMatch(of: /luna_[0-9A-Za-z]{38}/) != nil)
            #expect(made.json["prefix"]?.text == String(key.prefix(12)))
            #expect(made.json["scopes"] == ["read", "write"])
            let other = try parts(of: client.makeKey(["name": "other"], as: person))
            try client.makeKey(["name": "third"], as: person).expect(409, "limit_reached")

            let me = try client.send(.get("/auth/me").bearer(key))
            #expect(me.json["email"]?.text == person.email)
            #expect(me["X-RateLimit-Limit"] == "5" && me["X-RateLimit-Remaining"] == "4")
            #expect(
                me["X-RateLimit-Reset"].flatMap { Int($0) }.map { (1...12).contains($0) } == true)
            let refused = try Waiting.value(of: "the end of the allowance") {
                let answer = try client.send(.get("/auth/me").bearer(other.key))
                return answer.status == 429 ? answer : nil
            }
            refused.expect(429, "too_many_requests")
            #expect(refused["X-RateLimit-Remaining"] == "0")
            #expect(
                refused["Retry-After"].flatMap { Int($0) }.map { (1...12).contains($0) } == true)
            let session = try client.me(person)
            #expect(session.status == 200 && session["X-RateLimit-Limit"] == nil)
            #expect(try client.send(.get("/auth/me").bearer(client.signUp().token)).status == 200)

            try daemon.home.write("config.json", #"{"limits": {"tiers": {"sessions": true}}}"#)
            daemon.process.send(SIGHUP)
            try Waiting.until("sessions to count") {
                try client.me(person)["X-RateLimit-Limit"] == "5"
            }
            try Waiting.until("the session to be limited with the keys") {
                try client.me(person).status == 429
            }
            try daemon.home.write("config.json", #"{"limits": {"tiers": {"sessions": false}}}"#)
            daemon.process.send(SIGHUP)
            try Waiting.until("sessions to be free") {
                try client.me(person)["X-RateLimit-Limit"] == nil
            }
            let gone = try client.send(.delete("/auth/api-keys/\(id)").cookie(person.cookie))
            #expect(gone.json["success"] == true)
            try client.send(.get("/auth/me").bearer(key)).expect(401, "invalid_token")
            #expect(try client.makeKey(["name": "third"], as: person).status == 201)
        }

        @Test func `a key allows what its scopes include and manages no keys`() throws {
            let (daemon, owner) = try Daemon.setUp()
            let (client, scopes) = (daemon.client, [["read"], ["write"], ["read", "write"]])
            let keys = try scopes.map { names in
                try parts(
                    of: client.makeKey(
                        ["name": "ci", "scopes": .array(names.map { .string($0) })], as: owner)
                ).key
            }
            for (key, statuses) in zip(keys, [(200, 403), (403, 200), (200, 200)]) {
                let me = try client.send(.get("/auth/me").bearer(key))
                let update = try client.send(
                    .post("/auth/me", ["name": "Ada"]).by("PATCH").bearer(key))
                #expect((me.status, update.status) == statuses)
                for answer in [me, update] where answer.status == 403 {
                    answer.expect(403, "insufficient_scope")
                    #expect(answer["WWW-Authenticate"] == #"Bearer error="insufficient_scope""#)
                }
                for call in [
                    Call.get("/auth/api-keys"), try .post("/auth/api-keys", ["name": "more"]),
                    .delete("/auth/api-keys/00000000-0000-4000-8000-000000000000"),
                    try .post("/auth/logout"),
                ] {
                    try client.send(call.bearer(key)).expect(403, "api_key_not_allowed")
                }
            }
            let list = try client.send(.get("/auth/api-keys").cookie(owner.cookie))
            guard case .array(let items)? = list.json["items"] else {
                Issue.record("no list: \(list.json)")
                return
            }
            #expect(items.count == 3 && items.allSatisfy { $0["key"] == nil })
        }

        @Test func `a revoked key is rejected on every thread before the response`() throws {
            let daemon = try Daemon(settings: ["LUNAUTH_EVENTLOOPS": "4"])
            let person = try daemon.client.signUp()
            for _ in 1...5 {
                let (key, id) = try parts(of: daemon.client.makeKey(["name": "ci"], as: person))
                let connections = try (1...12).map { _ in try daemon.client.connection() }
                for connection in connections {
                    #expect(try connection.exchange(.get("/auth/me").bearer(key)).status == 200)
                }
                let gone = try daemon.client.send(
                    .delete("/auth/api-keys/\(id)").bearer(person.token))
                #expect(gone.status == 200)
                for connection in connections {
                    try connection.exchange(.get("/auth/me").bearer(key))
                        .expect(401, "invalid_token")
                }
            }
        }

        @Test func `eight concurrent requests cannot exceed the limit of keys`() throws {
            let person = try Shared.client.signUp()
            let call = try Call.post("/auth/api-keys", ["name": "ci"]).bearer(person.token)
            let answers = try Shared.client.sendAtOnce(Array(repeating: call, count: 8))
            #expect(answers.count { $0.status == 201 } == 5)
            #expect(answers.count { $0.code == "limit_reached" } == 3)
        }

        @Test func `the command line lists keys and revokes one while the server runs`() throws {
            let daemon = try Daemon()
            let (client, home) = (daemon.client, daemon.home)
            let (person, other) = (try client.signUp(), try client.signUp())
            let mine = try parts(
                of: client.makeKey(["name": "my key", "scopes": ["read"]], as: person))
            let theirs = try parts(of: client.makeKey(["name": "b", "expiresIn": 60], as: other))
            for key in [mine.key, theirs.key] {
                #expect(try client.send(.get("/auth/me").bearer(key)).status == 200)
            }
            let all = try home.run("apikey", "list")
            #expect(all.ending == .exited(0))
            let rows = all.output.split(separator: "\n").map { line in
                line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            }
            #expect(rows.map { $0[0] } == [theirs.id, mine.id])
            #expect(rows.allSatisfy { $0.count == 8 })
            #expect(
                rows[1][1...4].elementsEqual([
                    person.email, "my key", String(mine.key.prefix(12)), "read",
                ]))
            #expect(rows[0][4] == "read,write" && rows[0][6] != "never" && rows[1][6] == "never")
            #expect(!all.output.contains(mine.key.dropFirst(12)))
            let some = try home.run("apikey", "list", "--email", person.email.uppercased())
            #expect(some.output.split(separator: "\n").count == 1)
            #expect(some.output.contains(mine.id))

            #expect(try home.run("apikey", "revoke", mine.id).ending == .exited(0))
            try Waiting.until("the end of the key") {
                try client.send(.get("/auth/me").bearer(mine.key)).status != 200
            }
            try client.send(.get("/auth/me").bearer(mine.key)).expect(401, "invalid_token")
            #expect(try client.send(.get("/auth/me").bearer(theirs.key)).status == 200)
            #expect(try client.me(person).status == 200)
            #expect(try home.run("apikey", "revoke", mine.id).ending == .exited(1))
            #expect(try home.run("apikey", "list", "--email", Fresh.email()).ending == .exited(1))
            #expect(try home.run("apikey", "revoke", "x").ending == .exited(64))
        }

        @Test func `a key of a disabled account is rejected until the account is enabled`()
            throws
        {
            let daemon = try Shared.present.daemon
            let (client, person) = (daemon.client, try daemon.client.signUp())
            let key = try parts(of: client.makeKey(["name": "ci"], as: person)).key
            let me = Call.get("/auth/me").bearer(key)
            #expect(try client.send(me).status == 200)
            #expect(try daemon.home.run("user", "disable", person.email).ending == .exited(0))
            try Waiting.until("the end") { try client.send(me).status != 200 }
            try client.send(me).expect(401, "invalid_token")
            #expect(try daemon.home.run("user", "approve", person.email).ending == .exited(0))
            try Waiting.until("its return") { try client.send(me).status == 200 }
        }

        @Test(.choosesDatabase) func `a key survives a restart and its text is stored nowhere`()
            throws
        {
            let home = try Home()
            let first = try Daemon(in: home)
            let person = try first.client.signUp()
            let key = try parts(of: first.client.makeKey(["name": "ci"], as: person)).key
            _ = try first.client.send(.get("/auth/me").bearer(key))
            let names = try FileManager.default.contentsOfDirectory(atPath: "\(home.path)/data")
            #expect(names.contains("lunauth.db"))
            for name in names {
                let bytes = try #require(home.bytes("data/\(name)"))
                #expect(bytes.firstRange(of: key.utf8.dropFirst(12)) == nil, "\(name)")
            }
            #expect(!first.log.contains(key.dropFirst(12)))
            #expect(try first.stop() == .exited(0))
            let second = try Daemon(in: home)
            #expect(try second.client.send(.get("/auth/me").bearer(key)).status == 200)
        }

        private func parts(of answer: HTTPResponse) throws -> (key: String, id: String) {
            #expect(answer.status == 201)
            let key = try #require(answer.json["key"]?.text)
            Secrets.protect(key)
            return (key, try #require(answer.json["id"]?.text))
        }
    }
}

extension Client {
    /// Sends a request to create a key.
    fileprivate func makeKey(_ body: JSON, as person: Person) throws -> HTTPResponse {
        try send(.post("/auth/api-keys", body).cookie(person.cookie))
    }
}

extension Call {
    /// A DELETE.
    static func delete(_ target: String) -> Call {
        Call(method: "DELETE", target: target)
    }
}
