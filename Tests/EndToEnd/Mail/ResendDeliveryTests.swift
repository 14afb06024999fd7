import Testing

extension EndToEnd {
    /// Delivery to a replacement for Resend.
    @Suite struct ResendDeliveryTests {
        private static let key = "re_secretsecretsecret"

        private func configuration(_ server: ResendServer, caFile: String? = nil) -> JSON {
            Secrets.protect(Self.key)
            return [
                "transport": "resend",
                "from": ["name": "Luna, Inc.", "address": "luna@example.com"],
                "replyTo": ["address": "help@example.com"], "website": "https://example.com",
                "timeoutSeconds": 20,
                "resend": [
                    "url": .string(server.url), "apiKey": .string(Self.key),
                    "caFile": .string(caFile ?? server.caFile),
                ],
            ]
        }

        @Test func `the server is tried by a TLS connection, without a request`() throws {
            let server = try ResendServer(answering: [])
            let trial = ["triesServer": true] as [String: JSON]
            let mailer = try Mailer(configuration(server).with(trial))
            #expect(
                try mailer.frame(1)
                    == ["id": "attempt", "outcome": "sent", "detail": "TLS is established"])
            #expect(try mailer.wait() == .exited(0), "it takes no orders")
            let distrusting = try Mailer(
                configuration(server, caFile: "/etc/ssl/certs/ca-certificates.crt").with(trial))
            #expect(try distrusting.frame(1)["outcome"] == "deferred")
            #expect(try server.requests.isEmpty)
        }

        @Test func `a request has the form of Resend's API`() throws {
            let server = try ResendServer(answering: [.init(status: 200, body: ["id": "49a3"])])
            let mailer = try Mailer(configuration(server))
            let order = Mailer.Order(values: ["name": "Zoë"])
            let receipt = try mailer.carryOut(order)
            #expect(receipt["outcome"] == "sent")
            #expect(receipt["detail"] == "HTTP 200 49a3")

            let requests = try server.requests
            #expect(requests.count == 1)
            let request = try #require(requests.first)
            #expect(request.line == "POST /emails HTTP/1.1")
            #expect(request["Authorization"] == ["Bearer \(Self.key)"])
            #expect(request["Idempotency-Key"] == [order.id])
            #expect(request["Content-Type"] == ["application/json"])
            #expect(request["User-Agent"] == ["lunauth-mailer"])
            #expect(
                request.body.names
                    == ["from", "to", "subject", "text", "html", "reply_to", "headers"])
            #expect(request.body["from"] == "\"Luna, Inc.\" <luna@example.com>")
            #expect(request.body["to"] == [.string(order.recipient)])
            #expect(request.body["reply_to"] == "help@example.com")
            #expect(request.body["subject"] == "Choose a new password")
            #expect(request.body["text"]?.text?.contains("Hello Zoë,") == true)
            #expect(request.body["text"]?.text?.contains(order.link) == true)
            #expect(request.body["html"]?.text?.contains("<p>Hello Zoë,</p>") == true)
            #expect(
                request.body["headers"] == [
                    "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All",
                    "Message-ID": .string("<\(order.id)@example.com>"),
                ])
            #expect(try mailer.end() == .exited(0))
        }

        @Test func `each response affects only its mail, over one connection`() throws {
            let replies: [(ResendServer.Reply, outcome: String, detail: String)] = [
                (
                    .init(status: 429, body: ["name": "rate_limit_exceeded"]), "deferred",
                    "HTTP 429 rate_limit_exceeded"
                ),
                (.init(status: 500), "deferred", "HTTP 500"),
                (
                    .init(status: 401, body: ["message": .string("bad key \(Self.key)")]),
                    "deferred", "HTTP 401 bad key ***"
                ),
                (
                    .init(status: 422, body: ["name": "validation_error", "message": "no\nsuch"]),
                    "rejected", "HTTP 422 validation_error: no such"
                ),
                (.init(status: 200, body: ["id": "1"], padding: 100_000), "sent", "HTTP 200 1"),
                (.init(status: 200, body: ["id": "2"]), "sent", "HTTP 200 2"),
            ]
            let server = try ResendServer(answering: replies.map(\.0))
            let mailer = try Mailer(configuration(server))
            for reply in replies {
                let receipt = try mailer.carryOut(.init())
                #expect(receipt["outcome"]?.text == reply.outcome)
                #expect(receipt["detail"]?.text == reply.detail)
            }
            #expect(Set(try server.requests.map(\.connection)).count == 1)
        }

        @Test func `a connection closed by the server is opened again`() throws {
            let server = try ResendServer(answering: [.init(status: 200)], idleSeconds: 2)
            let mailer = try Mailer(configuration(server))
            #expect(try mailer.carryOut(.init())["detail"] == "HTTP 200")
            let first = try #require(try server.requests.first)
            try server.waitForClose(ofConnection: first.connection)
            #expect(try mailer.carryOut(.init())["detail"] == "HTTP 200")
            #expect(Set(try server.requests.map(\.connection)).count == 2)
        }

        @Test func `a retry sends the same request`() throws {
            let server = try ResendServer(answering: [.init(status: 503), .init(status: 200)])
            let mailer = try Mailer(configuration(server))
            let order = Mailer.Order()
            #expect(try mailer.carryOut(order)["outcome"] == "deferred")
            #expect(try mailer.carryOut(order)["outcome"] == "sent")
            let requests = try server.requests
            #expect(requests.map { $0["Idempotency-Key"] } == [[order.id], [order.id]])
            #expect(requests.first?.body == requests.last?.body)
        }

        @Test func `the API key is sent only to the right server`() throws {
            let wrongHost = try ResendServer(
                answering: [.init(status: 200)], certificateFor: "other.example")
            let right = try ResendServer(answering: [.init(status: 200)])
            let configurations = [
                configuration(wrongHost), configuration(right, caFile: wrongHost.caFile),
            ]
            for configuration in configurations {
                let receipt = try Mailer(configuration).carryOut(.init())
                #expect(receipt["outcome"] == "deferred")
                #expect(receipt["detail"]?.text?.hasPrefix("curl 60: ") == true)
            }
            #expect(try wrongHost.requests.isEmpty)
            #expect(try right.requests.isEmpty)
        }
    }
}
