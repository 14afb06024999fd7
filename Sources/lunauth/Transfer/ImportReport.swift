import Auth
import JSON

/// Reports an import by line, and counts.
struct ImportReport {
    private let mode: ImportRun.Mode
    private var (created, updated, unchanged, refused) = (0, 0, 0, 0)
    private var (toEnrol, kept) = (0, 0)
    private var lastNumber = 0
    private var differs = false
    private var flaws: [String] = []

    init(_ mode: ImportRun.Mode) {
        self.mode = mode
    }

    /// Whether nothing was refused, or differs.
    var isClean: Bool {
        refused == 0 && flaws.isEmpty
            && (mode != .verify || (created == 0 && updated == 0 && !differs))
    }

    /// Reports what came of a record.
    ///
    /// - Throws: `OutputError`.
    mutating func add(_ entry: ImportEntry, _ result: ImportResult) throws(OutputError) {
        let factors = result.factorsToEnrol.map { "\($0.rawValue): enrol again" }
        if !factors.isEmpty { toEnrol += 1 }
        if result.isKept { kept += 1 }
        let remarks =
            entry.remarks + factors
            + (result.isKept ? ["what it signs in with differs, and is kept: --overwrite"] : [])
        switch result.outcome {
        case .created:
            created += 1
            try line(entry, mode == .verify ? "missing" : "created", remarks)
        case .updated:
            updated += 1
            try line(entry, mode == .verify ? "different" : "updated", remarks)
        case .unchanged:
            unchanged += 1
            try line(entry, "unchanged", remarks, isNews: result.isKept)
        case .refused(let refusal):
            refused += 1
            try line(entry, "refused", [refusal.reason])
        }
    }

    /// Reports a record that cannot be read.
    ///
    /// - Throws: `OutputError`.
    mutating func add(_ entry: ImportEntry, _ problem: TransferProblem) throws(OutputError) {
        refused += 1
        try line(entry, "refused", [problem.reason])
    }

    /// Takes note of what is wrong with the file as a whole.
    mutating func note(flaw: String) { flaws.append(flaw) }

    /// Compares what the file states with what the server has.
    mutating func compare(_ file: TransferTotals, _ server: TransferTotals) {
        guard file != server else { return }
        differs = true
        let counts = { (totals: TransferTotals) in
            "\(Int(clamping: totals.accounts).of("account")), "
                + "\(Int(clamping: totals.invites).of("invite"))"
        }
        StandardError.write(
            "the server is not what the file was exported from: \(counts(file)) in the file, "
                + "\(counts(server)) on the server\n")
    }

    /// Prints the counts to standard error.
    func summarize() {
        for flaw in flaws { StandardError.write("lunauth: \(flaw)\n") }
        let words =
            mode == .verify
            ? ("missing", "different", "the same") : ("created", "updated", "unchanged")
        var text = mode == .trial ? "nothing was changed; of this import: " : ""
        text +=
            "\(created) \(words.0), \(updated) \(words.1), \(unchanged) \(words.2), \(refused) refused"
        if kept > 0 { text += "; \(kept.of("account")) that differs and is kept" }
        if toEnrol > 0 { text += "; \(toEnrol.of("account")) with second factors to enrol again" }
        StandardError.write("\(text); last line \(lastNumber)\n")
    }

    /// Prints that records were not imported, before the fault that was the reason.
    func fail(from first: Int?, to last: Int?) {
        summarize()
        guard let first, let last else { return }
        StandardError.write("lunauth: lines \(first) to \(last) were not imported\n")
    }

    private mutating func line(
        _ entry: ImportEntry, _ outcome: String, _ remarks: [String], isNews: Bool = false
    ) throws(OutputError) {
        lastNumber = entry.number
        let isReported =
            switch mode {
            case .trial: true
            case .verify: outcome != "unchanged"
            case .write: outcome == "refused" || !remarks.isEmpty && outcome != "unchanged"
            }
        guard isReported || isNews else { return }
        var text = Array("line \(entry.number)\t\(outcome)\t".utf8)
        for (index, cell) in ([entry.subject] + remarks).enumerated() {
            if index > 0 { text.append(UInt8(ascii: "\t")) }
            JSONText.appendEscaped(cell, to: &text, quotes: false)
        }
        try StandardOutput.write(text + [UInt8(ascii: "\n")])
    }
}

extension ImportRefusal {
    /// The reason in words.
    fileprivate var reason: String {
        switch self {
        case .administrator: "an owner or administrator: --allow-admins"
        case .ownerExists: "there is another owner"
        case .ownerProtected: "the owner cannot lose the server by an import"
        case .emailTaken: "another account has this email"
        case .addressUnproven:
            "it differs from the account of this email, which is not confirmed on both sides"
        case .factorTaken: "a second factor has the id of another one"
        case .keyTaken: "an API key has the id or the text of another one"
        case .tooManyForms:
            "password hashes of too many forms and costs: import it again once others have signed in"
        case .invalidName: "no valid name"
        case .codeTaken: "another invitation has this code"
        }
    }
}
