import Testing

@testable import Mail

@Suite struct RedactionTests {
    @Test func `secrets of the configuration and of the order are hidden`() {
        let order = MailOrder.sample(
            .invited,
            [
                "link": "https://example.com/join?invite=abcdefghijklmnopqrstuv",
                "code": "abcdefghijklmnopqrstuv",
            ])
        let redaction = Redaction(["hunter2", "", "hunter2hunter2"]).hiding(order)
        #expect(
            redaction.line("no hunter2hunter2, hunter2: https://example.com/join is spam")
                == "no ***, ***: https://example.com/join is spam")
        #expect(
            redaction.line("<a href=https://example.com/join?invite=abcdefghijklmnopqrstuv>")
                == "<a href=***>")
        #expect(redaction.line("has abcdefghijklmnopqrstuv in it") == "has *** in it")
    }

    @Test func `the token of a link is hidden where it is quoted without the link`() {
        let token = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
        let order = MailOrder.sample(
            .reset, ["link": "https://example.com/auth/password/reset?token=\(token)"])
        let redaction = Redaction([]).hiding(order)
        #expect(redaction.line("554 spam: token=\(token)") == "554 spam: token=***")
        #expect(redaction.line("554 \(token)\(token)") == "554 ******")
        #expect(redaction.line("554 see example.com") == "554 see example.com")
    }

    @Test func `a detail is one line of at most 300 bytes`() {
        let redaction = Redaction([])
        #expect(redaction.line("a\r\nb\0\u{202E}c\u{1B}[31m") == "a b c [31m")
        #expect(redaction.line(String(repeating: "x", count: 300)).utf8.count == 300)
        for text in ["x", "é", "🦉"] {
            let line = redaction.line(String(repeating: text, count: 301))
            #expect((297...300).contains(line.utf8.count))
            #expect(line.hasSuffix("…"))
        }
    }
}
