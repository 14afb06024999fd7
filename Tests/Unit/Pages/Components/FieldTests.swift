import Testing

@testable import Pages

struct FieldTests {
    @Test func `an error is read before the hint`() throws {
        let markup = try Markup(
            field(
                "Email", name: "email", autocomplete: .email, hint: "Of yours",
                error: .message("Taken")))
        #expect(markup.values(of: "aria-describedby") == ["email-error email-hint"])
        #expect(markup.values(of: "aria-invalid") == ["true"])
        #expect(markup.texts == ["Email", "Taken", "Of yours"])
    }

    @Test func `an error that the summary says is referred to there`() throws {
        let markup = try Markup(
            field("Email", name: "email", autocomplete: .username, error: .inSummary))
        #expect(markup.values(of: "aria-describedby") == ["summary"])
        #expect(markup.values(of: "aria-invalid") == ["true"])
    }

    @Test func `a field is required unless it is marked`() throws {
        func isRequired(_ presence: Presence, locked: String? = nil) throws -> Bool {
            let field = field(
                "Name", name: "name", autocomplete: .name, presence: presence, locked: locked)
            return try Markup(field).attributes.contains { $0.name == "required" }
        }
        #expect(try isRequired(.required))
        #expect(try !isRequired(.optional(mark: "(optional)")))
        #expect(try !isRequired(.unmarked))
        #expect(try !isRequired(.required, locked: "Set elsewhere"))
    }

    /// What is set elsewhere is shown, and keeps its value because it is not sent.
    @Test func `a locked value is not sent`() throws {
        let text = field(
            "Address", name: "websiteUrl", autocomplete: .url, type: .url, value: "https://a",
            locked: "Set by the configuration")
        let list = selectField(
            "Role", name: "role", [SelectOption("a", "A")], selected: "a", locked: "Set")
        for html in [text, list] {
            let markup = try Markup(html)
            #expect(markup.values(of: "name").isEmpty)
            #expect(markup.attributes.contains { $0.name == "readonly" || $0.name == "disabled" })
        }
    }

    @Test func `a password never has a value`() throws {
        for purpose in [PasswordPurpose.current, .new(minimumLength: 8)] {
            let markup = try Markup(passwordField("Password", purpose, texts: English()))
            #expect(markup.values(of: "value").isEmpty)
            #expect(markup.values(of: "maxlength").isEmpty)
            #expect(markup.values(of: "type") == ["password", "button"])
            #expect(markup.values(of: "aria-controls") == ["password"])
        }
    }

    @Test func `a hidden username is not sent, and not reached`() throws {
        let markup = try Markup(hiddenUsername("a@example.com"))
        #expect(markup.values(of: "name").isEmpty)
        #expect(markup.values(of: "autocomplete") == ["username"])
        #expect(markup.values(of: "tabindex") == ["-1"])
    }

    /// An unchecked box is sent by its companion alone; a checked one comes after it, and counts.
    @Test(arguments: [true, false])
    func `a setting has a companion before its box`(isOn: Bool) throws {
        let markup = try Markup(choice("Register", name: "register", isOn: isOn))
        #expect(markup.values(of: "type") == ["hidden", "checkbox"])
        #expect(markup.values(of: "name") == ["register", "register"])
        #expect(markup.values(of: "value") == ["false", "true"])
        #expect(markup.attributes.contains { $0.name == "checked" } == isOn)
    }

    @Test func `a value of a list has no companion`() throws {
        let markup = try Markup(choice("Read", name: "scopes", oneOf: "read", isOn: true))
        #expect(markup.values(of: "value") == ["read"])
        #expect(markup.values(of: "id") == ["scopes-read"])
    }

    @Test func `the chosen value is selected alone`() throws {
        let html = selectField(
            "Role", name: "role", [SelectOption("a", "A"), SelectOption("b", "B")], selected: "b")
        let markup = try Markup(html)
        #expect(markup.attributes.count { $0.name == "selected" } == 1)
        #expect(
            String(decoding: html.bytes, as: UTF8.self).contains(#"value="b" selected>B"#))
    }
}
