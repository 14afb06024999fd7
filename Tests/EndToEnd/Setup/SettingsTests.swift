import Testing

extension EndToEnd {
    /// The settings of sign-in and registration.
    @Suite struct SettingsTests {
        private static let first: JSON = [
            "nativeSignin": true, "register": true, "signup": true, "approval": true,
            "requireEmailVerification": false, "passkeys": false, "mail": false, "sso": false,
            "providers": [],
            "siteName": "lunauth", "siteAccent": "#30528c", "siteSupport": nil,
        ]

        @Test func `the settings are public and default to enabled`() throws {
            #expect(try Shared.client.send(.get("/auth/config")).json == Self.first)
        }

        @Test func `only the owner and administrators change settings`() throws {
            let client = try Shared.client
            let off: JSON = ["signup": false]
            try client.send(.post("/auth/config/update", off)).expect(401, "unauthenticated")
            try client.update(off, as: client.signUp()).expect(403, "forbidden")
            let pending = try client.register()
            try client.send(.post("/auth/config/update", off).cookie(pending.cookie))
                .expect(403, "pending_approval")
            try client.send(.post("/auth/config/update", off).bearer("no.good.token"))
                .expect(401, "invalid_token")
            #expect(try client.send(.get("/auth/config")).json == Self.first)
        }

        @Test(arguments: [nil, 1, 0, "true", [], [:]] as [JSON])
        func `a value that is not a boolean is reported and nothing changes`(value: JSON) throws {
            let client = try Shared.client
            let settings: JSON = ["signup": false, "approval": value, "register": value]
            try client.update(settings, as: Shared.present.owner)
                .expect(400, "invalid_request", fields: ["approval", "register"])
            #expect(try client.send(.get("/auth/config")).json == Self.first)
        }

        @Test func `absent settings keep their values`() throws {
            for settings in [[:], Self.first, ["signup": true]] as [JSON] {
                let answer = try Shared.client.update(settings, as: Shared.present.owner)
                #expect(answer.status == 200)
                #expect(answer.json == Self.first.with(["success": true]))
            }
        }

        @Test func `unknown and configured settings are refused by name`() throws {
            let client = try Shared.client
            let unknown: JSON = ["signup": false, "sso": true, "more": 1]
            try client.update(unknown, as: Shared.present.owner)
                .expect(400, "invalid_request", fields: ["sso", "more"])
            #expect(try client.send(.get("/auth/config")).json == Self.first)
        }

        @Test
        func `a change applies to the next request of every connection and survives a restart`()
            throws
        {
            let (daemon, owner) = try Daemon.setUp(settings: ["LUNAUTH_EVENTLOOPS": "4"])
            let others = try (1...12).map { _ in try daemon.client.connection() }
            for other in others { _ = try other.exchange(.get("/auth/config")) }
            for isOn in [false, true, false] {
                let answer = try daemon.client.update(["signup": .bool(isOn)], as: owner)
                let expected = Self.first.with(["signup": .bool(isOn)])
                #expect(answer.json == expected.with(["success": true]))
                for other in others {
                    #expect(try other.exchange(.get("/auth/config")).json == expected)
                    let signup = try other.exchange(.signUp(Fresh.email()))
                    #expect(signup.status == (isOn ? 201 : 403))
                }
            }
            #expect(try daemon.stop() == .exited(0))
            let restarted = try Daemon(in: daemon.home)
            let config = try restarted.client.send(.get("/auth/config")).json
            #expect(config == Self.first.with(["signup": false]))
        }

        @Test func `concurrent changes of different settings are all kept`() throws {
            let (daemon, owner) = try Daemon.setUp()
            let answers = try daemon.client.sendAtOnce(
                ["register", "signup", "approval"].map { name in
                    try .post("/auth/config/update", .object([name: false])).bearer(owner.token)
                })
            #expect(answers.map(\.status) == [200, 200, 200])
            #expect(
                try daemon.client.send(.get("/auth/config")).json
                    == Self.first.with(["register": false, "signup": false, "approval": false]))
        }

        @Test func `disabling signup closes only signup`() throws {
            let (daemon, owner) = try Daemon.setUp()
            #expect(try daemon.client.update(["signup": false], as: owner).status == 200)
            try daemon.client.send(.signUp(Fresh.email())).expect(403, "registration_closed")
            try daemon.client.send(.signUp(owner.email)).expect(403, "registration_closed")
            #expect(try daemon.client.register().token == "")
        }

        @Test(.choosesDatabase) func `disabling register closes both, except for invites`() throws {
            let (daemon, owner) = try Daemon.setUp()
            #expect(try daemon.client.update(["register": false], as: owner).status == 200)
            try daemon.client.send(.signUp(Fresh.email())).expect(403, "registration_closed")
            let body: JSON = [
                "username": "Some Body", "email": .string(Fresh.email()),
                "password": .string(Fresh.password()),
            ]
            try daemon.client.send(.post("/auth/register", body)).expect(403, "registration_closed")
            try daemon.client.send(.post("/auth/register?invite=unknown", body))
                .expect(400, "invalid_invite")
            let code = try Invitation.make(in: daemon.home)
            let answer = try daemon.client.send(.post("/auth/register?invite=\(code)", body))
            #expect(answer.status == 201)
            #expect(try daemon.client.logIn(owner).status == 200)
        }

        @Test func `disabling approval makes registration immediate`() throws {
            let (daemon, owner) = try Daemon.setUp()
            let waiting = try daemon.client.register()
            #expect(try daemon.client.update(["approval": false], as: owner).status == 200)
            let body: JSON = [
                "username": "Some Body", "email": .string(Fresh.email()),
                "password": .string(Fresh.password()),
            ]
            let answer = try daemon.client.send(.post("/auth/register", body))
            #expect(answer.status == 201)
            #expect(answer.json["user"]?["status"] == "active")
            #expect(answer.json["user"]?["role"] == "member")
            #expect(try daemon.client.me(waiting).json["status"] == "pending")
        }

        @Test func `disabling nativeSignin keeps the owner's sign-in and all sessions`()
            throws
        {
            let (daemon, owner) = try Daemon.setUp()
            let person = try daemon.client.signUp()
            #expect(try daemon.client.update(["nativeSignin": false], as: owner).status == 200)
            try daemon.client.logIn(person).expect(403, "native_signin_disabled")
            try daemon.client.logIn(person, password: "wrong password")
                .expect(401, "invalid_credentials")
            try daemon.client.logIn(owner, password: "wrong password")
                .expect(401, "invalid_credentials")
            try daemon.client.send(.signUp(Fresh.email())).expect(403, "registration_closed")
            #expect(try daemon.client.logIn(owner).status == 200)
            #expect(try daemon.client.me(person).status == 200)
            #expect(try daemon.client.update(["nativeSignin": true], as: owner).status == 200)
            #expect(try daemon.client.logIn(person).status == 200)
        }
    }
}
