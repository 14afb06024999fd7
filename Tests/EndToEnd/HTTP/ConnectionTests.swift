import Testing

extension EndToEnd {
    /// Connections: their lifetime, and malformed messages.
    @Suite struct ConnectionTests {
        @Test func `pipelined requests of different lanes are answered in order`() throws {
            let person = try Shared.client.signUp()
            let connection = try Shared.client.connection()
            let calls = [
                try Call.logIn(person.email, person.password), .get("/health"),
                .get("/auth/me").cookie(person.cookie), try .signUp(Fresh.email()),
                .get("/auth/config"), try .post("/auth/logout").cookie(person.cookie),
                .get("/auth/me").cookie(person.cookie), try .logIn(person.email, "wrong password"),
                .get("/health"),
            ]
            let names = calls.map { _ in Fresh.word() }
            let bytes = zip(calls, names).flatMap { call, name in
                call.with("X-Request-Id", name).encoded(host: "127.0.0.1")
            }
            try connection.send(bytes: bytes)
            let answers = try calls.map { _ in try connection.readResponse() }
            #expect(answers.map { $0["X-Request-Id"] } == names)
            #expect(answers.map(\.status) == [200, 200, 200, 201, 200, 200, 401, 401, 200])
        }

        @Test func `a request may arrive one byte at a time`() throws {
            let connection = try Shared.client.connection()
            let person = try Shared.client.signUp()
            for byte in try Call.logIn(person.email, person.password).encoded(host: "127.0.0.1") {
                try connection.send(bytes: [byte])
            }
            #expect(try connection.readResponse().status == 200)
        }

        @Test func `many requests use one connection`() throws {
            let connection = try Shared.client.connection()
            for _ in 1...50 {
                let answer = try connection.exchange(.get("/health"))
                #expect(answer["Connection"] == nil)
            }
        }

        @Test func `a client closes its connection with close`() throws {
            let connection = try Shared.client.connection()
            let answer = try connection.exchange(.get("/health").with("Connection", "close"))
            #expect(answer["Connection"] == "close")
            #expect(try connection.isClosed())
        }

        @Test func `HTTP 1·0 needs no Host and closes after the response`() throws {
            let connection = try Shared.client.connection()
            try connection.send(text: "GET /health HTTP/1.0\r\n\r\n")
            #expect(try connection.readResponse().status == 200)
            #expect(try connection.isClosed())
        }

        @Test func `HTTP 1·0 persists with keep-alive`() throws {
            let connection = try Shared.client.connection()
            for _ in 1...2 {
                try connection.send(text: "GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                #expect(try connection.readResponse()["Connection"] == "keep-alive")
            }
        }

        @Test func `a client that half-closes its connection gets its response`() throws {
            let person = try Shared.client.signUp()
            let connection = try Shared.client.connection()
            try connection.send(.get("/health"), try .logIn(person.email, person.password))
            connection.endOutput()
            #expect(try connection.readResponse().status == 200)
            #expect(try connection.readResponse().status == 200)
            #expect(try connection.isClosed())
        }

        @Test func `a chunked body with extensions and trailers is accepted`() throws {
            let person = try Shared.client.signUp()
            let connection = try Shared.client.connection()
            let body = #"{"email":"\#(person.email)","password":"\#(person.password)"}"#
            let (first, second) = (body.prefix(7), body.dropFirst(7))
            try connection.send(
                text: "POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n7;name=\"a;b\"\r\n\(first)\r\n"
                    + "\(String(second.utf8.count, radix: 16, uppercase: true))\r\n\(second)\r\n"
                    + "0\r\nX-Trailer: dropped\r\nContent-Length: 5\r\n\r\n")
            #expect(try connection.readResponse().status == 200)
            #expect(try connection.exchange(.get("/health")).status == 200)
        }

        @Test func `a trailer is not a credential`() throws {
            let owner = try Shared.present.owner
            let connection = try Shared.client.connection()
            try connection.send(
                text: "POST /auth/config/update HTTP/1.1\r\nHost: a\r\n"
                    + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "2\r\n{}\r\n0\r\nAuthorization: Bearer \(owner.token)\r\n"
                    + "Cookie: session_token=\(owner.cookie)\r\n\r\n")
            try connection.readResponse().expect(401, "unauthenticated")
        }

        private static let refused = [
            "GET /health HTTP/1.1\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: a b\r\n\r\n",
            "GET /health HTTP/1.1\nHost: a\n\n",
            "GET /health HTTP/1.1\r\nHost: a\r\nX: 1\n\r\n",
            "GET /health HTTP/1.1\r\nHost: a\r\nX: 1\r2\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost : a\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: a\r\nX: \u{0}\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: a\r\n: nameless\r\n\r\n",
            "GET  /health HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /health HTTP/1.1 \r\nHost: a\r\n\r\n",
            "GET /health\r\n\r\n",
            "GET health HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /é HTTP/1.1\r\nHost: a\r\n\r\n",
            "\r\n\r\nGET /health HTTP/1.1\r\nHost: a\r\n\r\n",
            "\nGET /health HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\nx",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\nx",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\nx",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n",
            "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET /auth/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\nAuthorization: y\r\n\r\n",
        ]

        @Test(arguments: refused)
        func `an ambiguous request is refused`(text: String) throws {
            let connection = try Shared.client.connection()
            try connection.send(text: text)
            let answer = try connection.readResponse()
            answer.expect(400, "malformed_request")
            #expect(answer["Connection"] == "close")
            #expect(try connection.isClosed(), "nothing after it is taken for a request")
        }

        @Test func `one empty line before a request is skipped`() throws {
            let connection = try Shared.client.connection()
            try connection.send(
                text: "\r\nPOST /auth/logout HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n\r\n")
            #expect(try connection.readResponse().status == 200)
            #expect(try connection.exchange(.get("/health")).status == 200)
        }

        @Test func `a method that fills the head is not implemented`() throws {
            let connection = try Shared.client.connection()
            try connection.send(text: String(repeating: "A", count: 32_768))
            try connection.readResponse().expect(501, "method_not_implemented")
            #expect(try connection.isClosed())
        }

        @Test func `requests after a refused request are not answered`() throws {
            let connection = try Shared.client.connection()
            try connection.send(
                text: "POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                    + "GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
            try connection.readResponse().expect(400, "malformed_request")
            #expect(try connection.isClosed())
        }

        @Test func `another HTTP version is refused`() throws {
            let connection = try Shared.client.connection()
            try connection.send(text: "GET /health HTTP/2.0\r\nHost: a\r\n\r\n")
            try connection.readResponse().expect(505, "http_version_not_supported")
            #expect(try connection.isClosed())
        }
    }
}
