import Testing

extension EndToEnd {
    /// How administrators manage the accounts of others.
    @Suite struct UserTests {
        private let daemon: Daemon
        private let owner: Person

        init() throws {
            daemon = try Shared.present.daemon
            owner = try Shared.present.owner
        }

        private var client: Client { daemon.client }

        private func send(_ method: String, _ path: String, _ body: JSON? = nil, as person: Person)
            throws -> HTTPResponse
        {
            var call = Call(method: method, target: path).bearer(person.token)
            if let body {
                call = call.with("Content-Type", "application/json")
                call.body = try body.encoded
            }
            return try client.send(call)
        }

        private func decide(_ verb: String, _ person: Person) throws -> HTTPResponse {
            try send("POST", "/auth/users/\(person.id)/\(verb)", as: owner)
        }

        private func patch(_ person: Person, _ body: JSON) throws -> HTTPResponse {
            try send("PATCH", "/auth/users/\(person.id)", body, as: owner)
        }

        /// Creates a new administrator.
        private func administrator() throws -> Person {
            let person = try client.signUp()
            #expect(try patch(person, ["role": "admin"]).status == 200)
            return person
        }

        @Test func `an applicant is approved by the owner`() throws {
            let person = try client.register()
            try client.logIn(person).expect(403, "pending_approval")
            let waiting = try send(
                "GET", "/auth/users?status=pending&role=member&query=\(person.email)", as: owner)
            #expect(waiting.status == 200 && waiting.json["nextCursor"] == .null)
            #expect(waiting.json["items"] == .array([try client.me(person).json]))

            let approval = try decide("approve", person)
            #expect(approval.status == 200 && approval.json["status"] == "active")
            #expect(try client.me(person).json == approval.json, "the session is good at once")
            #expect(try client.logIn(person).status == 200)
            #expect(try decide("approve", person).json == approval.json, "and again")
            try decide("decline", person).expect(409, "not_pending")
            #expect(try client.me(person).status == 200)
        }

        @Test func `an applicant is declined by the owner`() throws {
            let person = try client.register()
            #expect(try client.me(person).status == 200)
            #expect(try decide("decline", person).json == ["success": true])
            try client.me(person).expect(401, "unauthenticated")
            try client.logIn(person).expect(401, "invalid_credentials")
            try send("GET", "/auth/users/\(person.id)", as: owner).expect(404, "not_found")
            #expect(try decide("decline", person).json == ["success": true], "and again")
            try decide("approve", person).expect(404, "not_found")
            #expect(
                try client.signUp(email: person.email).id != person.id, "the address is free again")
        }

        @Test(.choosesDatabase) func `an applicant is approved with the mailed link`() throws {
            let person = try client.register()
            let token = try Rows.decision(about: person, in: daemon.home)
            let path = "/auth/users/\(person.id)"
            for _ in 1...2 {
                let page = try client.send(.open("\(path)/decide?token=\(token)"))
                #expect(page.status == 200 && page.text.contains(person.email))
            }
            #expect(try client.me(person).json["status"] == "pending", "looking decides nothing")
            let form = Call.post(
                "\(path)/approve", text: "token=\(token)",
                type: "application/x-www-form-urlencoded"
            ).with("Accept", "text/html,*/*;q=0.8")
            #expect(try client.send(form.with("Sec-Fetch-Site", "cross-site")).status == 403)
            let answer = try client.send(form.with("Sec-Fetch-Site", "same-origin"))
            #expect(answer.status == 303 && answer["Location"] == "\(path)/decide?done=approved")
            #expect(try client.me(person).json["status"] == "active")
            #expect(try client.send(form).status == 400)
            let page = try client.send(.open("\(path)/decide?token=\(token)"))
            #expect(page.status == 400 && !page.text.contains(person.email))
        }

        @Test func `concurrent approvals and declines agree on one decision`() throws {
            let person = try client.register()
            let calls = (0..<10).map { index in
                Call(
                    method: "POST",
                    target: "/auth/users/\(person.id)/\(index % 2 == 0 ? "approve" : "decline")"
                ).bearer(owner.token)
            }
            let answers = try client.sendAtOnce(calls)
            let isIn = try client.logIn(person).status == 200
            for (index, answer) in answers.enumerated() {
                let isApproval = index % 2 == 0
                #expect(answer.status == (isApproval == isIn ? 200 : isIn ? 409 : 404))
            }
        }

