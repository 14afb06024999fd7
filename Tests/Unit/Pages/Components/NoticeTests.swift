import Testing

@testable import Pages

struct NoticeTests {
    @Test(arguments: [
        (Tone.error, "alert"), (.warning, "alert"), (.success, "status"), (.info, "status"),
    ])
    func `what an action caused is announced and has the focus`(tone: Tone, role: String) throws {
        let markup = try Markup(notice(tone, "Done", text: "It is done.", follows: .action))
        #expect(markup.values(of: "role") == [role])
        #expect(markup.values(of: "id") == ["summary"])
        #expect(markup.values(of: "tabindex") == ["-1"])
        #expect(markup.attributes.contains { $0.name == "autofocus" })
    }

    @Test func `a notice of the page is neither`() throws {
        let markup = try Markup(notice(.warning, "Old", text: "Make a new one."))
        #expect(markup.attributes.allSatisfy { !["role", "id", "autofocus"].contains($0.name) })
    }
}
