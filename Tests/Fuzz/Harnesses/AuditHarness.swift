import Crypto

@testable import Auth
@testable import lunauth

/// Exports of the record and copies of checkpoints, which come back from elsewhere, and the fields of events.
enum AuditHarness {
    private static let lineFeed = UInt8(ascii: "\n")

    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        try checkFields(input)
        if let text = String(validating: input, as: UTF8.self) { try checkCheckpoint(text) }
        var entries: [ExportEntry] = []
        for line in input.split(separator: lineFeed) {
            if let entry = try entry(Array(line)) { entries.append(entry) }
        }
        try checkChain(entries)
    }

    /// A list of fields has one form: no bytes of one are read as another.
    private static func checkFields(_ input: [UInt8]) throws(BrokenProperty) {
        guard let fields = EventEncoder.fields(of: input) else { return }
        var encoder = EventEncoder([])
        for field in fields { encoder.append(field?.utf8) }
        try check(encoder.bytes == input, "a second form of \(fields)")
    }

    /// A checkpoint has one text.
    private static func checkCheckpoint(_ text: String) throws(BrokenProperty) {
        guard let checkpoint = Auth.Checkpoint(text: text) else { return }
        try check(
            checkpoint.text.utf8.elementsEqual(text.utf8), "a second text of \(checkpoint)")
    }

    /// What a line says is written and read as the same.
    private static func entry(_ line: [UInt8]) throws(BrokenProperty) -> ExportEntry? {
        guard let entry = ExportEntry(line: line) else { return nil }
        let written = entry.encoded
        try check(
            written.last == lineFeed && written.count { $0 == lineFeed } == 1,
            "several lines of \(entry)")
        try check(ExportEntry(line: Array(written.dropLast())) == entry, "another \(entry)")
        return entry
    }

    /// Without a signature nothing but the end of an empty part is intact.
    private static func checkChain(_ entries: [ExportEntry]) throws(BrokenProperty) {
        guard var verifier = try? ChainVerifier(.part) else { return }
        var isSigned = false
        for entry in entries {
            switch entry {
            case .event(let event, let link):
                guard let mac = EventMAC(key: [0, 0, 0, 0], code: event.digest) else { return }
                verifier.add(RecordedEvent(event: event, mac: mac, link: link))
            case .checkpoint(let checkpoint):
                isSigned = isSigned || (try? checkpoint.hasValidSignature()) ?? false
                do throws(AuthError) { try verifier.add(checkpoint) } catch { return }
            }
        }
        guard case .intact(let summary) = verifier.finish() else { return }
        try check(isSigned || summary.count == 0, "intact, and signed by no key: \(summary)")
    }
}
