import Testing

@testable import Auth

struct EmailTests {
    private static let longDomain = [
        String(repeating: "b", count: 63), String(repeating: "c", count: 63),
        String(repeating: "d", count: 61),
    ].joined(separator: ".")

    @Test(arguments: [
        ("ada@example.org", "ada@example.org"),
        ("ADA@Example.ORG", "ada@example.org"),
        ("a@b.cc", "a@b.cc"),
        ("first.last+tag@sub.example.co", "first.last+tag@sub.example.co"),
        ("!#$%&'*+-/=?^_`{|}~@example.org", "!#$%&'*+-/=?^_`{|}~@example.org"),
        ("1@2.3d", "1@2.3d"), ("a@10.0.0.1-2", "a@10.0.0.1-2"),
        (" ada@example.org", "ada@example.org"), ("ada@example.org \t", "ada@example.org"),
        ("\u{3000}Ada@example.org\r\n", "ada@example.org"),
        ("a@xn--bcher-kva.example", "a@xn--bcher-kva.example"),
        ("a@a-b.c-d", "a@a-b.c-d"),
    ])
    func `an address is stored in lower case without surrounding blanks`(
        text: String, address: String
    ) {
        #expect(Email(text)?.address == address)
    }

    @Test(arguments: [
        "", "a", "@", "a@", "@b.cc", "a@b", "a@b.c", "a.b.cc", "a@@b.cc", "a@b@c.dd",
        ".a@b.cc", "a.@b.cc", "a..b@c.dd", "a@.b.cc", "a@b.cc.", "a@b..cc", "a@-b.cc", "a@b-.cc",
        "a@b.c-", "a@b_c.dd", "a b@c.dd", "a @b.cc", "a@ b.cc", "a\r\n@b.cc", " ", "a@b.cc \u{301}",
        "a\0@b.cc",
        "\"a\"@b.cc", "a(b)@c.dd", "a,b@c.dd", "a;b@c.dd", "<a@b.cc>", "a@[127.0.0.1]",
        "a@[IPv6:::1]", "é@b.cc", "a@é.cc", "a@b.cc\u{301}",
    ])
    func `text other than a dot-atom and a domain is rejected`(text: String) {
        #expect(Email(text) == nil)
        #expect(Email.existing(text) == nil)
    }

    @Test(arguments: ["a@10.0.0.12", "a@example.123", "1@2.33", " a@127.0.0.10 "])
    func `a numeric domain is rejected for new addresses and kept for existing accounts`(
        text: String
    ) {
        #expect(Email(text) == nil)
        #expect(Email.existing(text)?.address == text.filter { $0 != " " })
    }

    @Test(arguments: [
        // Kelvin sign, dotless i, long s, full-width a: each folds to an ASCII letter somewhere.
        "\u{212A}im@example.org", "adm\u{131}n@example.org", "u\u{17F}er@example.org",
        "\u{FF41}da@example.org", "ada@\u{212A}.org", "ada@example.\u{17F}e",
    ])
    func `non-ASCII characters never fold into an ASCII address`(text: String) {
        #expect(Email(text) == nil)
    }

    @Test(arguments: [
        ("a@bücher.de", "xn--bcher-kva.de"), ("a@BÜCHER.de", "xn--bcher-kva.de"),
        ("a@bu\u{308}cher.de", "xn--bcher-kva.de"), ("a@straße.de", "xn--strae-oqa.de"),
        ("a@mail.пример.рф", "mail.xn--e1afmkfd.xn--p1ai"),
        ("a@例え.テスト", "xn--r8jz45g.xn--zckzah"), ("a@例え。jp", "xn--r8jz45g.jp"),
        ("a@ليهمابتكلموشعربي؟.com", "xn--egbpdaj6bu4bxfgehfvwxn.com"),
        ("a@他们为什么不说中文.com", "xn--ihqwcrb4cv8a8dqg056pqjye.com"),
        ("a@pročprostěnemluvíčesky.cz", "xn--proprostnemluvesky-uyb24dma41a.cz"),
        ("a@3年b組金八先生.jp", "xn--3b-ww4c5e180e575a65lsy2b.jp"),
    ])
    func `an internationalized domain is rejected with its ASCII form`(text: String, domain: String)
    {
        #expect(Email(text) == nil)
        #expect(
            Email.objection(to: text).message
                == "must be an email address in ASCII; write its domain as \(domain)")
        #expect(Email("a@\(domain)") != nil)
    }

    @Test(arguments: [
        "", "a", "a@b", "é@b.cc", "é@bücher.de", "a@ü", "a@.ü", "a@-ü-.d", "a@ü .de",
        "a@ü\u{0}.de", "ada@\u{212A}.org",
        "a@" + String(repeating: "ü", count: 64) + ".de",
        "a@" + String(repeating: "\u{10FFFF}", count: 60_000),
    ])
    func `no ASCII form is proposed when it would be invalid too`(text: String) {
        #expect(Email.objection(to: text).message == "must be an email address")
    }

    @Test func `a local part has at most 64 bytes`() {
        #expect(Email(String(repeating: "a", count: 64) + "@b.cc") != nil)
        #expect(Email(String(repeating: "a", count: 65) + "@b.cc") == nil)
    }

    @Test func `a label has at most 63 bytes`() {
        #expect(Email("a@" + String(repeating: "b", count: 63) + ".cc") != nil)
        #expect(Email("a@" + String(repeating: "b", count: 64) + ".cc") == nil)
    }

    @Test func `an address has at most 254 bytes`() throws {
        let longest = String(repeating: "a", count: 64) + "@" + Self.longDomain
        try #require(longest.utf8.count == 254)
        #expect(Email(longest) != nil)
        #expect(Email(longest + "d") == nil)
    }

    @Test func `the local part ends at the at sign`() {
        #expect(Email("Ada.L@example.org")?.localPart == "ada.l")
    }
}
