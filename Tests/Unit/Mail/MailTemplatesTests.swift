import FoundationEssentials
import Glibc
import Testing

@testable import Mail

/// A mail of a kind in a language.
struct MailCase: Sendable, CustomTestStringConvertible {
    let kind: MailKind
    let language: MailLanguage
    var testDescription: String { "\(kind) in \(language)" }

    static let all = MailLanguage.allCases.flatMap { language in
        MailKind.allCases.map { MailCase(kind: $0, language: language) }
    }

    /// An order for it.
    func order(without absent: Set<String> = [], of site: MailSite = .sample) -> MailOrder {
        .sample(kind, without: absent, in: language, of: site)
    }
}

/// The mails as people get them.
@Suite struct MailTemplatesTests {
    @Test(arguments: MailCase.all)
    func `every kind shows all its values, in both parts`(of: MailCase) throws {
        let order = of.order()
        let mail = try MessageWriter(.sample).write(order)
        #expect(!mail.subject.isEmpty)
        #expect(mail.subject.utf8.count <= 78)
        for (name, value) in order.values {
            #expect(mail.text.contains(value), "\(name)")
            #expect(mail.html.contains(escaped(value)), "\(name)")
        }
        for text in [mail.subject, mail.text, mail.html] {
            #expect(!text.contains("{{") && !text.contains("}}"))
        }
    }

    @Test(arguments: MailCase.all)
    func `every kind reads well without its optional values`(of: MailCase) throws {
        let mail = try MessageWriter(.sample).write(of.order(without: of.kind.optionalValues))
        #expect(!mail.text.contains("\n\n\n"))
        for name in of.kind.optionalValues { #expect(!mail.text.contains("<\(name)>")) }
        #expect(!mail.text.contains(" ,"))
    }

    @Test(arguments: MailCase.all)
    func `a page shows its link as text and loads nothing from anywhere`(of: MailCase) throws {
        let order = of.order()
        let html = try MessageWriter(.sample).write(order).html
        if let link = order.values["link"] {
            #expect(html.contains(">\(escaped(link))</a>"))
            #expect(html.contains("href=\"\(escaped(link))\""))
        }
        for resource in ["<img", "src=", "url(", "<link", "<script", "<style", "@import"] {
            #expect(!html.contains(resource))
        }
        #expect(html.hasPrefix("<!doctype html>\n<html lang=\"\(of.language)\">"))
        #expect(html.hasSuffix("</body>\n</html>\n"))
    }

    /// As narrow as a telephone, a link of a hundred characters without a blank has to break.
    @Test(arguments: MailCase.all)
    func `a page fits a narrow screen, however long its values are`(of: MailCase) throws {
        let html = try MessageWriter(.sample).write(of.order()).html
        let body = try #require(html.split(separator: "\n").first { $0.hasPrefix("<body") })
        #expect(body.contains("overflow-wrap: anywhere") && body.contains("max-width"))
        for fixed in ["white-space", "nowrap", "<pre", "<table", " width:", "min-width", "px"] {
            #expect(!html.contains(fixed), "\(fixed)")
        }
        #expect(html.contains(#"content="width=device-width, initial-scale=1""#))
    }

    @Test(arguments: MailCase.all)
    func `every kind names the site and its contact`(of: MailCase) throws {
        let mail = try MessageWriter(.sample).write(of.order())
        #expect(mail.text.contains("Example Books") && mail.html.contains("Example Books"))
        #expect(mail.text.hasSuffix(" help@example.com\n"))
        #expect(mail.html.contains(#"<a href="mailto:help@example.com">help@example.com</a>"#))
        #expect(mail.html.contains("background: #0a7d5a") == (of.order().values["link"] != nil))
        let site = MailSite(name: "Luna", accent: "#30528c")
        let without = try MessageWriter(.sample).write(of.order(of: site))
        #expect(!without.text.contains("help@") && !without.html.contains("mailto:"))
        #expect(without.text.contains("Luna") && without.text.hasSuffix("https://example.com\n"))
    }

    @Test func `what the site is called is text`() throws {
        let site = MailSite(
            name: "<b>Luna</b>\r\nBcc: a@b.org", accent: "#30528c", support: "https://a.b/?c=\"d",
            supportLink: "https://a.b/?c=\"d")
        let mail = try MessageWriter(.sample).write(.sample(.welcome, of: site))
        #expect(mail.subject == "Welcome to <b>Luna</b> Bcc: a@b.org")
        #expect(!mail.html.contains("<b>") && !mail.html.contains("c=\"d"))
        #expect(mail.html.contains("&lt;b&gt;Luna&lt;/b&gt; Bcc: a@b.org"))
    }

    @Test(arguments: MailKind.allCases)
    func `no language says what another says`(kind: MailKind) throws {
        let writer = try MessageWriter(.sample)
        let (english, german) = (
            try writer.write(.sample(kind)), try writer.write(.sample(kind, in: .de))
        )
        #expect(english.subject != german.subject)
        let same = Set(english.text.split(separator: "\n"))
            .intersection(german.text.split(separator: "\n")).filter { $0.contains(" ") }
        let shared = same.filter { !$0.hasPrefix("Name: ") && !$0.hasPrefix("https://") }
        #expect(shared.isEmpty, "\(shared)")
        for word in ["ihr ", "dein", " du ", "Deine"] {
            #expect(!german.text.contains(" \(word)"), "the formal address")
        }
    }

    @Test(arguments: [
        ("#30528c", "#ffffff"), ("#000000", "#ffffff"), ("#ffffff", "#000000"),
        ("#ffd700", "#000000"), ("#0A7D5A", "#ffffff"), ("#ff0000", "#000000"),
    ])
    func `text on the colour of the site has contrast`(accent: String, text: String) throws {
        let site = MailSite(name: "Luna", accent: accent)
        let html = try MessageWriter(.sample).write(.sample(.reset, of: site)).html
        #expect(html.contains("background: \(accent); color: \(text);"))
    }

    @Test(arguments: ["", "#fff", "30528c", "#30528g", "#30528c;x:y", "red"])
    func `an order with a colour that is none is refused`(accent: String) throws {
        let writer = try MessageWriter(.sample)
        #expect(throws: MailError.order(reason: "the colour of the site is not #rrggbb")) {
            try writer.write(.sample(.reset, of: MailSite(name: "Luna", accent: accent)))
        }
    }

