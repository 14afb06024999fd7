import JSON
import Testing

@testable import lunauth

/// What `lunauth doctor` prints.
struct DoctorReportTests {
    private static let report = DoctorReport(results: [
        CheckResult(check: "a.a", findings: [.ok("fine")]),
        CheckResult(
            check: "b.b",
            findings: [
                .warning("\u{1B}[31mred\nline", advice: "mend it"), .skipped("not now"),
            ]),
    ])

    @Test
    func `findings are lines that no name breaks, advice stands below, and a count at the end`() {
        #expect(
            Self.report.text == """
                ok      a.a: fine
                warning b.b: \\u001b[31mred\\nline
                        what to do: mend it
                skipped b.b: not now
                1 ok, 1 skipped, 1 warning, 0 errors
                """)
    }

    @Test func `checks in a row that are skipped for one reason share a line`() {
        let report = DoctorReport(results: [
            CheckResult(check: "a.a", findings: [.skipped("later")]),
            CheckResult(check: "b.a", findings: [.skipped("no --url")]),
            CheckResult(check: "b.b", findings: [.skipped("no --url")]),
            CheckResult(check: "b.c", findings: [.skipped("no --url")]),
            CheckResult(check: "b.d", findings: [.skipped("no --url"), .ok("fine")]),
        ])
        #expect(
            report.text == """
                skipped a.a: later
                skipped b.a to b.c (3 checks): no --url
                skipped b.d: no --url
                ok      b.d: fine
                1 ok, 5 skipped, 0 warnings, 0 errors
                """)
    }

    @Test func `JSON is an array of findings`() throws {
        let json = try JSONValue.decode(Array(Self.report.json.utf8))
        guard case .array(let findings) = json else {
            Issue.record("no array: \(json)")
            return
        }
        #expect(findings.count == 3)
        #expect(
            findings[1]
                == .object([
                    "check": .string("b.b"), "severity": .string("warning"),
                    "found": .string("\u{1B}[31mred\nline"), "advice": .string("mend it"),
                ]))
        #expect(
            findings[0]
                == .object([
                    "check": .string("a.a"), "severity": .string("ok"), "found": .string("fine"),
                    "advice": .null,
                ]))
    }

    @Test(
        arguments: [
            ([.ok(""), .skipped("")], 0), ([.ok(""), .warning("", advice: "")], 1),
            ([.error("", advice: ""), .warning("", advice: ""), .ok("")], 2), ([], 0),
        ] as [([Finding], Int32)])
    func `the worst finding decides`(findings: [Finding], status: Int32) {
        let report = DoctorReport(results: [CheckResult(check: "a.a", findings: findings)])
        #expect(report.worst.exitStatus == status)
    }
}
