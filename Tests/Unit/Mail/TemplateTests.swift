import Testing

@testable import Mail

@Suite struct TemplateTests {
    private func template(
        _ text: String, in format: Template.Format = .plain, for kind: MailKind = .welcome,
        including parts: [String: Template] = [:]
    ) throws(MailError) -> Template {
        try Template(
            text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline), from: 3,
            of: "welcome.txt", in: format, with: .values(of: kind), including: parts)
    }

    @Test(arguments: [
        ("Hello {{name}}!", ["name": "Ada"], "Hello Ada!\n"),
        ("{{name}}{{name}}", ["name": "{{name}}"], "{{name}}{{name}}\n"),
        ("a{{#link}} b {{link}}{{/link}} c", ["link": "L"], "a b L c\n"),
        ("a{{#link}} b {{link}}{{/link}} c", [:], "a c\n"),
        ("a{{#link}} b {{link}}{{/link}} c", ["link": ""], "a c\n"),
        ("a\n{{#link}}\nb\n  {{/link}}\t\nc", ["link": "L"], "a\nb\nc\n"),
        ("a\n{{#link}}\nb\n{{/link}}\nc", [:], "a\nc\n"),
        ("{{#link}}{{#name}}x{{/name}}y{{/link}}", ["link": "L", "name": ""], "y\n"),
        ("@media { a { b } } } {", [:], "@media { a { b } } } {\n"),
        ("a\r\nb", [:], "a\nb\n"), ("", [:], "\n"),
    ])
    func `values and sections`(text: String, values: [String: String], expected: String) throws {
        #expect(try template(text).render(values) == expected)
    }

    @Test func `a part takes the place of its name`() throws {
        let part = try template("-- {{name}}\n{{#link}}\n{{link}}\n{{/link}}")
        let text = "a\n {{>foot}}\n{{#link}}b {{>foot}}{{/link}}"
        #expect(
            try template(text, including: ["foot": part]).render(["name": "N"]) == "a\n-- N\n\n")
        #expect(
            try template("{{>foot}}", including: ["foot": part]).render(["name": "N", "link": "L"])
                == "-- N\nL\n")
    }

    @Test func `in HTML no value becomes markup`() throws {
        let value = "<script>\"a\"='b'&amp;</script>"
        let html = try template("<p title=\"{{name}}\">", in: .html).render(["name": value])
        #expect(
            html
                == "<p title=\"&lt;script&gt;&quot;a&quot;=&#39;b&#39;&amp;amp;&lt;/script&gt;\">\n"
        )
    }

    @Test(arguments: [
        ("{{nmae}}", 3, "no value nmae"), ("a\n{{#code}}\n{{/code}}", 4, "no value code"),
        ("{{ name }}", 3, "no value  name "), ("{{{name}}}", 3, "no value {name"),
        ("{{^link}}x{{/link}}", 3, "no value ^link"), ("\n\n{{name", 5, "no }}"),
        ("{{#link}}\nx", 3, "{{#link}} has no end"), ("x{{/link}}", 3, "{{/link}} ends no section"),
        ("{{#link}}{{#name}}{{/link}}{{/name}}", 3, "{{/link}} ends no section"),
        ("a\nb {{link}}", 4, "link may be absent"), ("a\n{{>foot}}", 4, "no part foot"),
    ])
    func `a mistake is named with its line`(text: String, line: Int, reason: String) {
        let error = #expect(throws: MailError.self) { try template(text) }
        #expect("\(error.map { "\($0)" } ?? "")".hasPrefix("welcome.txt:\(line): "))
        #expect("\(error.map { "\($0)" } ?? "")".contains(reason))
    }
}
