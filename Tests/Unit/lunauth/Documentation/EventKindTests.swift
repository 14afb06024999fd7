import Auth
import Testing

/// No kind of event is undocumented or untested.
@Suite struct EventKindTests {
    @Test(arguments: EventKind.allCases)
    func `every kind of event is documented`(kind: EventKind) {
        let rows = Repository.text("docs/audit.md").split(separator: "\n")
        #expect(rows.contains { $0.hasPrefix("| `") && $0.contains("`\(kind.rawValue)`") })
    }

    @Test func `every kind of event is expected by a test of the record`() {
        let tests = Repository.files(below: "Tests/Unit/Auth/Audit").filter {
            $0.hasSuffix(".swift")
        }
        let text = tests.map(Repository.text).joined()
        let missing = EventKind.allCases.filter { kind in
            text.firstRange(of: ".\(kind)") == nil
        }
        #expect(missing == [])
    }
}
