import ArgumentParser
import Auth
import Crypto

/// `lunauth audit`: the record of what happened, beside a running server or without one.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Prove the record of what happened, or export it.",
        subcommands: [AuditVerifyCommand.self, AuditExportCommand.self, Key.self])

    /// `lunauth audit key`.
    struct Key: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "key",
            abstract: "Print the public key of checkpoints, and those it replaced, a line each.",
            discussion: """
                Keep them elsewhere: with them, an export is proven without this server. The one that signs \
                now is first.
                """)

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            try Administration.run(options) { service in
                let keys = try service.record.publicKeys()
                guard !keys.isEmpty else {
                    throw ExitStatus.failure.fail("nothing was recorded yet, so there is no key")
                }
                for key in keys { try StandardOutput.line(Hex.encode(key)) }
            }
        }
    }
}
