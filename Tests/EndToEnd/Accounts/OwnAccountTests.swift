import Testing

extension EndToEnd {
    /// What people do with their own accounts.
    @Suite struct OwnAccountTests {
        private func change(
            _ person: Person, from current: String? = nil, to new: String
        ) throws -> HTTPResponse {
            try Shared.client.send(
                .post(
                    "/auth/password/change",
                    [
                        "currentPassword": .string(current ?? person.password),
                        "newPassword": .string(new),
                    ]
                ).cookie(person.cookie))
        }

        /// Signs the same person in again.
        private func again(_ person: Person) throws -> Person {
            try Person(
                email: person.email, password: person.password, Shared.client.logIn(person),
                status: 200)
        }

        @Test func `a changed password ends every other session on every connection`() throws {
            let person = try Shared.client.signUp()
            let other = try again(person)
            let connections = try (1...6).map { _ in try Shared.client.connection() }
            for connection in connections {
                let me = Call.get("/auth/me").cookie(other.cookie)
                #expect(try connection.exchange(me).status == 200)
            }
            let password = Fresh.password()
            let answer = try change(person, to: password)
            #expect(answer.status == 200 && answer.json["success"] == true)
            for connection in connections {
                try connection.exchange(.get("/auth/me").cookie(other.cookie))
                    .expect(401, "unauthenticated")
                try connection.exchange(.get("/auth/me").bearer(other.token))
                    .expect(401, "invalid_token")
                let me = Call.get("/auth/me").cookie(person.cookie)
                #expect(try connection.exchange(me).status == 200)
            }
            try Shared.client.logIn(person).expect(401, "invalid_credentials")
            #expect(try Shared.client.logIn(person, password: password).status == 200)
        }

        @Test func `changing the password needs the current one`() throws {
            let person = try Shared.client.signUp()
            try change(person, from: "wrong password", to: Fresh.password())
                .expect(403, "wrong_password")
            try change(person, to: "short").expect(400, "invalid_request", fields: ["newPassword"])
            #expect(try Shared.client.logIn(person).status == 200)
        }

        @Test func `a new name is used by every later request`() throws {
            let person = try Shared.client.signUp()
            let connections = try (1...6).map { _ in try Shared.client.connection() }
            let me = Call.get("/auth/me").cookie(person.cookie)
            for connection in connections { _ = try connection.exchange(me) }
            let rename = try Call.post("/auth/me", ["name": "Ada ✓ Lovelace"]).by("PATCH")
            let answer = try Shared.client.send(rename.bearer(person.token))
            #expect(answer.status == 200 && answer.json["name"] == "Ada ✓ Lovelace")
            for connection in connections {
                #expect(try connection.exchange(me).json["name"] == "Ada ✓ Lovelace")
            }
        }

        @Test func `a deleted account is gone and its address is free`() throws {
            let person = try Shared.client.signUp()
            let other = try again(person)
            let delete = try Call.post("/auth/me", ["password": "wrong password"]).by("DELETE")
            try Shared.client.send(delete.cookie(person.cookie)).expect(403, "wrong_password")
            let call = try Call.post("/auth/me", ["password": .string(person.password)])
            let answer = try Shared.client.send(call.by("DELETE").cookie(person.cookie))
            #expect(answer.status == 200 && answer.cookie == "")
            try Shared.client.me(other).expect(401, "unauthenticated")
            try Shared.client.logIn(person).expect(401, "invalid_credentials")
            #expect(try Shared.client.signUp(email: person.email).id != person.id)
        }

        @Test func `the owner's account cannot be deleted`() throws {
            let owner = try Shared.present.owner
            let call = try Call.post("/auth/me", ["password": .string(owner.password)])
            try Shared.client.send(call.by("DELETE").cookie(owner.cookie))
                .expect(403, "owner_protected")
            #expect(try Shared.client.me(owner).status == 200)
        }

        @Test func `an export is a file with everything of the account`() throws {
            let person = try Shared.client.signUp()
            let other = try again(person)
            try Shared.client.send(.post("/auth/logout").cookie(other.cookie))
            let call = Call.get("/auth/me/export").cookie(person.cookie)
            let answer = try Shared.client.send(call.with("User-Agent", "Sample/1.0"))
            #expect(answer.status == 200)
            #expect(
                answer["Content-Disposition"]
                    == #"attachment; filename="lunauth-export.json""#)
            #expect(answer.json["account"]?["email"]?.text == person.email)
            #expect(answer.json["truncated"] == false)
            guard case .array(let sessions) = answer.json["sessions"] else {
                Issue.record("no sessions")
                return
            }
            #expect(sessions.count == 2)
            #expect(sessions[0]["endedAt"]?.text != nil && sessions[1]["endedAt"] == .null)
            Secrets.search(String(decoding: answer.body, as: UTF8.self), from: "an export")
        }
    }
}
