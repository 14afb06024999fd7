import JSON

/// What the doctor found, for a person or a program.
struct DoctorReport {
    /// The results, in the order of the checks.
    let results: [CheckResult]

    /// The worst of all findings.
    var worst: Severity { results.flatMap(\.findings).worst }

    /// A line for each finding, its advice below, and a last line that counts them.
    ///
    /// Checks in a row that are skipped for the same reason share a line, so that it hides no other.
    var text: String {
        var lines: [String] = []
        var rest = results[...]
        while let result = rest.popFirst() {
            var name = result.check
            if let reason = result.reasonToSkip {
                let others = rest.prefix { $0.reasonToSkip == reason }
                rest = rest.dropFirst(others.count)
                if let last = others.last {
                    name += " to \(last.check) (\((others.count + 1).of("check")))"
                }
            }
            lines += result.findings.flatMap { self.lines(of: $0, named: name) }
        }
        return (lines + [summary]).joined(separator: "\n")
    }

    private func lines(of finding: Finding, named name: String) -> [String] {
        let width = Severity.allCases.map(\.rawValue.count).max() ?? 0
        let severity = finding.severity.rawValue
        let space = String(repeating: " ", count: width - severity.count + 1)
        let first = Self.oneLine("\(severity)\(space)\(name): \(finding.text)")
        guard let advice = finding.advice else { return [first] }
        let indent = String(repeating: " ", count: width + 1)
        return [first, Self.oneLine("\(indent)what to do: \(advice)")]
    }

    /// An array with an object for each finding.
    var json: String {
        let objects = results.flatMap { result in
            result.findings.map { finding in
                var object = JSONObject()
                object.add("check", .string(result.check))
                object.add("severity", .string(finding.severity.rawValue))
                object.add("found", .string(finding.text))
                object.add("advice", finding.advice.map(JSONValue.string) ?? .null)
                return String(decoding: object.encoded(), as: UTF8.self)
            }
        }
        return "[\n\(objects.joined(separator: ",\n"))\n]"
    }

    private var summary: String {
        let findings = results.flatMap(\.findings)
        let counts = Severity.allCases.map { severity in
            (severity, findings.count { $0.severity == severity })
        }
        return counts.map { severity, count in
            switch severity {
            case .ok: "\(count) ok"
            case .skipped: "\(count) skipped"
            case .warning: count.of("warning")
            case .error: count.of("error")
            }
        }.joined(separator: ", ")
    }

    /// No name of a file ends a line or steers a terminal.
    private static func oneLine(_ text: String) -> String {
        var bytes: [UInt8] = []
        JSONText.appendEscaped(text, to: &bytes, quotes: false)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension CheckResult {
    /// Why it was skipped, where that is all there is to say.
    fileprivate var reasonToSkip: String? {
        guard findings.count == 1, findings[0].severity == .skipped else { return nil }
        return findings[0].text
    }
}