    private func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}

/// Templates that an operator puts in the place of those in the program.
@Suite struct TemplateDirectoryTests {
    private func withDirectory(
        _ files: [String: String], _ body: (String) throws -> Void
    ) throws {
        let path = "\(FileManager.default.temporaryDirectory.path)/mail-tests-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: path) }
        for (name, text) in files {
            try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
        }
        try body(path)
    }

    @Test func `a file takes the place of the built-in one, and no other`() throws {
        let files = [
            "declined.txt": "Subject: Schade, {{name}}\r\n\r\nLeider nicht: {{website}}\r\n",
            "README.md": "{{anything}}",
        ]
        try withDirectory(files) { directory in
            let writer = try MessageWriter(.sample { $0.templates = directory })
            let mail = try writer.write(.sample(.declined, ["name": "Zoë"]))
            #expect(mail.subject == "Schade, Zoë")
            #expect(mail.text == "Leider nicht: https://example.com\n")
            let ours = try MessageWriter(.sample)
            let standard = try ours.write(.sample(.declined, ["name": "Zoë"]))
            #expect(mail.html.replacing(mail.subject, with: standard.subject) == standard.html)
            #expect(try writer.write(.sample(.reset)) == ours.write(.sample(.reset)))
        }
    }

    @Test func `a file serves every language, and one of a language goes before it`() throws {
        let files = [
            "declined.txt": "Subject: no\n\nno\n{{>footer}}",
            "declined.de.txt": "Subject: nein\n\nnein",
            "test.en.txt": "Subject: hello\n\nhello", "footer.txt": "-- {{siteName}}",
        ]
        try withDirectory(files) { directory in
            let writer = try MessageWriter(.sample { $0.templates = directory })
            func mail(_ kind: MailKind, _ language: MailLanguage) throws -> Message {
                try writer.write(.sample(kind, in: language))
            }
            #expect(try mail(.declined, .en).text == "no\n-- Example Books\n")
            #expect(try mail(.declined, .de).subject == "nein")
            #expect(try mail(.test, .en).subject == "hello")
            #expect(try mail(.test, .de).subject.hasPrefix("Eine Test-E-Mail"))
            #expect(try mail(.reset, .de).text.hasSuffix("\n-- Example Books\n"))
            #expect(try mail(.declined, .de).html.contains("<title>nein</title>"))
        }
        try withDirectory(["declined.txt": "Subject: no\n\nno"]) { directory in
            let writer = try MessageWriter(.sample { $0.templates = directory })
            #expect(try writer.write(.sample(.declined, in: .de)).subject == "no")
        }
    }

