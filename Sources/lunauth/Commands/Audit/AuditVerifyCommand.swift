import ArgumentParser
import Auth
import Crypto

/// `lunauth audit verify`: whether the record is what it was.
struct AuditVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Prove that the record is unchanged and whole.",
        discussion: """
            Of the database of this server, or of FILE, an export. Ends with 0, or with 1 and the first event \
            that was changed, removed, reordered, inserted or cut off.

            Only a checkpoint that was kept elsewhere shows that the end of the record was cut off, or the \
            whole record made again with stolen keys: give it with --against.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Option(
        help:
            "A file of checkpoints that was kept elsewhere, as the last line of an export: its last line counts."
    )
    var against: String?
    @Option(
        help: ArgumentHelp(
            "A public key that FILE may be signed by, from `lunauth audit key`; those of this server without it.",
            valueName: "hex"))
    var key: [String] = []
    @Argument(help: "An export; the database of this server without it.") var file: String?

    func validate() throws {
        guard file != nil || key.isEmpty else { throw ValidationError("--key belongs to FILE") }
        guard key.allSatisfy({ GivenEvidence.key($0) != nil }) else {
            throw ValidationError("--key: expected 64 hexadecimal digits")
        }
    }

    func run() throws {
        do {
            let given = try against.map(GivenEvidence.checkpoint(in:))
            guard let file else {
                return try Administration.run(options) { service in
                    try report(verifyDatabase(service, against: given))
                }
            }
            try verify(file, against: given)
        } catch let error as GivenCheckpointError {
            throw Self.wayOut(for: error)
        } catch {
            throw ExitStatus.error(for: error)
        }
    }

    private func verifyDatabase(
        _ service: AuthService, against given: SignedCheckpoint?
    ) throws -> ChainVerdict {
        let verifier = try ChainVerifier(
            .whole, macs: service.record.macVerifier(), trusted: service.record.publicKeys(),
            against: given)
        return try service.record.verify(with: verifier)
    }

    private func verify(_ file: String, against given: SignedCheckpoint?) throws {
        var keys = key.compactMap(GivenEvidence.key)
        if keys.isEmpty, given == nil {
            try Administration.run(options) { keys = try $0.record.publicKeys() }
            guard !keys.isEmpty else {
                throw ExitStatus.failure.fail("this server has no key yet; give --key")
            }
        }
        let verifier = try ChainVerifier(.part, trusted: keys, against: given)
        switch try ExportVerification.verdict(on: file, by: verifier) {
        case .chain(let verdict): try report(verdict)
        case .malformed(let line):
            throw ExitStatus.failure.fail("broken: line \(line) is no line of an export")
        case .unsigned(let number):
            throw ExitStatus.failure.fail(
                "broken: event \(number + 1): no checkpoint is behind it, the file was cut off")
        }
    }

    private func report(_ verdict: ChainVerdict) throws {
        switch verdict {
        case .intact(let summary):
            for sentence in summary.sentences { try StandardOutput.line(sentence) }
        case .broken(let found): throw ExitStatus.failure.fail(found.sentence)
        }
    }

    private static func wayOut(for error: GivenCheckpointError) -> ExitCode {
        switch error {
        case .invalid: ExitStatus.failure.fail("--against: the checkpoint has no valid signature")
        case .unavailable: ExitStatus.io.fail("OpenSSL failed")
        }
    }
}
