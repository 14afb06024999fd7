import Auth
import Testing

@testable import Pages

struct StyleSheetTests {
    /// The classes that its selectors name.
    private static let classes: Set<String> = {
        let rules = StyleSheet.text(accent: .standard)
            .replacing(/\/\*(.|\n)*?\*\//, with: "")
        let selectors = rules.matches(of: /(?<selector>[^{};]+)\{/).map(\.output.selector)
        let names = selectors.flatMap { $0.matches(of: /\.(?<name>[a-z][a-z-]*)/) }
        return Set(names.map { String($0.output.name) })
    }()

    /// The classes that components have.
    private static func classesOfComponents() throws -> Set<String> {
        let values = try ComponentSample.all.flatMap { sample in
            try Markup(sample.render("x")).values(of: "class")
        }
        return Set(values.flatMap { $0.split(separator: " ").map(String.init) })
    }

    /// The words of a literal of the sources that is the value of a class.
    private static let classesOfSources: Set<String> = {
        let literals = PageSources.texts.flatMap { text in
            text.matches(
                of: /(\b(div|span|p|ul)\(|\.class\(|class: )"(?<classes>[a-z -]+)"/
            ).flatMap { $0.output.classes.split(separator: " ").map(String.init) }
        }
        return Set(literals)
    }()

    @Test func `it has every class that components and pages use`() throws {
        let used = try Self.classesOfComponents().union(Self.classesOfSources)
        #expect(used.count > 50)
        // What a notice and a badge look like without a rule of their own.
        let plain: Set = ["info", "unconfirmed", "disabled"]
        #expect(used.subtracting(Self.classes).subtracting(plain) == [])
    }

    @Test func `it has no class that is not used`() throws {
        let words = PageSources.texts.flatMap { text in
            text.matches(of: /"(?<words>[a-z -]+)"/)
                .flatMap { $0.output.words.split(separator: " ").map(String.init) }
        }
        let used = try Self.classesOfComponents().union(words)
        #expect(Self.classes.subtracting(used) == [])
    }

    @Test func `the accent of the site comes last`() throws {
        let accent = try #require(SiteAccent("#0A7D5A"))
        let text = StyleSheet.text(accent: accent)
        #expect(text.hasSuffix("\n:root { --accent: #0a7d5a; }\n"))
    }

    /// The security policy of the pages lets a style sheet load nothing.
    @Test func `it loads nothing`() {
        let text = StyleSheet.text(accent: .standard)
        for word in ["url(", "@import", "@font-face", "http"] { #expect(!text.contains(word)) }
    }

    @Test func `braces and comments are closed`() {
        let text = StyleSheet.text(accent: .standard)
        #expect(text.count { $0 == "{" } == text.count { $0 == "}" })
        #expect(text.matches(of: /\/\*/).count == text.matches(of: /\*\//).count)
    }
}