    @Test(arguments: [
        ("reset.txt", "Subject: x\n\nuse {{code}}", "reset.txt:3: there is no value code"),
        ("reset.txt", "Subject: {{code}}\n\nx", "reset.txt:1: there is no value code"),
        ("reset.html", "<p>\n{{#link}}", "reset.html:2: {{#link}} has no end"),
        ("reset.txt", "Betreff: x\n\nx", "reset.txt:1: it begins with `Subject: ...`"),
        ("reset.txt", "Subject: x\nx", "reset.txt:1: it begins with `Subject: ...`"),
        ("reset.txt", "Subject: \n\nx", "reset.txt:1: it begins with `Subject: ...`"),
        ("reset.txt", "", "reset.txt:1: it begins with `Subject: ...`"),
        ("reset.de.txt", "Subject: x\n\nuse {{code}}", "reset.de.txt:3: there is no value code"),
        ("reset.fr.txt", "Subject: x\n\nx", "reset.fr.txt:1: no kind of mail has this name"),
        ("reset.txt", "Subject: x\n\n{{>header}}", "reset.txt:3: there is no part header"),
        ("reset.html", "{{support}}", "reset.html:1: support may be absent"),
        ("footer.html", "{{name}}", "footer.html:1: there is no value name"),
        ("header.txt", "x", "header.txt:1: no kind of mail has this name"),
        ("resett.txt", "Subject: x\n\nx", "resett.txt:1: no kind of mail has this name"),
    ])
    func `a mistake in a file is named at the start`(
        file: String, text: String, says: String
    ) throws {
        try withDirectory([file: text]) { directory in
            let error = #expect(throws: MailError.self) {
                try MessageWriter(.sample { $0.templates = directory })
            }
            #expect(error.map { "\($0)".hasPrefix(says) } == true, "\(error as Any)")
        }
    }

    @Test func `bytes that are no text are refused`() throws {
        try withDirectory([:]) { directory in
            try Data([0xFF, 0xFE]).write(to: URL(filePath: "\(directory)/reset.html"))
            #expect(
                throws: MailError.template(file: "reset.html", line: 1, reason: "it is not UTF-8")
            ) {
                try MessageWriter(.sample { $0.templates = directory })
            }
        }
    }

    @Test func `a directory or file that cannot be read is named`() throws {
        #expect(throws: MailError.unreadable(path: "/nowhere/at/all")) {
            try MessageWriter(.sample { $0.templates = "/nowhere/at/all" })
        }
        try withDirectory([:]) { directory in
            try FileManager.default.createDirectory(
                atPath: "\(directory)/reset.txt", withIntermediateDirectories: false)
            #expect(throws: MailError.unreadable(path: "\(directory)/reset.txt")) {
                try MessageWriter(.sample { $0.templates = directory })
            }
        }
        try withDirectory([:]) { directory in
            try #require(mkfifo("\(directory)/reset.txt", 0o600) == 0)
            #expect(throws: MailError.unreadable(path: "\(directory)/reset.txt")) {
                try MessageWriter(.sample { $0.templates = directory })
            }
        }
    }
}
