import Testing

@testable import Pages

/// What is true of every component.
struct ComponentTests {
    /// Texts that others choose, and that try to be more than text.
    static let hostile = [
        "</title><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onfocus='a",
        "<!--", "-->", "]]>", "<![CDATA[", "&lt;b&gt;", "&#x3c;", "&", "\\\"", "`", "\0<b\0>",
        "javascript:alert(1)", "\u{202E}gnp.exe", "\"\u{301}>\u{338}<\u{338}", "\u{FFFF}\u{1}",
        "a\r\nb\tc", "</textarea></select></style>", String(repeating: "<", count: 10_000),
    ]

    /// The elements and attributes of a component are those of the source, whatever the text.
    @Test(arguments: ComponentSample.all, hostile)
    func `no input leaves its text`(sample: ComponentSample, text: String) throws {
        let markup = try Markup(sample.render(text))
        let plain = try Markup(sample.render("x"))
        #expect(markup.structure == plain.structure)
    }

    /// Nothing is lost either, but what no document may contain.
    @Test(arguments: ComponentSample.all.filter { $0.name != "icons" })
    func `a text is shown as it is`(sample: ComponentSample) throws {
        let text = "<b> & \"two\" 'three' \u{202E}\u{E9}"
        let markup = try Markup(sample.render(text))
        let all = markup.texts + markup.attributes.map(\.value)
        #expect(all.contains { $0.contains(text) })
    }

    @Test(arguments: ComponentSample.all)
    func `ids are unique, and references lead to one`(sample: ComponentSample) throws {
        let markup = try Markup(sample.render("x"))
        let ids = markup.values(of: "id")
        #expect(Set(ids).count == ids.count)
        for reference in ["for", "aria-describedby", "aria-labelledby", "aria-controls"] {
            for value in markup.values(of: reference) {
                for id in value.split(separator: " ").map(String.init) {
                    #expect(ids.contains(id) || id == FieldError.summaryID, "\(reference)=\(id)")
                }
            }
        }
    }

    /// A screen reader names it: by its text, or by the label that refers to it.
    @Test(arguments: ComponentSample.all)
    func `every control has a name`(sample: ComponentSample) throws {
        let html = String(decoding: sample.render("x").bytes, as: UTF8.self)
        for control in html.matches(of: /<(button|a)[^>]*>(?<content>.*?)<\/\1>/) {
            let content = control.output.content.replacing(/<[^>]*>/, with: "")
            let isNamed = content.contains { !$0.isWhitespace }
            #expect(isNamed, "\(control.output.0)")
        }
        for control in html.matches(of: /<(input|select)(?<attributes>[^>]*)>/) {
            let attributes = control.output.attributes
            if attributes.contains("type=\"hidden\"") || attributes.contains("aria-hidden") {
                continue
            }
            let id = try #require(attributes.firstMatch(of: /\bid="(?<id>[^"]*)"/)).output.id
            #expect(html.contains("<label for=\"\(id)\">x"), "\(control.output.0)")
        }
    }

    @Test(arguments: ComponentSample.all)
    func `nothing is styled or scripted inline`(sample: ComponentSample) throws {
        let names = try Markup(sample.render("x")).attributes.map(\.name)
        #expect(!names.contains { $0 == "style" || $0.hasPrefix("on") || $0 == "placeholder" })
    }
}
