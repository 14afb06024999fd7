import Testing

@testable import Mail

@Suite struct MessageTests {
    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 +0000"),
        (1_790_000_000_999, "Mon, 21 Sep 2026 14:13:20 +0000"),
        (951_782_400_000, "Tue, 29 Feb 2000 00:00:00 +0000"),
        (253_402_300_799_999, "Fri, 31 Dec 9999 23:59:59 +0000"),
    ])
    func `the date of a mail is that of its order, in UTC`(milliseconds: Int64, text: String) {
        #expect(Message.date(milliseconds) == text)
    }

    @Test func `the fields of a mail`() throws {
        let configuration = MailerConfiguration.sample {
            $0.website = "https://login.example.com:8443"
            $0.replyTo = .init(name: "Help", address: "help@example.com")
        }
        let mail = try MessageWriter(configuration).write(.sample(.reset, ["name": "Ada"]))
        let text = String(decoding: mail.encoded(), as: UTF8.self)
        let id = "5f1c8f0e-8f0c-4a53-9a3e-0d6f0a9f7f11"
        let head = """
            Date: Mon, 21 Sep 2026 14:13:20 +0000
            From: Luna <luna@example.com>
            To: ada@example.com
            Subject: Choose a new password
            Message-ID: <\(id)@login.example.com>
            Reply-To: Help <help@example.com>
            Auto-Submitted: auto-generated
            X-Auto-Response-Suppress: All
            MIME-Version: 1.0
            Content-Type: multipart/alternative;
             boundary="=_\(id)"

            --=_\(id)
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Hello Ada,
            """
        #expect(text.hasPrefix(head.replacing("\n", with: "\r\n")))
        #expect(text.hasSuffix("\r\n--=_\(id)--\r\n"))
    }

    @Test(arguments: MailKind.allCases)
    func `a mail is ASCII in short lines that end in CRLF`(kind: MailKind) throws {
        let mail = try MessageWriter(.sample).write(
            .sample(kind, ["name": String(repeating: "ü", count: 5_000)]))
        let bytes = mail.encoded()
        #expect(bytes.allSatisfy { $0 == 13 || $0 == 10 || (0x20...0x7E).contains($0) })
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 78 && !$0.utf8.contains(10) })
        #expect(lines.allSatisfy { !$0.utf8.contains(13) })
    }

    @Test func `two attempts at one order give the same bytes`() throws {
        let order = MailOrder.sample(.newDevice)
        let first = try MessageWriter(.sample).write(order).encoded()
        #expect(try MessageWriter(.sample).write(order).encoded() == first)
    }

    @Test func `no value begins a line of its own`() throws {
        let mail = try MessageWriter(.sample).write(
            .sample(
                .approvalWanted,
                ["applicantName": "Eve\r\n\r\nYour account is locked\u{2028}visit\u{85}me"]))
        #expect(mail.subject == "Eve Your account is locked visit me is waiting for your approval")
        #expect(mail.text.contains("\nEve Your account is locked visit me ("))
        #expect(mail.html.contains("<p>Eve Your account is locked visit me ("))
    }

    @Test func `an endless subject is cut`() throws {
        let mail = try MessageWriter(.sample).write(
            .sample(.invited, ["inviterName": String(repeating: "🦉", count: 10_000)]))
        #expect(mail.subject == String(repeating: "🦉", count: 200) + "…")
    }

    @Test func `an order that lacks a value is refused, one that has more is not`() throws {
        let writer = try MessageWriter(.sample)
        #expect(throws: MailError.order(reason: "without address, time")) {
            try writer.write(.sample(.newDevice, ["time": ""], without: ["address"]))
        }
        #expect(throws: Never.self) {
            try writer.write(.sample(.declined, ["link": "https://example.com", "website": "x"]))
        }
    }

    @Test func `an order cannot replace the website`() throws {
        let mail = try MessageWriter(.sample).write(
            .sample(
                .declined, ["website": "https://evil.example", "recipient": "eve@evil.example"]))
        #expect(mail.text.contains("https://example.com"))
        #expect(!mail.text.contains("evil"))
    }

    @Test(
        arguments: [
            { $0.id = "1" }, { $0.id = "5f1c8f0e-8f0c-4a53-9a3e-0d6f0a9f7f1\n" },
            { $0.id = "5f1c8f0e-8f0c-4a53-9a3e-0d6f0a9f7f11>" }, { $0.recipient = "ada" },
            { $0.recipient = "ada@example.com\r\nDATA" }, { $0.recipient = "-oQ/tmp@" },
            { $0.createdAt = -1 }, { $0.createdAt = .max },
        ] as [@Sendable (inout MailOrder) -> Void])
    func `an order that cannot be a mail is refused`(
        change: @Sendable (inout MailOrder) -> Void
    ) throws {
        var order = MailOrder.sample(.declined)
        change(&order)
        let writer = try MessageWriter(.sample)
        #expect(throws: MailError.self) { try writer.write(order) }
    }
}
