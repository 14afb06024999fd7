import Mail
import Testing

@Suite struct FrameTests {
    static let order = MailOrder(
        id: "5f1c8f0e-8f0c-4a53-9a3e-0d6f0a9f7f11", kind: .welcome, language: .de, site: .sample,
        recipient: "ada@example.com",
        values: ["name": "Ada\r\nLovelace \u{2028} 🦉", "link": "https://example.com/?a=1&b=2"],
        createdAt: 1_790_000_000_000)

    @Test func `a frame is one line, whatever its texts contain`() throws {
        let line = try Frame.encode(Self.order)
        #expect(line.last == UInt8(ascii: "\n"))
        #expect(line.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } == 1)
        #expect(try Frame.decode(MailOrder.self, from: line.dropLast()) == Self.order)
    }

    @Test func `every member has the name that the other side reads`() throws {
        let configuration = try Frame.decode(
            MailerConfiguration.self,
            from: Array(
                """
                {"transport":"smtp","from":{"name":"Luna","address":"luna@example.com"},\
                "replyTo":{"address":"help@example.com"},"website":"https://example.com",\
                "templates":"/etc/lunauth/templates","timeoutSeconds":10,\
                "smtp":{"host":"mail.example.com","port":587,"security":"starttls",\
                "username":"luna","password":"secret","caFile":"/etc/ca.pem"},\
                "resend":{"url":"https://api.resend.com/emails","apiKey":"re_1"},\
                "sendmail":{"path":"/usr/sbin/sendmail"}}
                """.utf8))
        #expect(
            configuration
                == MailerConfiguration(
                    transport: .smtp, from: .init(name: "Luna", address: "luna@example.com"),
                    replyTo: .init(address: "help@example.com"), website: "https://example.com",
                    templates: "/etc/lunauth/templates", timeoutSeconds: 10,
                    smtp: .init(
                        host: "mail.example.com", port: 587, security: .starttls,
                        username: "luna", password: "secret", caFile: "/etc/ca.pem"),
                    resend: .init(apiKey: "re_1"), sendmail: .init(path: "/usr/sbin/sendmail")))
        let receipt = Array(#"{"id":"1","outcome":"deferred","detail":"451 later"}"#.utf8)
        #expect(
            try Frame.decode(MailReceipt.self, from: receipt)
                == MailReceipt(id: "1", outcome: .deferred, detail: "451 later"))
        let greeting = Array(#"{"outcome":"unusable","detail":"no templates"}"#.utf8)
        #expect(
            try Frame.decode(MailerGreeting.self, from: greeting)
                == MailerGreeting(.unusable, detail: "no templates"))
    }

    @Test func `a configuration may want the server tried`() throws {
        let trial = MailerConfiguration.sample { $0.triesServer = true }
        let line = try Frame.encode(trial)
        #expect(try Frame.decode(MailerConfiguration.self, from: line.dropLast()) == trial)
        #expect(String(decoding: line, as: UTF8.self).contains(#""triesServer":true"#))
        let usual = try Frame.encode(MailerConfiguration.sample)
        #expect(!String(decoding: usual, as: UTF8.self).contains("triesServer"))
        let wrong = String(decoding: line, as: UTF8.self).replacing("true}", with: "1}")
        #expect(throws: FrameError.malformed) {
            try Frame.decode(MailerConfiguration.self, from: Array(wrong.utf8).dropLast())
        }
    }

    @Test func `the first frame says what the mailer is to do`() throws {
        let web = WebClientConfiguration(
            address: "127.0.0.1", caFile: "/etc/ca.pem", timeoutSeconds: 20)
        let line = try Frame.encode(MailerOpening.web(web))
        #expect(try Frame.decode(MailerOpening.self, from: line.dropLast()) == .web(web))
        let mails = MailerConfiguration(
            transport: .sendmail, from: .init(address: "luna@example.com"),
            website: "https://example.com", sendmail: .init(path: "/usr/sbin/sendmail"))
        for line in [try Frame.encode(mails), try Frame.encode(MailerOpening.mails(mails))] {
            #expect(try Frame.decode(MailerOpening.self, from: line.dropLast()) == .mails(mails))
        }
    }

    @Test func `requests and their responses pass unchanged`() throws {
        let order = WebOrder(
            .post, "https://example.com/a?b=c", fields: ["X-A": "b"], bodyBytes: 7,
            isOnNewConnection: true)
        let line = try Frame.encode(order)
        #expect(try Frame.decode(WebOrder.self, from: line.dropLast()) == order)
        for receipt in [
            WebReceipt(
                status: 200, body: "{}", fields: ["set-cookie": "a\nb"], version: "2",
                localAddress: "::1"),
            WebReceipt(status: nil, detail: "curl 7: refused"),
        ] {
            let line = try Frame.encode(receipt)
            #expect(try Frame.decode(WebReceipt.self, from: line.dropLast()) == receipt)
        }
    }

    @Test(arguments: [
        "", "[]", "null", #"{"id":"1"}"#, #"{"id":"1","outcome":"lost"}"#,
        #"{"id":1,"outcome":"sent"}"#, #"{"id":"1","outcome":"sent"} {}"#,
        "{\"id\":\"\u{1}\",\"outcome\":\"sent\"}",
    ])
    func `anything but the expected object is malformed`(line: String) {
        #expect(throws: FrameError.malformed) {
            try Frame.decode(MailReceipt.self, from: Array(line.utf8))
        }
    }

    @Test func `a value that does not fit on a line is not written`() throws {
        var order = Self.order
        order.values["name"] = String(repeating: "x", count: Frame.maximumBytes)
        #expect(throws: FrameError.tooLong) { try Frame.encode(order) }
    }

    @Test func `a frame may have 64 KiB with its line feed, and no byte more`() throws {
        var order = Self.order
        order.values["name"] = ""
        let room = Frame.maximumBytes - (try Frame.encode(order).count)
        order.values["name"] = String(repeating: "x", count: room)
        let longest = try Frame.encode(order)
        #expect(longest.count == Frame.maximumBytes)
        var buffer = FrameBuffer()
        buffer.append(longest)
        let line = try #require(try buffer.next())
        #expect(try Frame.decode(MailOrder.self, from: line) == order)
        order.values["name"] = String(repeating: "x", count: room + 1)
        #expect(throws: FrameError.tooLong) { try Frame.encode(order) }
        // The one who reads holds no more than that, whether or not the line goes on.
        for rest in [[], [UInt8(ascii: "\n")]] {
            var other = FrameBuffer()
            other.append([UInt8](repeating: UInt8(ascii: "x"), count: Frame.maximumBytes) + rest)
            #expect(throws: FrameError.tooLong) { try other.next() }
        }
    }

    @Test func `a stream cut anywhere gives the same lines`() throws {
        let stream = Array("one\n\nthree\nrest".utf8)
        for cut in stream.indices {
            var buffer = FrameBuffer()
            var lines: [[UInt8]] = []
            for part in [stream[..<cut], stream[cut...]] {
                buffer.append(part)
                while let line = try buffer.next() { lines.append(line) }
            }
            #expect(lines == ["one", "", "three"].map { Array($0.utf8) })
        }
    }

    @Test func `a line may have 64 KiB with its line feed, and no byte more`() throws {
        var buffer = FrameBuffer()
        buffer.append([UInt8](repeating: UInt8(ascii: "x"), count: Frame.maximumBytes - 1))
        #expect(try buffer.next() == nil)
        buffer.append([UInt8(ascii: "\n")])
        #expect(try buffer.next()?.count == Frame.maximumBytes - 1)
        buffer.append([UInt8](repeating: UInt8(ascii: "x"), count: Frame.maximumBytes))
        #expect(throws: FrameError.tooLong) { try buffer.next() }
    }
}
