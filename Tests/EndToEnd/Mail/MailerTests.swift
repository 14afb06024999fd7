import FoundationEssentials
import Glibc
import Testing

extension EndToEnd {
    /// The mailer as a process: its input, output and exit.
    @Suite struct MailerTests {
        private static let configuration: JSON = [
            "transport": "sendmail", "from": ["address": "luna@example.com"],
            "website": "https://example.com", "timeoutSeconds": 20,
            "sendmail": ["path": "/bin/cat"],
        ]

        @Test func `the mailer ends with its input`() throws {
            let untold = try Mailer()
            #expect(try untold.end() == .exited(0))
            let ready = try Mailer(Self.configuration)
            #expect(try ready.end() == .exited(0))
            let interrupted = try Mailer(Self.configuration)
            try interrupted.send(text: #"{"id":"5f1c8f0e"#)
            #expect(try interrupted.end() == .exited(0))
        }

        @Test(
            arguments: [
                ("website", "example.com", "website is no http(s) origin"),
                ("transport", "smtp", "smtp is missing"),
                ("timeoutSeconds", 301, "timeoutSeconds is not 1 to 300"),
                ("templates", "/nowhere/at/all", "/nowhere/at/all cannot be read"),
                ("transport", "pigeon", "the configuration is malformed"),
                ("from", "luna@example.com", "the configuration is malformed"),
            ] as [(String, JSON, String)])
        func `an unusable configuration is reported`(
            member: String, value: JSON, detail: String
        ) throws {
            let mailer = try Mailer()
            try mailer.send(Self.configuration.with([member: value]))
            #expect(try mailer.frame(0) == ["outcome": "unusable", "detail": .string(detail)])
            #expect(try mailer.wait() == .exited(78))
        }

        @Test func `a mistake in a template is reported at the start`() throws {
            let home = try Home()
            try home.write("reset.html", "<p>\n<a href='{{lnik}}'>")
            let mailer = try Mailer()
            try mailer.send(Self.configuration.with(["templates": .string(home.path)]))
            let greeting = try mailer.frame(0)
            #expect(greeting["outcome"] == "unusable")
            #expect(
                greeting["detail"]?.text?.hasPrefix("reset.html:2: there is no value lnik") == true)
            #expect(try mailer.wait() == .exited(78))
        }

        @Test func `orders are processed in order, including invalid ones`() throws {
            let mailer = try Mailer(Self.configuration)
            let orders = [
                Mailer.Order(), Mailer.Order(values: ["link": ""]), Mailer.Order(to: "nobody"),
                Mailer.Order(),
            ]
            for order in orders { try mailer.send(order.json) }
            let receipts = try orders.indices.map { try mailer.frame($0 + 1) }
            #expect(receipts.map { $0["id"]?.text } == orders.map(\.id))
            #expect(
                receipts.map { $0["outcome"]?.text } == [
                    "deferred", "rejected", "rejected", "deferred",
                ])
            #expect(receipts[1]["detail"] == "without link")
            #expect(receipts[2]["detail"] == "the recipient is no email address")
        }

        @Test(arguments: [
            "\n", "{}\n", "nonsense\n", #"{"transport":"sendmail"}"# + "\n",
            String(repeating: "x", count: 65_536),
        ])
        func `anything but an order ends the mailer`(text: String) throws {
            let mailer = try Mailer(Self.configuration)
            try mailer.send(text: text)
            #expect(try mailer.wait() == .exited(76))
        }

        @Test func `the mailer ends when its output is not read`() throws {
            let mailer = try Mailer(output: "/dev/full")
            try mailer.send(Self.configuration)
            #expect(try mailer.wait() == .exited(74))
        }

        @Test func `signals for the daemon do not end the mailer`() throws {
            let mailer = try Mailer(Self.configuration)
            for signal in [SIGTERM, SIGINT] { mailer.process.send(signal) }
            #expect(try mailer.carryOut(.init())["outcome"] == "deferred")
            #expect(try mailer.end() == .exited(0))
        }

        @Test func `the mailer accepts no arguments`() throws {
            #expect(try Mailer(arguments: ["--version"]).wait() == .exited(64))
        }

        @Test func `the mailer writes no core file`() throws {
            let mailer = try Mailer(Self.configuration)
            let limits = FileManager.default.contents(atPath: "/proc/\(mailer.process.pid)/limits")
            let line = String(decoding: limits ?? Data(), as: UTF8.self).split(separator: "\n")
                .first { $0.hasPrefix("Max core file size") }
            #expect(line?.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"])
        }
    }
}
