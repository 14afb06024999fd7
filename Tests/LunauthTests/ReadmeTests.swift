import API
import Auth
import FoundationEssentials
import Testing

@testable import lunauth

/// README names everything that a client or an operator can meet.
@Suite struct ReadmeTests {
    private static let readme: String = {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let bytes = FileManager.default.contents(atPath: "/\(root)/README.md")
        return String(decoding: bytes ?? Data(), as: UTF8.self)
    }()

    @Test(arguments: ErrorCode.allCases)
    func `every error code is listed`(code: ErrorCode) {
        #expect(Self.readme.contains("`\(code.rawValue)`"))
    }

    @Test(arguments: Reason.allCases)
    func `every reason is explained`(reason: Reason) {
        #expect(Self.readme.contains("| `\(reason.rawValue)` | "))
    }

    @Test func `every test that the threat model names is there`() throws {
        let start = try #require(Self.readme.firstRange(of: "## Threat model")?.upperBound)
        let rest = Self.readme[start...]
        let section = rest[..<(rest.firstRange(of: "\n## ")?.lowerBound ?? rest.endIndex)]
            .replacing(/`[^`]*`/, with: "")
        let named = section.matches(of: /\*(?<name>[^*|]+)\*/).map { String($0.output.name) }
        #expect(named.count > 20)
        #expect(Set(named).subtracting(try Self.quotations()) == [])
    }

    /// Everything that stands between backticks or quotes in the tests, Swift and Python.
    private static func quotations() throws -> Set<String> {
        let root = "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let files = try FileManager.default.subpathsOfDirectory(atPath: root)
        let sources = files.filter { file in
            file.hasSuffix(".swift") || file.hasSuffix(".py") || !file.contains(".")
        }
        let marks = [UInt8(ascii: "`"), UInt8(ascii: "\""), UInt8(ascii: "\n")]
        return sources.reduce(into: []) { quotations, file in
            let text = FileManager.default.contents(atPath: "\(root)/\(file)") ?? Data()
            for part in text.split(whereSeparator: marks.contains) {
                quotations.insert(String(decoding: part, as: UTF8.self))
            }
        }
    }

    @Test(arguments: ConfigurationKey.all.map(\.path))
    func `every configuration key is listed`(path: String) {
        // Keys of one group share a row: `http.headSeconds`, `.bodySeconds`.
        let last = path.split(separator: ".").last.map { "`.\($0)`" } ?? ""
        #expect(Self.readme.contains("`\(path)`") || Self.readme.contains(last))
    }
}
