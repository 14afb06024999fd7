import Testing

@testable import Auth

/// The values of the site's name, colour and support contact.
struct SiteValueTests {
    @Test func `the name of a site follows the rule for names with fewer characters`() {
        #expect(SiteName(" Luna ")?.text == "Luna" && SiteName.standard.text == "lunauth")
        let longest = String(repeating: "n", count: 60)
        #expect(SiteName(longest)?.text == longest && SiteName.objection(to: longest) == nil)
        #expect(SiteName.objection(to: longest + "n") == .nameLength(maximum: 60))
        #expect(SiteName.objection(to: "") == .nameLength(maximum: 60))
        for text in ["a\u{0}", "a\u{202E}b", "\u{200B}", "a\nb"] {
            #expect(SiteName(text) == nil && SiteName.objection(to: text) != nil)
        }
    }

    @Test(arguments: [
        "", "#", "#fff", "30528c", "#30528", "#30528cc", "#30528g", "#３0528", "#30528c ", "red",
        "#-0528c",
    ])
    func `a colour is a number sign and six hex digits`(text: String) {
        #expect(SiteAccent(text) == nil)
    }

    @Test func `a colour is stored in lower case`() {
        #expect(SiteAccent("#0A7D5F")?.hex == "#0a7d5f")
        #expect(SiteAccent(SiteAccent.standard.hex) == .standard)
    }

    @Test(arguments: [
        ("Help@Example.org", "help@example.org", "mailto:help@example.org"),
        ("https://example.org", "https://example.org", "https://example.org"),
        ("http://a.b:81/c?d=e@f#g", "http://a.b:81/c?d=e@f#g", "http://a.b:81/c?d=e@f#g"),
        ("https://a.b?c", "https://a.b?c", "https://a.b?c"),
    ])
    func `a contact is an address or a page`(text: String, shown: String, link: String) {
        let contact = SupportContact(text)
        #expect(contact?.description == shown && contact?.link == link)
        #expect(contact.flatMap { SupportContact($0.description) } == contact)
    }

    @Test(arguments: [
        "", "help", "a@b", "mailto:a@b.org", "javascript:alert(1)//a.b/", "ftp://a.b", "//a.b",
        "https:/a.b", "https:///a", "https://user@a.b/", "https://a.b/\"onclick", "https://a.b/<b>",
        "https://a.b\\@c.d", "https://a.b/ c", "https://a.b/\u{E9}", "https://a.b/\n",
        "https://a.b/" + String(repeating: "c", count: 2_048),
    ])
    func `any other text is no contact`(text: String) {
        #expect(SupportContact(text) == nil)
    }
}
