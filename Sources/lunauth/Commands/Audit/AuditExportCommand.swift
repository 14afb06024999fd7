import ArgumentParser
import Auth

/// `lunauth audit export`: events and checkpoints, for archives and for proof elsewhere.
struct AuditExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write events and their checkpoints to standard output, a JSON object a line.",
        discussion: """
            The export begins at the checkpoint before the first event and ends with the one behind the last: \
            `lunauth audit verify FILE --key KEY` proves it on any machine. It has addresses and other \
            personal data.
            """)

    /// How much is written at once.
    private static let batchBytes = 64 << 10

    @OptionGroup var options: ConfigurationOptions
    @Option(
        help: "The time of the first events: 2026-01-31, or 2026-01-31T09:05:00Z.",
        transform: Timestamp.argument)
    var since: Timestamp?
    @Option(help: "Only events before this time.", transform: Timestamp.argument)
    var until: Timestamp?

    func run() throws {
        try Administration.run(options) { service in
            var export = try service.record.export(since: since, until: until)
            var (batch, last): ([UInt8], Int64) = ([], 0)
            while let entry = try export.next() {
                switch entry {
                case .event(let recorded):
                    guard let link = recorded.link else { continue }
                    batch += ExportEntry.event(recorded.event, link).encoded
                    last = link.number
                case .checkpoint(let checkpoint):
                    batch += checkpoint.line
                    last = max(last, Checkpoint(text: checkpoint.text)?.link.number ?? 0)
                }
                guard batch.count >= Self.batchBytes else { continue }
                try StandardOutput.write(batch)
                batch.removeAll(keepingCapacity: true)
            }
            try StandardOutput.write(batch)
            let left = until == nil ? try service.record.lastNumber() - last : 0
            guard left > 0 else { return }
            StandardError.write(
                "\(Int(clamping: left).of("event")) of the last hour not written: no checkpoint yet\n"
            )
        }
    }
}

extension Timestamp {
    /// The time that an argument is.
    fileprivate static func argument(_ text: String) throws -> Timestamp {
        guard let time = Timestamp(rfc3339: text) else {
            throw ValidationError("expected a date or a time in UTC, as 2026-01-31T09:05:00Z")
        }
        return time
    }
}
