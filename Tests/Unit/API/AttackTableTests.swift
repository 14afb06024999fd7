import FoundationEssentials
import HTTP
import Testing
import Web

/// Whether the table of attacks knows the routes that no description of the API names.
struct AttackTableTests {
    private static let table: String = {
        let tests = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let page = "/\(tests)/System/attacks/cases/forms.md"
        let bytes = FileManager.default.contents(atPath: page) ?? Data()
        return String(decoding: bytes, as: UTF8.self)
    }()

    @Test(arguments: Site.routes.filter { $0.rendersHTML && $0.method == .post })
    func `a path that is for forms alone is attacked in each of the four ways`(
        route: RouteTable.Entry
    ) {
        let path = route.path.replacing("{id}", with: "00000000-0000-4000-8000-000000000000")
        #expect(Self.table.split(separator: "| `\(path)` |").count - 1 == 4, "\(path)")
    }
}
