import Testing

extension EndToEnd {
    /// Invites, from their creation to the accounts they create.
    @Suite struct InviteTests {
        private func create(
            _ body: JSON = [:], as person: Person, at client: Client
        ) throws -> (id: String, code: String) {
            let answer = try client.send(.post("/auth/invites", body).bearer(person.token))
            guard answer.status == 201, let code = answer.json["code"]?.text,
                let id = answer.json["id"]?.text
            else { throw HarnessError("no invitation: \(answer.status) \(answer.text)") }
            Secrets.protect(code)
            #expect(answer.json["link"]?.text?.hasSuffix("/register?invite=\(code)") == true)
            return (id, code)
        }

        private func application(_ code: String, email: String = Fresh.email()) throws -> Call {
            try .post(
                "/auth/register?invite=\(code)",
                [
                    "username": "Some Body", "email": .string(email),
                    "password": .string(Fresh.password()),
                ])
        }

        private func list(as person: Person, at client: Client) throws -> [JSON] {
            let answer = try client.send(.get("/auth/invites").bearer(person.token))
            guard case .array(let items) = answer.json["items"] else { return [] }
            return items
        }

        @Test func `an invited person registers with role and tier of the invite`() throws {
            let (daemon, owner) = try Daemon.setUp()
            let client = daemon.client
            #expect(try client.update(["register": false], as: owner).status == 200)
            let email = Fresh.email()
            let (id, code) = try create(
                ["email": .string(email), "tier": "pro", "expiresIn": "2d"], as: owner, at: client)
            try client.send(.post("/auth/register")).expect(403, "registration_closed")
            try client.send(application(code)).expect(400, "invalid_invite")

            let answer = try client.send(application(code, email: email))
            #expect(answer.status == 201)
            let person = try Person(email: email, password: "", answer, status: 201)
            let me = try client.me(person).json
            #expect(me["status"] == "active" && me["role"] == "member" && me["tier"] == "pro")
            #expect(me["emailVerified"] == false, "who invited has the code, too")
            try client.send(application(code)).expect(400, "invalid_invite")

            let invites = try list(as: owner, at: client)
            #expect(invites.count == 1)
            #expect(invites[0]["id"] == .string(id) && invites[0]["uses"] == 1)
            #expect(invites[0]["email"] == .string(email))
            #expect(invites[0]["createdBy"] == .string(owner.id))
            #expect(invites[0]["code"] == nil && invites[0]["link"] == nil)
        }

        @Test func `of ten concurrent registrations for the last use one succeeds`() throws {
            let shared = try Shared.present
            let client = shared.daemon.client
            let (id, code) = try create(["maxUses": 3], as: shared.owner, at: client)
            for _ in 1...2 { #expect(try client.send(application(code)).status == 201) }
            let emails = (1...10).map { _ in Fresh.email() }
            let answers = try client.sendAtOnce(emails.map { try application(code, email: $0) })
            #expect(answers.count { $0.status == 201 } == 1)
            #expect(answers.count { $0.code == "invalid_invite" } == 9)
            for (email, answer) in zip(emails, answers) {
                let found = try client.send(
                    .get("/auth/users?query=\(email)").bearer(shared.owner.token))
                let isThere = found.json["items"] != .array([])
                #expect(isThere == (answer.status == 201), "nobody else has an account")
            }
            let invite = try list(as: shared.owner, at: client).first { $0["id"] == .string(id) }
            #expect(invite?["uses"] == 3)
        }

        @Test func `a paused invite is rejected and a deleted one is not found`() throws {
            let shared = try Shared.present
            let client = shared.daemon.client
            let (id, code) = try create(["maxUses": 5], as: shared.owner, at: client)
            func send(_ method: String, _ body: String = "") throws -> HTTPResponse {
                var call = Call(method: method, target: "/auth/invites/\(id)")
                    .bearer(shared.owner.token).with("Content-Type", "application/json")
                call.body = Array(body.utf8)
                return try client.send(call)
            }
            #expect(try send("PATCH", #"{"paused":true}"#).json["paused"] == true)
            try client.send(application(code)).expect(400, "invalid_invite")
            #expect(try send("PATCH", #"{"paused":false}"#).json["paused"] == false)
            #expect(try client.send(application(code)).status == 201)
            #expect(try send("DELETE").json == ["success": true])
            try client.send(application(code)).expect(400, "invalid_invite")
            try send("DELETE").expect(404, "not_found")
        }

        @Test func `the invites of a demoted administrator are paused`() throws {
            let shared = try Shared.present
            let client = shared.daemon.client
            // An invitation of an administrator asks for a proof of the last minutes.
            let owner = try Person(
                email: shared.owner.email, password: shared.owner.password,
                client.logIn(shared.owner), status: 200)
            let (_, code) = try create(["role": "admin"], as: owner, at: client)
            let email = Fresh.email()
            let admin = try Person(
                email: email, password: "", client.send(application(code, email: email)),
                status: 201)
            try client.send(.post("/auth/invites", ["role": "admin"]).bearer(admin.token))
                .expect(403, "forbidden")
            let theirs = try create(["maxUses": 2], as: admin, at: client)
            #expect(try client.send(application(theirs.code)).status == 201)
            var demotion = try Call.post("/auth/users/\(admin.id)", ["role": "member"])
                .bearer(owner.token)
            demotion.method = "PATCH"
            #expect(try client.send(demotion).status == 200)
            try client.send(application(theirs.code)).expect(400, "invalid_invite")
            try client.send(.get("/auth/invites").bearer(admin.token)).expect(403, "forbidden")
        }

        @Test func `the page of an invite link is configurable`() throws {
            let home = try Home.withDatabase()
            let settings = ["LUNAUTH_PAGES_REGISTER": "https://app.example.org/join"]
            let made = try home.run("invite", "create", settings: settings)
            #expect(made.ending == .exited(0))
            #expect(made.output.contains("\nlink: https://app.example.org/join?invite="))
        }
    }
}
