import Auth
import Crypto

/// Proves a file that `lunauth audit export` wrote, without a database.
enum ExportVerification {
    /// What is wrong with a file, or what it proves.
    enum Verdict: Equatable {
        /// As the chain says.
        case chain(ChainVerdict)
        /// A line, counted from 1, is none of an export.
        case malformed(line: Int)
        /// No checkpoint is behind the last event, so that nothing vouches for it: the file was cut off.
        case unsigned(after: Int64)
    }

    /// Verifies a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - verifier: Of scope `part`, nothing added.
    /// - Returns: What was found.
    /// - Throws: `io`; `unavailable` when OpenSSL fails.
    static func verdict(on path: String, by verifier: consuming ChainVerifier) throws -> Verdict {
        var lines = try LineReader(path, maximum: ExportEntry.maximumLineBytes)
        var number = 0
        while let line = try lines.next() {
            number += 1
            switch ExportEntry(line: line) {
            case .event(let event, let link)?:
                guard let mac = Self.noMAC else { return .malformed(line: number) }
                verifier.add(RecordedEvent(event: event, mac: mac, link: link))
            case .checkpoint(let checkpoint)?: try verifier.add(checkpoint)
            case nil: return .malformed(line: number)
            }
        }
        let verdict = verifier.finish()
        if case .intact(let summary) = verdict, summary.signedNumber != summary.last?.number {
            return .unsigned(after: summary.signedNumber ?? 0)
        }
        if case .intact(let summary) = verdict, summary.checkpoints == 0 {
            return .unsigned(after: 0)
        }
        return .chain(verdict)
    }

    /// An export has no MACs: only the server could verify them.
    private static let noMAC = EventMAC(bytes: [UInt8](repeating: 0, count: EventMAC.count))
}
