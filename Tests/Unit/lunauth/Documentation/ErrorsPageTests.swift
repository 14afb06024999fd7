import FoundationEssentials
import Testing

/// `docs/errors.md` has its tables from the declarations of codes and reasons.
@Suite struct ErrorsPageTests {
    private static let path = "docs/errors.md"

    @Test func `the tables of docs/errors.md match the declarations`() throws {
        let written = Repository.text(Self.path)
        let page = ErrorsPage(written)
        let text = try #require(page.text, "a marker or a declaration is missing")
        if ProcessInfo.processInfo.environment["LUNAUTH_WRITE_DOCS"] != nil {
            try Repository.write(text, to: Self.path)
        } else {
            #expect(written == text, "run again with LUNAUTH_WRITE_DOCS=1 to write the page")
        }
    }
}
