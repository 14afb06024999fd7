import Testing

@testable import Auth

struct PersonNameTests {
    /// A string literal cannot contain a noncharacter.
    private static func noncharacter(_ value: UInt32) -> String {
        "a" + (Unicode.Scalar(value).map { String(Character($0)) } ?? "")
    }

    private func text(_ name: String) -> String? { try? PersonName(name).text }

    @Test(arguments: [
        "A", "Ed", "Ada Lovelace", "O'Brien", "J. R. Smith", "李小龙", "ab", "a@b", "<abc>", "100%",
        "Zoë O'Neil-Smith, Jr. 😀", "Jose\u{301}", "Σωκράτης", "محمد", "नरेन्द्र",
        String(repeating: "x", count: 100),
        // Joiners where scripts need them: Persian, Hindi; emoji of several, with a selector.
        "می\u{200C}خواهم", "क्\u{200D}ष", "👨\u{200D}👩\u{200D}👧", "🏳\u{FE0F}\u{200D}🌈", "❤\u{FE0F}",
        // A variant of an ideograph, a number sign of Arabic, a filler between visible characters.
        "葛\u{E0100}城", "\u{600}1", "\u{1112}\u{1160}ᆫ",
    ])
    func `names of people in any script are accepted`(name: String) {
        #expect(text(name) == name)
    }

    @Test(arguments: [
        "a\nb", "a\r\nb", "a\tb", "a\0b", "a\u{1B}[31m", "a\u{7F}", "a\u{85}b", "a\u{2028}b",
        "a\u{2029}b",
        // Bidi controls.
        "abc\u{202E}", "\u{200F}abc", "a\u{2066}b\u{2069}", "a\u{61C}b",
        // Characters without a glyph: zero width spaces, soft hyphen, word joiner, invisible operators.
        "admin\u{200B}", "ad\u{AD}min", "ad\u{2060}min", "ad\u{FEFF}min", "a\u{2063}b",
        "a\u{180E}b",
        "a\u{FFF9}b", "a\u{1D173}b",
        // Tags, the characters between them, noncharacters.
        "a\u{E0041}", "a\u{E0001}", "a\u{E0080}", Self.noncharacter(0xFFFE),
        Self.noncharacter(0xFDD0),
        Self.noncharacter(0x1FFFF), Self.noncharacter(0x10FFFF),
        // Joiners and selectors without a character at each side, or behind one.
        "\u{200D}a", "a\u{200D}", "a \u{200D}b", "a\u{200D} b", "a\u{200C}\u{200D}b",
        "a\u{3164}\u{200D}b", "a\u{200D}\u{FE0F}b", "\u{FE0F}a", "a \u{FE0F}",
    ])
    func `control, bidirectional and invisible characters are rejected`(name: String) {
        #expect(throws: PersonName.Objection.hidden) { try PersonName(name) }
    }

    @Test(arguments: [
        "\u{2800}", "\u{3164}", "\u{115F}", "\u{1160}\u{115F}", "\u{FFA0} \u{3164}",
        "\u{2800} \u{2800}",
        "\u{301}", "\u{34F}",
    ])
    func `a name without a visible character is rejected`(name: String) {
        #expect(throws: PersonName.Objection.blank) { try PersonName(name) }
    }

    @Test(arguments: [
        " Ada ", "\tAda\r\n", "\u{3000}Ada\u{A0}", "Ada\u{2028}",
    ])
    func `blanks at the ends of a name are dropped`(name: String) {
        #expect(text(name) == "Ada")
    }

    @Test func `a combining accent after a blank is kept`() {
        #expect(text("Ada \u{301}") == "Ada \u{301}")
        #expect(text(" \u{301}Ada") == "\u{301}Ada")
    }

    @Test(arguments: ["", " ", "\u{3000}\u{A0}", "\n", String(repeating: "x", count: 101)])
    func `a name has 1 to 100 characters`(name: String) {
        #expect(throws: PersonName.Objection.length) { try PersonName(name) }
    }

    @Test func `the length of a name is counted in scalars without surrounding blanks`() {
        let twoScalars = "e\u{301}"
        #expect(text(String(repeating: twoScalars, count: 50)) != nil)
        #expect(text(String(repeating: twoScalars, count: 51)) == nil)
        #expect(text(" " + String(repeating: "x", count: 100) + " ") != nil)
    }

    @Test(arguments: ["name", "username"])
    func `name and username follow one rule`(field: String) {
        func read(_ name: String) -> (String?, [InvalidInput]) {
            var objections: [InvalidInput] = []
            let input = TextInput.text(name)
            let text = (field == "name" ? NameField.name(input) : .username(input)).text(
                &objections)
            return (text, objections)
        }
        for name in ["Ed", "O'Brien", "J. R. Smith", "李小龙", " Ed "] {
            #expect(read(name).0 == String(name.trimmingBlanks) && read(name).1.isEmpty)
        }
        for name in ["", "\u{2800}", "a\u{202E}b", String(repeating: "x", count: 101)] {
            #expect(read(name).0 == nil && read(name).1.map(\.field) == [field])
        }
    }
}
