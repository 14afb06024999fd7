import Testing

@testable import Auth

struct PersonNameTests {
    @Test(arguments: [
        "A", "Ada Lovelace", "李小龍", "Zoë O'Neil-Smith, Jr. 😀", String(repeating: "x", count: 100),
    ])
    func `a name is nearly anything`(name: String) {
        #expect(PersonName.objection(toName: name) == nil)
    }

    @Test(arguments: [
        "", " ", "\u{3000}\u{A0}", String(repeating: "x", count: 101), "a\nb", "a\r\nb", "a\tb",
        "a\0b",
        "a\u{1B}[31m", "a\u{7F}", "a\u{85}b", "a\u{2028}b", "a\u{2029}b",
    ])
    func `a name neither breaks a line nor steers a terminal`(name: String) {
        #expect(PersonName.objection(toName: name) != nil)
    }

    @Test func `a name is measured in scalars`() {
        let twoScalars = "e\u{301}"
        #expect(PersonName.objection(toName: String(repeating: twoScalars, count: 50)) == nil)
        #expect(PersonName.objection(toName: String(repeating: twoScalars, count: 51)) != nil)
    }

    @Test(arguments: [
        "abc", "Ada Lovelace", "a_b-c 1", "李小龍", "José", "Jose\u{301}",
        String(repeating: "x", count: 32),
    ])
    func `a username is letters, digits, underscore, hyphen and space`(name: String) {
        #expect(PersonName.objection(toUsername: name) == nil)
    }

    @Test(arguments: [
        "", "ab", String(repeating: "x", count: 33), "   ", "a.b", "a@b", "a\nb", "a/b", "<abc>",
        "a'bc",
        "abc\u{200B}", "abc\u{202E}", "abc😀", "a\u{A0}bc",
    ])
    func `a username is nothing else`(name: String) {
        #expect(PersonName.objection(toUsername: name) != nil)
    }
}
