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

    @Test(arguments: ConfigurationKey.all.map(\.path))
    func `every configuration key is listed`(path: String) {
        // Keys of one group share a row: `http.headSeconds`, `.bodySeconds`.
        let last = path.split(separator: ".").last.map { "`.\($0)`" } ?? ""
        #expect(Self.readme.contains("`\(path)`") || Self.readme.contains(last))
    }
}
