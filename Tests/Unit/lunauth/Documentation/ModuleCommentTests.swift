import Testing

/// Each module opens with `Module.swift`: what it contains, what it may import, where to begin.
@Suite struct ModuleCommentTests {
    /// The folders below `Sources`, except those of C headers.
    private static let modules: [String] = {
        let files = Repository.files(below: "Sources")
        let folders = Set(files.compactMap { $0.split(separator: "/").dropFirst().first })
        return folders.map(String.init).sorted().filter { folder in
            !files.contains("Sources/\(folder)/module.modulemap") && folder != "CLinux"
        }
    }()

    private static func comment(of module: String) -> String {
        Repository.text("Sources/\(module)/Module.swift")
    }

    @Test(arguments: modules)
    func `a module opens with a comment and has its row in the architecture`(module: String) {
        let comment = Self.comment(of: module)
        #expect(comment.hasPrefix("// \(module): "))
        #expect(comment.contains("\n// Begin with `"))
        #expect((5...12).contains(comment.split(separator: "\n").count))
        #expect(Repository.text("docs/architecture.md").contains("\n| `\(module)` | "))
    }

    @Test(arguments: modules)
    func `files named in the comment of a module exist`(module: String) {
        for file in Self.comment(of: module).matches(of: /`(?<path>[\w\/+]+\.swift)`/) {
            let path = "Sources/\(module)/\(file.output.path)"
            #expect(Repository.exists(path), "\(path)")
        }
    }

    /// `lunauth` may import every module.
    @Test(arguments: modules.filter { $0 != "lunauth" })
    func `the comment of a module names its dependencies`(module: String) throws {
        let match = try #require(
            Self.comment(of: module).firstMatch(of: /\n\/\/ May import: (?<names>[^.]+)\./))
        let named = match.output.names.matches(of: /[\w-]+/).map { String($0.output) }
        #expect(Set(named) == (try Self.dependencies(of: module)))
    }

    /// What `Package.swift` lets a module import.
    private static func dependencies(of module: String) throws -> Set<String> {
        let pattern = try Regex(
            #"name: "\#(module)",\s*dependencies: \[([^\]]*)\]"#,
            as: (Substring, Substring).self)
        guard let match = Repository.text("Package.swift").firstMatch(of: pattern) else {
            return ["nothing"]
        }
        let names = match.output.1.matches(of: /"(?<name>[^"]+)"/).map { String($0.output.name) }
        // The name of a product; its package's name is there as well.
        return Set(names).subtracting(["Logging"])
    }
}
