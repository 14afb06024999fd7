import Auth
import Testing

@testable import Pages

struct RenderedPagesTests {
    private let pages = RenderedPages()
    private let website = Origin("https://auth.example.org")

    private func body(_ language: Language, _ settings: Settings, _ text: String) throws -> [UInt8]
    {
        let basis = RenderedPages.Basis(settings: settings, website: try #require(website))
        return pages.body(in: language, basis) { Array(text.utf8) }
    }

    @Test func `a page is rendered once in each language`() throws {
        #expect(try body(.en, Settings(), "first") == Array("first".utf8))
        #expect(try body(.en, Settings(), "second") == Array("first".utf8))
        #expect(try body(.de, Settings(), "third") == Array("third".utf8))
        #expect(try body(.en, Settings(), "fourth") == Array("first".utf8))
    }

    @Test func `a change of the settings renders it again`() throws {
        var changed = Settings()
        changed.register = false
        #expect(try body(.en, Settings(), "first") == Array("first".utf8))
        #expect(try body(.en, changed, "second") == Array("second".utf8))
        #expect(try body(.en, Settings(), "third") == Array("third".utf8))
    }
}
