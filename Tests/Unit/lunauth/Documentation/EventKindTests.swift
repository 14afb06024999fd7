import Auth
import Testing

/// No kind of event is undocumented; `AllKindsTests` has each of them recorded.
@Suite struct EventKindTests {
    @Test(arguments: EventKind.allCases)
    func `every kind of event is documented`(kind: EventKind) {
        let rows = Repository.text("docs/audit.md").split(separator: "\n")
        #expect(rows.contains { $0.hasPrefix("| `") && $0.contains("`\(kind.rawValue)`") })
    }
}
