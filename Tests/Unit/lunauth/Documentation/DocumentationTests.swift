import Testing

@testable import lunauth

/// The documentation names everything that a client or an operator can meet.
@Suite struct DocumentationTests {
    private static let readme = Repository.text("README.md")

    @Test func `every metric is listed`() {
        let page = Repository.text("docs/monitoring.md")
        let quoted = Repository.quotations(below: "Sources") { $0.hasSuffix(".swift") }
        let metrics = quoted.filter { name in
            name.wholeMatch(of: /(lunauth|process)_[a-z_]+/) != nil
        }
        #expect(metrics.count > 20)
        for metric in metrics {
            #expect(page.contains("| `\(metric)` |") || page.contains("| `\(metric){"))
        }
    }

    @Test func `every test named in the threat model exists`() {
        let page = Repository.text("docs/threat-model.md").replacing(/`[^`]*`/, with: "")
        let named = page.matches(of: /\*(?<name>[^*|]+)\*/).map { String($0.output.name) }
        #expect(named.count > 20)
        let quoted = Repository.quotations(below: "Tests") { path in
            path.hasSuffix(".swift") || path.hasSuffix(".py") || path.hasSuffix("/run")
        }
        #expect(Set(named).subtracting(quoted) == [])
    }

    @Test(arguments: ConfigurationKey.all.map(\.path))
    func `every configuration key is listed`(path: String) {
        // Keys of one group share a row: `http.headSeconds`, `.bodySeconds`.
        let last = path.split(separator: ".").last.map { "`.\($0)`" } ?? ""
        #expect(Self.readme.contains("`\(path)`") || Self.readme.contains(last))
    }
}
