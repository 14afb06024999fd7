import Testing

@testable import Mail

@Suite struct QuotedPrintableTests {
    @Test(arguments: [
        ("", ""), ("a=b", "a=3Db"), ("Zoë", "Zo=C3=AB"), ("a \nb\t\nc", "a=20\r\nb=09\r\nc"),
        ("a b", "a b"), (".\n..\na.", "=2E\r\n=2E.\r\na."), ("a\r\nb\n", "a\r\nb\r\n"),
        ("\0\u{7F}", "=00=7F"),
    ])
    func `vectors`(text: String, encoded: String) {
        #expect(QuotedPrintable.encode(text) == encoded)
    }

    @Test(arguments: ["a", " ", "=", "é", "🦉", ".", "a "])
    func `no line is longer than 76 characters, and none ends in a space`(unit: String) {
        for count in 70...80 {
            let lines = QuotedPrintable.encode(String(repeating: unit, count: count))
                .split(separator: "\r\n", omittingEmptySubsequences: false)
            #expect(lines.allSatisfy { $0.utf8.count <= 76 })
            #expect(lines.allSatisfy { $0.last != " " && $0.first != "." })
        }
    }
}
