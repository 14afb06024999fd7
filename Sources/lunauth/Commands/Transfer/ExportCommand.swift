import ArgumentParser
import Auth
import System

/// `lunauth export`: all accounts and invitations in one file.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write all accounts, API keys and invitations, a JSON object a line.",
        discussion: """
            Works beside a running server. The file has password hashes and hashes of API keys and invitations: \
            guard it as the database. Sessions, settings and the record of events are not in it; \
            `lunauth backup` has everything.

            Second factors are only named, and have to be enrolled again where the file is imported. \
            With --with-factors their secrets are in the file, in clear.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "Write the secrets of authenticator apps, recovery codes and passkeys, too.")
    var withFactors = false
    @Flag(help: "Replace FILE when it is there.") var force = false
    @Argument(help: "The file to write, readable by its owner alone; - for standard output.")
    var file: String

    func run() throws {
        try Administration.run(options) { service in
            if withFactors {
                StandardError.write(
                    "the export has the secrets of second factors in clear: who reads it can sign in "
                        + "with them\n")
            }
            guard file == "-" || force || !Path.exists(file) else {
                throw ExitStatus.failure.fail("\(file): the file exists; --force replaces it")
            }
            // First: an export that cannot be written is no event.
            let output = file == "-" ? nil : try OutputFile(file, replacing: force)
            try service.transfer.recordExport(withSecrets: withFactors)
            let totals = try TransferWriter.export(service.transfer, withSecrets: withFactors) {
                if let output { try output.write($0) } else { try StandardOutput.write($0) }
            }
            try output?.complete()
            StandardError.write(
                "\(file): \(Int(clamping: totals.accounts).of("account")), "
                    + "\(Int(clamping: totals.invites).of("invite"))\n")
        }
    }
}
