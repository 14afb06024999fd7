import Testing

extension EndToEnd {
    /// The mailer as a client of a website, for the doctor.
    @Suite struct WebClientTests {
        private func mailer(caFile: String?) throws -> Mailer {
            try Mailer([
                "web": [
                    "timeoutSeconds": 20, "address": "127.0.0.1",
                    "caFile": caFile.map(JSON.string) ?? .null,
                ]
            ])
        }

        private func order(_ url: String, isNew: Bool = false) -> JSON {
            [
                "method": "POST", "url": .string(url), "fields": ["X-Sample": "a: b"],
                "bodyBytes": 2_000, "connection": isNew ? "new" : "any",
            ]
        }

        @Test func `requests share a connection until a new one is asked for`() throws {
            let server = try ResendServer(answering: [.init(status: 404, body: ["a": "b"])])
            let mailer = try mailer(caFile: server.caFile)
            for isNew in [false, false, true] { try mailer.send(order(server.url, isNew: isNew)) }
            let receipts = try (1...3).map { try mailer.frame($0) }
            for receipt in receipts {
                #expect(receipt["status"] == 404)
                #expect(receipt["body"]?.text == #"{"a": "b"}"#)
                #expect(receipt["version"] == "1.1")
                #expect(receipt["localAddress"] == "127.0.0.1")
            }
            let requests = try server.requests
            #expect(requests.map { $0["X-Sample"] } == Array(repeating: ["a: b"], count: 3))
            #expect(requests.allSatisfy { $0["Content-Length"] == ["2000"] })
            #expect(requests[0].connection == requests[1].connection)
            #expect(requests[1].connection != requests[2].connection)
            #expect(try mailer.end() == .exited(0))
        }

        @Test func `a name leads to the configured address`() throws {
            let server = try ResendServer(
                answering: [.init(status: 200)], certificateFor: "auth.example.com")
            let mailer = try mailer(caFile: server.caFile)
            let url = server.url.replacing("127.0.0.1", with: "auth.example.com")
            try mailer.send(order(url))
            #expect(try mailer.frame(1)["status"] == 200)
        }

        @Test func `a certificate that is not trusted is no response`() throws {
            let server = try ResendServer(answering: [.init(status: 200)])
            let mailer = try mailer(caFile: nil)
            try mailer.send(order(server.url))
            let receipt = try mailer.frame(1)
            #expect(receipt["status"] == 0)
            #expect(receipt["detail"]?.text?.hasPrefix("curl 60: ") == true)
            #expect(try server.requests.isEmpty)
        }
    }
}
