import FoundationEssentials
import Glibc
import Testing

@testable import Mail

/// The mails as people get them.
@Suite struct MailTemplatesTests {
    @Test(arguments: MailKind.allCases)
    func `every kind shows all its values, in both parts`(kind: MailKind) throws {
        let order = MailOrder.sample(kind)
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

    @Test(arguments: MailKind.allCases)
    func `every kind reads well without its optional values`(kind: MailKind) throws {
        let mail = try MessageWriter(.sample).write(.sample(kind, without: kind.optionalValues))
        #expect(!mail.text.contains("\n\n\n"))
        for name in kind.optionalValues { #expect(!mail.text.contains("<\(name)>")) }
        #expect(!mail.text.contains(" ,"))
    }

    @Test(arguments: MailKind.allCases)
    func `a page shows its link as text and loads nothing from anywhere`(kind: MailKind) throws {
        let order = MailOrder.sample(kind)
        let html = try MessageWriter(.sample).write(order).html
        if let link = order.values["link"] {
            #expect(html.contains(">\(escaped(link))</a>"))
            #expect(html.contains("href=\"\(escaped(link))\""))
        }
        for resource in ["<img", "src=", "url(", "<link", "<script", "<style", "@import"] {
            #expect(!html.contains(resource))
        }
        #expect(html.hasPrefix("<!doctype html>\n<html lang=\"en\">"))
    }

    /// As narrow as a telephone, a link of a hundred characters without a blank has to break.
    @Test(arguments: MailKind.allCases)
    func `a page fits a narrow screen, however long its values are`(kind: MailKind) throws {
        let html = try MessageWriter(.sample).write(.sample(kind)).html
        let body = try #require(html.split(separator: "\n").first { $0.hasPrefix("<body") })
        #expect(body.contains("overflow-wrap: anywhere") && body.contains("max-width"))
        for fixed in ["white-space", "nowrap", "<pre", "<table", " width:", "min-width", "px"] {
            #expect(!html.contains(fixed), "\(fixed)")
        }
        #expect(html.contains(#"content="width=device-width, initial-scale=1""#))
    }

    private func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}

/// Templates that an operator puts in the place of ours.
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
            #expect(try mail.html == ours.write(.sample(.declined, ["name": "Zoë"])).html)
            #expect(try writer.write(.sample(.reset)) == ours.write(.sample(.reset)))
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
