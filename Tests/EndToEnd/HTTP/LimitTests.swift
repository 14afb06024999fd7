import Testing

extension EndToEnd {
    /// Limits of the size of a request.
    @Suite struct LimitTests {
        @Test func `a request-target has at most 8 KiB`() throws {
            let path = "/" + String(repeating: "a", count: 8_191)
            try Shared.client.send(.get(path)).expect(404, "not_found")
            try expectEnd(after: .get(path + "a"), 414, "uri_too_long")
        }

        @Test func `a head has at most 100 fields`() throws {
            var call = Call.get("/health")
            for number in 1...99 { call = call.with("X-Field", "\(number)") }
            #expect(try Shared.client.send(call).status == 200)
            try expectEnd(after: call.with("X-Field", "100"), 431, "fields_too_large")
        }

        @Test func `a head has at most 32 KiB, or as configured`() throws {
            for (daemon, bytes) in [
                (try Shared.present.daemon, 32_768),
                (try Daemon(settings: ["LUNAUTH_HTTP_MAXIMUMHEADBYTES": "65536"]), 65_536),
            ] {
                let host = daemon.addresses[0].authority
                let empty = Call.get("/health").with("X-Fill", "").encoded(host: host).count
                let fitting = String(repeating: "f", count: bytes - empty)
                #expect(
                    try daemon.client.send(.get("/health").with("X-Fill", fitting)).status == 200)
                let connection = try daemon.client.connection()
                try connection.exchange(.get("/health").with("X-Fill", fitting + "f"))
                    .expect(431, "fields_too_large")
                #expect(try connection.isClosed())
            }
        }

        @Test func `an endless head is cut off`() throws {
            let connection = try Shared.client.connection()
            try connection.send(text: "GET /health HTTP/1.1\r\nHost: a\r\nX-Long: ")
            try connection.send(bytes: Array(repeating: UInt8(ascii: "x"), count: 32_768))
            try connection.readResponse().expect(431, "fields_too_large")
            #expect(try connection.isClosed())
        }

        @Test func `a body has at most 64 KiB`() throws {
            let text = "{\"more\":\"\(String(repeating: "m", count: 65_525))\"}"
            #expect(text.utf8.count == 65_536)
            try Shared.client.send(.post("/auth/login", text: text))
                .expect(400, "invalid_request", fields: ["email", "password"])
            try expectEnd(after: .post("/auth/login", text: text + " "), 413, "content_too_large")
        }

        @Test func `a body with too large a declared length is refused before it is sent`() throws {
            let connection = try Shared.client.connection()
            try connection.send(
                text: "POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 9223372036854775807\r\n\r\n")
            try connection.readResponse().expect(413, "content_too_large")
            #expect(try connection.isClosed())
        }

        @Test func `a chunked body has at most 64 KiB`() throws {
            let connection = try Shared.client.connection()
            try connection.send(
                text: "POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n10000\r\n")
            try connection.send(bytes: Array(repeating: UInt8(ascii: " "), count: 65_536))
            try connection.send(text: "\r\n1\r\n")
            try connection.readResponse().expect(413, "content_too_large")
            #expect(try connection.isClosed())
        }

        @Test(arguments: ["FFFFFFFFFFFFFFFF", "10000000000000000", "-1", "0x10", "", " 5"])
        func `an invalid or overflowing chunk size is refused`(size: String) throws {
            let connection = try Shared.client.connection()
            try connection.send(
                text: "POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n\(size)\r\n")
            let answer = try connection.readResponse()
            #expect([400, 413].contains(answer.status))
            #expect(try connection.isClosed())
        }

        @Test func `100 Continue is sent to a client that waits for it`() throws {
            let connection = try Shared.client.connection()
            let body = #"{"email":"a@example.com"}"#
            try connection.send(
                text: "POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Expect: 100-continue\r\nContent-Length: \(body.utf8.count)\r\n\r\n")
            #expect(try connection.readInterim() == 100)
            try connection.send(text: body)
            try connection.readResponse().expect(400, "invalid_request", fields: ["password"])
            #expect(try connection.exchange(.get("/health")).status == 200)
        }

        @Test(arguments: [
            ("/auth/nothing", "application/json", 5, 404), ("/auth/me", "application/json", 5, 405),
            ("/auth/login", "text/plain", 5, 415), ("/auth/login", "application/json", 65_537, 413),
        ])
        func `100 Continue is not sent for a request that will be refused`(
            path: String, type: String, length: Int, status: Int
        ) throws {
            let connection = try Shared.client.connection()
            try connection.send(
                text: "POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Type: \(type)\r\n"
                    + "Expect: 100-continue\r\nContent-Length: \(length)\r\n\r\n")
            #expect(try connection.readResponse().status == status)
            #expect(try connection.isClosed())
        }

        @Test func `an unknown expectation is refused`() throws {
            try expectEnd(
                after: .get("/health").with("Expect", "202-accepted"), 417, "expectation_failed")
        }

        /// Expects a refusal that is the last response of its connection.
        private func expectEnd(
            after call: Call, _ status: Int, _ code: String,
            sourceLocation: SourceLocation = #_sourceLocation
        ) throws {
            let connection = try Shared.client.connection()
            let answer = try connection.exchange(call)
            answer.expect(status, code, sourceLocation: sourceLocation)
            #expect(answer["Connection"] == "close", sourceLocation: sourceLocation)
            #expect(try connection.isClosed(), sourceLocation: sourceLocation)
        }
    }
}
