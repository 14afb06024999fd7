import Auth
import HTTP

@testable import Web

/// Renders the tables of `docs/errors.md` between their markers.
struct ErrorsPage {
    /// The page with fresh tables; nil without its markers or the declaration of reasons.
    let text: String?

    /// Renders a page.
    ///
    /// - Parameter written: The page as it is, whose prose is kept.
    init(_ written: String) {
        text = Self.reasons.flatMap { reasons in
            Self.replacing("codes", in: written, with: Self.codes)
                .flatMap { Self.replacing("reasons", in: $0, with: reasons) }
        }
    }

    private static var codes: String {
        let rows = ErrorCode.allCases.map { (status: $0.status.rawValue, code: $0) }
            .sorted { ($0.status, $0.code.rawValue) < ($1.status, $1.code.rawValue) }
        return table(
            ["Status", "Code", "Meaning"],
            rows.map { ["\($0.status)", "`\($0.code.rawValue)`", sentence($0.code.meaning)] })
    }

    /// The table of reasons, from the comments of their declaration; nil when it was not found.
    ///
    /// The daemon logs a reason and never its meaning, which is therefore the documentation comment
    /// of its case, below a mark that names the status.
    private static var reasons: String? {
        // At the beginning of a line: another type has reasons of its own.
        let declaration = "\npublic enum \(Reason.self): String"
        let source = Repository.files(below: "Sources/Auth").lazy
            .map { Repository.text($0) }.first { $0.contains(declaration) }
        guard let source else { return nil }
        var status = ""
        var meaning: [Substring] = []
        var rows: [[String]] = []
        for line in source.split(separator: "\n") {
            let line = line.drop { $0 == " " }
            if line.hasPrefix("// MARK: ") {
                status = String(line.dropFirst("// MARK: ".count))
            } else if line.hasPrefix("/// ") {
                meaning.append(line.dropFirst("/// ".count))
            } else {
                if line.hasPrefix("case "), let name = line.split(separator: "\"").last {
                    let meaning = meaning.joined(separator: " ")
                    rows.append([status, "`\(name)`", sentence(meaning)])
                }
                meaning = []
            }
        }
        let names = Set(rows.map { $0[1] })
        guard names == Set(Reason.allCases.map { "`\($0.rawValue)`" }) else { return nil }
        return table(["Status", "Reason", "Meaning"], rows)
    }

    /// A clause as a sentence of its own, with a capital and without a full stop.
    private static func sentence(_ clause: String) -> String {
        let clause = clause.hasSuffix(".") ? clause.dropLast() : clause[...]
        return clause.prefix(1).uppercased() + clause.dropFirst()
    }

    private static func table(_ head: [String], _ rows: [[String]]) -> String {
        let lines = ([head] + rows).map { "| " + $0.joined(separator: " | ") + " |\n" }
        let rule = "|" + head.map { _ in "---|" }.joined() + "\n"
        return lines[0] + rule + lines.dropFirst().joined()
    }

    private static func replacing(
        _ marker: String, in page: String, with table: String
    ) -> String? {
        guard let start = page.firstRange(of: "<!-- \(marker) -->\n")?.upperBound,
            let end = page.firstRange(of: "<!-- /\(marker) -->")?.lowerBound, start <= end
        else { return nil }
        return page[..<start] + table + page[end...]
    }
}
