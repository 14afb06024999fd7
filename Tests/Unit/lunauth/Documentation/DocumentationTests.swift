import API
import Auth
import HTTP
import Mail
import Testing
import Web

@testable import lunauth

/// The documentation names everything that a client or an operator can meet.
@Suite struct DocumentationTests {
    @Test func `every endpoint is listed`() throws {
        let page = Repository.text("docs/http-api.md")
        let api = APIConfiguration(
            version: "", logoutRedirect: "/", loginPage: "/", monitoring: Monitoring())
        for route in try RouteTable(endpoints: Endpoints.all(api), pages: []).entries {
            // Forward-auth takes every method below its prefix, and is listed once.
            let isListed = route.path != "/auth/verify/{rest}" || route.method == .get
            guard isListed else { continue }
            #expect(page.contains("`\(route.method.rawValue) \(route.path)`"))
        }
    }

    @Test(arguments: MailKind.allCases)
    func `every kind of mail is listed with its values`(kind: MailKind) throws {
        let page = Repository.text("docs/mail.md").split(separator: "\n")
        let row = try #require(page.first { $0.hasPrefix("| `\(kind.rawValue)` |") })
        let common: Set = ["recipient", "website", "name"]
        for value in kind.requiredValues.union(kind.optionalValues).subtracting(common) {
            #expect(row.contains("`\(value)`"))
        }
    }

    @Test func `every metric is listed`() {
        let page = Repository.text("docs/monitoring.md")
        let quoted = Repository.quotations(below: "Sources") { $0.hasSuffix(".swift") }
        let metrics = quoted.filter { name in
            // The prefix first: the pattern takes long for all the texts of the sources.
            (name.hasPrefix("lunauth_") || name.hasPrefix("process_"))
                && name.wholeMatch(of: /(lunauth|process)_[a-z_]+/) != nil
        }
        #expect(metrics.count > 20)
        for metric in metrics {
            #expect(page.contains("| `\(metric)` |") || page.contains("| `\(metric){"))
        }
    }

    @Test(arguments: ["docs/threat-model.md", "docs/asvs.md"])
    func `every test named in the threat model and in the ASVS table exists`(path: String) {
        let page = Repository.text(path).replacing(/`[^`]*`/, with: "")
        let named = page.matches(of: /\*(?<name>[^*|]+)\*/).map { String($0.output.name) }
        #expect(named.count > 20)
        let quoted = Repository.quotations(below: "Tests") { path in
            path.hasSuffix(".swift") || path.hasSuffix(".py") || path.hasSuffix("/run")
        }
        #expect(Set(named).subtracting(quoted) == [])
    }

    /// The sections of each chapter of ASVS 5.0.0 have so many requirements.
    private static let requirements: [(chapter: Int, sections: [Int])] = [
        (6, [3, 12, 8, 6, 8, 4, 2, 4]), (7, [3, 4, 2, 5, 3, 2]), (8, [4, 4, 3, 2]), (9, [3, 4]),
        (11, [4, 5, 5, 4, 2, 2, 2]), (13, [4, 6, 4, 7]), (14, [2, 8, 3]),
        (16, [1, 5, 4, 3, 4]),
    ]

    @Test func `the ASVS table assesses every requirement of its chapters, once and in order`() {
        let expected = Self.requirements.flatMap { chapter, sections in
            zip(1..., sections).flatMap { section, count in
                (1...count).map { "\(chapter).\(section).\($0)" }
            }
        }
        let text = Repository.text("docs/asvs.md")
        let page = text.split(separator: "\n")
        let rows =
            text
            .matches(of: /(?m)^\| (?<id>\d+\.\d+\.\d+) [^|]+ \| [123] \| (?<met>[^|]+) \|/)
        #expect(rows.map { String($0.output.id) } == expected)
        #expect(Set(rows.map(\.output.met)) == ["yes", "operator", "partly", "no", "n/a"])
        for word in ["yes", "operator", "partly", "no", "n/a"] {
            let count = rows.count { $0.output.met == word }
            let summary = "| \(word) |"
            let row = page.first { $0.hasPrefix(summary) && $0.hasSuffix("| \(count) |") }
            #expect(row != nil, "\(word): \(count)")
        }
    }

    @Test(arguments: ConfigurationKey.all.map(\.path))
    func `every configuration key is listed with its default and whether it reloads`(
        path: String
    ) throws {
        let key = try #require(ConfigurationKey.all.first { $0.path == path })
        let page = Repository.text("docs/configuration.md").split(separator: "\n")
        let rows = page.filter { $0.hasPrefix("| `\(path)` |") }
        #expect(rows.count == 1)
        let cells = (rows.first ?? "").split(separator: "|").map { cell in
            String(cell.filter { !" `\"[]".contains($0) })
        }
        #expect(cells.count == 4)
        guard cells.count == 4 else { return }
        #expect(cells[1] == key.text(Configuration()).filter { $0 != " " })
        #expect(cells[2] == (key.isReloadable ? "yes" : ""))
    }

    @Test func `every variable and credential of a secret is listed`() {
        let page = Repository.text("docs/configuration.md")
        for secret in SecretInput.all {
            #expect(page.contains("| `\(secret.variable)` | `\(secret.credential)` |"))
        }
    }

    @Test func `every command is listed`() {
        let page = Repository.text("docs/cli.md")
        let heads = ManualPage(of: Lunauth.self).text.split(separator: "\n")
            .filter { $0.hasPrefix(".SS ") }
        #expect(heads.count > 20)
        // A dash is escaped in roff.
        for command in heads.map({ $0.dropFirst(".SS ".count).replacing("\\-", with: "-") }) {
            #expect(page.contains("`\(command)`") || page.contains("`\(command) "))
        }
    }
}