        @Test(.choosesDatabase, arguments: ["disabled", "deleted"])
        func `sessions and keys end at once on every thread`(fate: String) throws {
            let (person, other) = (try client.signUp(), try client.signUp())
            let key = try Rows.apiKey(of: person, in: daemon.home)
            let calls = [
                Call.get("/auth/me").cookie(person.cookie),
                Call.get("/auth/me").bearer(person.token), Call.get("/auth/me").bearer(key),
            ]
            let connections = try (0..<12).map { _ in try client.connection() }
            for (index, connection) in connections.enumerated() {
                #expect(try connection.exchange(calls[index % 3]).status == 200)
            }
            let end =
                fate == "deleted"
                ? try send("DELETE", "/auth/users/\(person.id)", as: owner)
                : try patch(person, ["status": "disabled"])
            #expect(end.status == 200)
            for (index, connection) in connections.enumerated() {
                let code = index % 3 == 0 ? "unauthenticated" : "invalid_token"
                try connection.exchange(calls[index % 3]).expect(401, code)
            }
            #expect(try client.me(other).status == 200)
            let login = try client.logIn(person)
            if fate == "deleted" {
                login.expect(401, "invalid_credentials")
                try send("DELETE", "/auth/users/\(person.id)", as: owner).expect(404, "not_found")
            } else {
                login.expect(403, "account_disabled")
                #expect(try patch(person, ["status": "active"]).status == 200)
                try client.me(person).expect(401, "unauthenticated")
                #expect(try client.send(calls[2]).status == 200)
            }
        }

        @Test func `a new role and tier apply to the next request`() throws {
            let person = try client.signUp()
            try send("GET", "/auth/users", as: person).expect(403, "forbidden")
            let change: JSON = ["role": "admin", "tier": "pro", "name": "Ada Ł"]
            let changed = try patch(person, change)
            #expect(changed.json["name"] == "Ada Ł")
            #expect(try client.me(person).json == changed.json)
            #expect(try send("GET", "/auth/users?limit=1", as: person).status == 200)
            #expect(try patch(person, ["role": "user"]).status == 200)
            try send("GET", "/auth/users", as: person).expect(403, "forbidden")
        }

        @Test func `an administrator has no power over the owner and other administrators`() throws
        {
            let (admin, other) = (try administrator(), try administrator())
            let customer = try client.signUp()
            for person in [owner, other] {
                let path = "/auth/users/\(person.id)"
                try send("PATCH", path, ["name": "x"], as: admin).expect(403, "forbidden")
                try send("DELETE", path, as: admin).expect(403, "forbidden")
            }
            let path = "/auth/users/\(customer.id)"
            try send("PATCH", path, ["role": "admin"], as: admin).expect(403, "forbidden")
            try send("PATCH", path, ["role": "owner"], as: admin).expect(403, "owner_protected")
            #expect(try send("PATCH", path, ["role": "member"], as: admin).status == 200)
            #expect(try send("DELETE", path, as: admin).status == 200)
            for body in [["role": "user"], ["status": "disabled"]] as [JSON] {
                try patch(owner, body).expect(403, "owner_protected")
                try send("PATCH", "/auth/users/\(admin.id)", body, as: admin)
                    .expect(403, "forbidden")
            }
            try send("DELETE", "/auth/users/\(owner.id)", as: owner)
                .expect(403, "owner_protected")
        }

        @Test func `the list covers all accounts, newest first`() throws {
            let (daemon, owner) = try Daemon.setUp()
            var expected = [owner.id]
            for _ in 1...6 { expected.insert(try daemon.client.signUp().id, at: 0) }
            var (found, target) = ([String](), "/auth/users?limit=3")
            while true {
                let page = try daemon.client.send(.get(target).bearer(owner.token)).json
                guard case .array(let items) = page["items"] else { break }
                found += items.compactMap { $0["id"]?.text }
                guard let cursor = page["nextCursor"]?.text else { break }
                target = "/auth/users?limit=3&cursor=\(cursor)"
            }
            #expect(found.count == 7 && Set(found) == Set(expected))
            // Several may have the same millisecond.
            #expect(found.last == expected.last)
        }
    }
}
