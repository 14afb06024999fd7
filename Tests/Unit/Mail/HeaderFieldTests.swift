import Testing

@testable import Mail

/// What other programs read out of these fields is tried in EndToEndTests.
@Suite struct HeaderFieldTests {
    private func mailbox(_ name: String) throws -> Mailbox {
        try Mailbox(.init(name: name, address: "luna@example.com"), member: "from")
    }

    @Test(arguments: [
        ("Hello", "Subject: Hello"), ("Grüße", "Subject: =?UTF-8?B?R3LDvMOfZQ==?="),
        ("a =?x", "Subject: =?UTF-8?B?YSA9P3g=?="), ("a  b", "Subject: =?UTF-8?B?YSAgYg==?="),
        (" a", "Subject: =?UTF-8?B?IGE=?="), ("", "Subject:"),
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen",
            "Subject: one two three four five six seven eight nine ten eleven twelve\r\n"
                + " thirteen fourteen"
        ),
    ])
    func `a text is not encoded where that is possible`(text: String, field: String) {
        #expect(HeaderField("Subject", text: text).text == field)
    }

    @Test(arguments: [
        ("Luna", "From: Luna <luna@example.com>"),
        ("Luna Tic", "From: Luna Tic <luna@example.com>"),
        ("Dr. Luna", "From: \"Dr. Luna\" <luna@example.com>"),
        ("Luna, <eve@x.y>", "From: \"Luna, <eve@x.y>\" <luna@example.com>"),
        ("\"L\\una\"", "From: \"\\\"L\\\\una\\\"\" <luna@example.com>"),
        ("Zoë", "From: =?UTF-8?B?Wm/Dqw==?= <luna@example.com>"),
        ("Evil\r\nBcc: x@y", "From: \"Evil Bcc: x@y\" <luna@example.com>"),
        ("Evil\n\n<p>\0\u{7F}", "From: \"Evil <p>\" <luna@example.com>"),
        ("a\u{202E}b\u{2066}c", "From: abc <luna@example.com>"),
        ("", "From: luna@example.com"),
    ])
    func `a mailbox shows its name, whatever it contains`(name: String, field: String) throws {
        #expect(try HeaderField("From", mailbox(name)).text == field)
    }

    @Test(arguments: [
        "🦉", "é", "漢", "a ", "x", "e\u{301}", "👩‍👩‍👧‍👦",
    ])
    func `lines are short, ASCII, and cut between characters`(unit: String) throws {
        for count in [1, 10, 100, 2_000] {
            let text = String(repeating: unit, count: count)
            let fields = [
                HeaderField("Subject", text: text), try HeaderField("From", mailbox(text)),
                HeaderField(String(repeating: "X", count: 60), text: text),
            ]
            for field in fields {
                #expect(field.text.utf8.allSatisfy { $0 < 0x80 })
                let lines = field.text.split(separator: "\r\n")
                #expect(lines.allSatisfy { !$0.utf8.contains(10) && !$0.utf8.contains(13) })
                #expect(lines.allSatisfy { $0.utf8.count <= 76 && !$0.isEmpty })
                #expect(lines.dropFirst().allSatisfy { $0.hasPrefix(" ") })
            }
        }
    }

    @Test(arguments: [
        ("Luna", "Luna <luna@example.com>"), ("Zoë K", "Zoë K <luna@example.com>"),
        ("Zoë, K", "\"Zoë, K\" <luna@example.com>"), ("a\"b", "\"a\\\"b\" <luna@example.com>"),
        ("a\r\nb <x@y>,", "\"a b <x@y>,\" <luna@example.com>"), ("", "luna@example.com"),
    ])
    func `an API gets the name in Unicode, quoted where needed`(name: String, text: String) throws {
        #expect(try mailbox(name).text == text)
    }
}
