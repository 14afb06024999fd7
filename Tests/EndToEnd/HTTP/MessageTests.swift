import Testing

extension EndToEnd {
    /// Rules for the content of every request and response.
    @Suite struct MessageTests {
        @Test(arguments: [
            "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
            "application/jsonp", "application/json+x", "json", nil,
        ])
        func `a body with another media type or none is refused`(type: String?) throws {
            let call = Call.post("/auth/refresh", text: "{}", type: type)
            try Shared.client.send(call).expect(415, "unsupported_media_type")
        }

        @Test(arguments: [
            "application/json", "application/json; charset=utf-8", "APPLICATION/JSON;a=b",
            "application/json ; charset=latin1",
        ])
        func `parameters of the media type are ignored`(type: String) throws {
            let call = Call.post("/auth/login", text: "{}", type: type)
            try Shared.client.send(call).expect(
                400, "invalid_request", fields: ["email", "password"])
        }

        @Test(arguments: [
            "[]", "\"text\"", "1", "null", "{", "{]", "{\"email\":}", "{\"email\":\"a\",}",
            "{\"email\":\"a\" \"password\":\"b\"}", "{email:\"a\"}", "{'email':'a'}", "{}{}",
            "{} x", "\u{FEFF}\u{FEFF}{}", "{\"email\":\"\u{1}\"}", "{\"a\":01}", "{\"a\":+1}",
            "{\"email\":\"one\",\"email\":\"two\"}", "{\"a\":{\"b\":1,\"b\":2}}",
            "{\"a\":\(String(repeating: "[", count: 40))\(String(repeating: "]", count: 40))}",
        ])
        func `a body that is not one JSON object is malformed`(text: String) throws {
            try Shared.client.send(.post("/auth/login", text: text)).expect(400, "malformed_json")
        }

        @Test func `a body that is not UTF-8 is malformed`() throws {
            var call = try Call.post("/auth/login")
            call.body = Array(#"{"email":""#.utf8) + [0xC3, 0x28] + Array("\"}".utf8)
            try Shared.client.send(call).expect(400, "malformed_json")
        }

        @Test func `a repeated member is detected despite escapes`() throws {
            let text = #"{"email":"one@example.com","\u0065mail":"two@example.com","password":"x"}"#
            try Shared.client.send(.post("/auth/login", text: text)).expect(400, "malformed_json")
        }

        @Test func `null counts as absent`() throws {
            let person: JSON = ["email": nil, "password": nil, "name": nil]
            let answer = try Shared.client.send(.post("/auth/signup", person))
            answer.expect(400, "invalid_request", fields: ["email", "password"])
            #expect(answer.json["error"] == "Missing email or password")
        }

        @Test(arguments: [1, true, [], [:], ["a"]] as [JSON])
        func `a value of the wrong type is reported with its member`(value: JSON) throws {
            let body: JSON = ["email": value, "password": .string(Fresh.password())]
            for path in ["/auth/login", "/auth/signup"] {
                try Shared.client.send(.post(path, body))
                    .expect(400, "invalid_request", fields: ["email"])
            }
        }

        @Test func `all invalid members are reported together`() throws {
            let body: JSON = ["username": " ", "email": "nobody", "password": "short"]
            try Shared.client.send(.post("/auth/register", body))
                .expect(400, "invalid_request", fields: ["username", "email", "password"])
            let signup: JSON = ["name": "", "email": 1, "password": "short"]
            try Shared.client.send(.post("/auth/signup", signup))
                .expect(400, "invalid_request", fields: ["name", "email", "password"])
        }

        @Test func `unknown members are ignored`() throws {
            let body: JSON = [
                "email": .string(Fresh.email()), "password": .string(Fresh.password()),
                "role": "owner", "tier": "team", "status": "disabled", "id": 7, "more": [[]],
            ]
            let answer = try Shared.client.send(.post("/auth/signup", body))
            #expect(answer.status == 201)
            #expect(answer.json["user"]?["role"] == "user")
            #expect(answer.json["user"]?["tier"] == "free")
            #expect(answer.json["user"]?["status"] == "active")
        }

        @Test func `method, media type and origin are checked in this order`() throws {
            var call = Call.post("/auth/login", text: "{", type: "text/plain")
                .with("Origin", "http://evil.example")
            call.method = "PUT"
            try Shared.client.send(call).expect(405, "method_not_allowed")
            call.method = "POST"
            try Shared.client.send(call).expect(415, "unsupported_media_type")
            call.fields[0].value = "application/json"
            try Shared.client.send(call).expect(403, "cross_origin")
            call.fields.removeLast()
            try Shared.client.send(call).expect(400, "malformed_json")
        }

        @Test func `the size is checked before the origin`() throws {
            let text = "{\"email\":\"\(String(repeating: "a", count: 70_000))\"}"
            let call = Call.post("/auth/login", text: text)
            try Shared.client.send(call.with("Origin", "http://evil.example"))
                .expect(413, "content_too_large")
        }

        @Test(arguments: ["a", "A-b_c.9", String(repeating: "i", count: 64)])
        func `a trusted proxy sets the request id`(id: String) throws {
            let own = "\(Fresh.word())".prefix(64 - min(id.count, 40)) + id.prefix(40)
            let daemon = try Shared.present.daemon
            let answer = try daemon.client.send(.get("/health").with("X-Request-Id", String(own)))
            #expect(answer["X-Request-Id"] == String(own))
            try daemon.line(containing: "id=\(own) ")
        }

        @Test(arguments: ["", "a b", "a/b", "é", "a\"b", String(repeating: "i", count: 65)])
        func `a malformed request id is replaced`(id: String) throws {
            let daemon = try Shared.present.daemon
            let answer = try daemon.client.send(.get("/health").with("X-Request-Id", id))
            let made = try #require(answer["X-Request-Id"])
            #expect(made != id)
            #expect(made.wholeMatch(of: /[A-Za-z0-9._-]{1,64}/) != nil)
            try daemon.line(containing: "id=\(made) ")
        }

        @Test func `two request ids are replaced`() throws {
            let call = Call.get("/health").with("X-Request-Id", "one").with("X-Request-Id", "two")
            let made = try Shared.client.send(call)["X-Request-Id"]
            #expect(made != "one" && made != "two")
        }
    }
}
