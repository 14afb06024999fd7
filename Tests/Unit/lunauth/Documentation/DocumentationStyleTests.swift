import Testing

@testable import lunauth

/// The documents keep their form, and what they quote from other files is there.
@Suite struct DocumentationStyleTests {
    /// Every document that readers begin with, and the pages below `docs/`.
    private static let pages =
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "Tests/README.md"]
        + Repository.files(below: "docs").filter { $0.hasSuffix(".md") }

    @Test func `the README fits on 180 lines`() {
        let lines = Repository.text("README.md").split(
            separator: "\n", omittingEmptySubsequences: false)
        // The last element is what follows the last line feed.
        #expect(lines.count - 1 <= 180)
    }

    @Test func `the verifier of exports fits on 60 lines`() {
        let lines = Repository.text("examples/audit/verify.py").split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count > 1 && lines.count - 1 <= 60)
    }

    @Test(arguments: pages)
    func `lines outside of tables have at most 120 columns`(page: String) {
        let lines = Repository.text(page).split(separator: "\n")
        #expect(!lines.isEmpty)
        #expect(lines.filter { $0.count > 120 && !$0.hasPrefix("|") } == [])
    }

    @Test(arguments: pages)
    func `links within the repository lead somewhere`(page: String) {
        let directory = page.split(separator: "/").dropLast()
        for link in Repository.text(page).matches(of: /\]\((?<target>[^)]+)\)/) {
            let target = link.output.target
            // The last is a page of the forge.
            if target.hasPrefix("http") || target.hasPrefix("../../security/") { continue }
            let parts = target.split(
                separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            var path = directory
            for part in parts[0].split(separator: "/") {
                if part == ".." { _ = path.popLast() } else { path.append(part) }
            }
            let file = parts[0].isEmpty ? page : path.joined(separator: "/")
            #expect(Repository.exists(file), "\(target)")
            if parts.count == 2 {
                #expect(Self.anchors(of: file).contains(String(parts[1])), "\(target)")
            }
        }
    }

    @Test(arguments: [
        ("docs/reverse-proxy.md", "nginx", "deploy/nginx.conf"),
        ("docs/reverse-proxy.md", "caddyfile", "deploy/Caddyfile"),
        ("docs/reverse-proxy.md", "haproxy", "deploy/haproxy.cfg"),
        ("docs/deployment.md", "ini", "deploy/lunauth.service"),
    ])
    func `excerpts are lines of the shipped files`(
        page: String, language: String, file: String
    ) throws {
        let text = Repository.text(page)
        let start = try #require(text.firstRange(of: "```\(language)\n")?.upperBound)
        let end = try #require(text[start...].firstRange(of: "```")?.lowerBound)
        let shipped = Set(Repository.text(file).split(separator: "\n"))
        #expect(text[start..<end].split(separator: "\n").filter { !shipped.contains($0) } == [])
    }

    @Test(arguments: pages)
    func `targets of make and topics of system tests exist`(page: String) throws {
        let makefile = Repository.text("Makefile")
        let targets = makefile.matches(of: /(?m)^(?<name>[a-z-]+):/).map(\.output.name)
        let topics = try #require(makefile.firstMatch(of: /(?m)^TOPICS := (?<names>.+)$/))
        let text = Repository.text(page)
        for use in text.matches(of: /(?m)(?:`|^)make (?<name>[a-z-]+)/) {
            #expect(targets.contains(use.output.name), "make \(use.output.name)")
        }
        for use in text.matches(of: /TOPIC=(?<name>[a-z]+)/) {
            let names = topics.output.names.split(separator: " ")
            #expect(names.contains(use.output.name), "TOPIC=\(use.output.name)")
        }
    }

    @Test func `files named in the architecture exist`() {
        let named = Repository.text("docs/architecture.md")
            .matches(of: /`(?<path>[A-Za-z-]+\/[\w\/+]+\.swift)`/)
        #expect(named.count > 10)
        for file in named {
            let path = file.output.path
            let isTest = path.hasPrefix("Tests/")
            #expect(Repository.exists(isTest ? "\(path)" : "Sources/\(path)"), "\(path)")
        }
    }

    @Test func `the figures of the README are those of the page on performance`() throws {
        let readme = Repository.text("README.md")
        let start = try #require(readme.firstRange(of: "## How fast\n")?.upperBound)
        let rows = readme[start...].prefix(1_500).split(separator: "\n")
            .filter { $0.hasPrefix("| ") }.prefix(5)
        let page = Set(Repository.text("docs/performance.md").split(separator: "\n"))
        #expect(rows.count == 5)
        #expect(rows.filter { !page.contains($0) } == [])
    }

    @Test func `the newest release of the changelog is the version of the program`() {
        let releases = Repository.text("CHANGELOG.md").matches(of: /(?m)^## \[(?<name>\d[^\]]*)\]/)
        #expect(releases.first?.output.name == Version.current[...])
    }

    /// The anchors of a page's headings, as forges make them.
    private static func anchors(of page: String) -> Set<String> {
        let headings = Repository.text(page).matches(of: /(?m)^#+ (?<title>.+)$/)
        return Set(
            headings.map { heading in
                let title = heading.output.title.lowercased()
                return String(title.filter { $0.isLetter || $0.isNumber || " -".contains($0) })
                    .split(separator: " ", omittingEmptySubsequences: false)
                    .joined(separator: "-")
            })
    }
}
