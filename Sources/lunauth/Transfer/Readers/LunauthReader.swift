import Auth
import Crypto

/// Reads what `lunauth export` writes, and files of the same form that were made by hand, without first and
/// last line.
struct LunauthReader: ImportReader {
    private let lines: LineSource
    private let digest = DigestBox()
    private var number = 0
    private var counts: [Int64] = [0, 0]
    private(set) var statedTotals: TransferTotals?
    private(set) var hasSecrets = false
    private var isWhole = true
    private(set) var flaw: String?

    /// A reader of lines.
    init(_ lines: LineSource) {
        self.lines = lines
    }

    mutating func next() throws -> ImportEntry? {
        while let line = try lines.next() {
            number += 1
            guard !line.isEmpty else { continue }
            let read = Result { () throws(TransferProblem) in try TransferLine(line: line) }
            if case .success(.end(let totals)) = read {
                finish(totals)
                return nil
            }
            digest.add(line + [UInt8(ascii: "\n")])
            switch read {
            case .success(.header(let withSecrets)):
                (hasSecrets, isWhole) = (withSecrets, false)
            case .success(.record(let record)):
                counts[record.isAccount ? 0 : 1] += 1
                return ImportEntry(number, record.subject, .success(record))
            case .failure(let problem): return ImportEntry(number, "", .failure(problem))
            case .success(.end): return nil
            }
        }
        if !isWhole { flaw = "the file has no last line: it was cut off" }
        return nil
    }

    private mutating func finish(_ totals: TransferTotals) {
        statedTotals = totals
        isWhole = true
        let found = TransferTotals(
            accounts: counts[0], invites: counts[1], digest: digest.digest())
        if found != totals { flaw = "the file is not what was exported: its digest is another" }
    }
}

/// A digest that a copyable reader can hold.
private final class DigestBox {
    private var stream = SHA256Stream()

    func add(_ bytes: [UInt8]) { stream.add(bytes) }

    func digest() -> Digest { stream.digest() }
}

extension TransferRecord {
    fileprivate var isAccount: Bool {
        if case .account = self { true } else { false }
    }

    /// Whose record it is, for a report.
    fileprivate var subject: String {
        switch self {
        case .account(let account): account.email.address
        case .invite(let invite): "invite \(invite.invite.id)"
        }
    }
}
