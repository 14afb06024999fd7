import ArgumentParser
import Auth

/// `lunauth import`: accounts and invitations from a file.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Add accounts of another server or system, or change those that are here.",
        discussion: """
            Reads what `lunauth export` writes, or with --from the file of another system. Works beside a \
            running server. An account is found by its id, otherwise by its address. One that the file changes \
            loses its sessions; one that is here as the file says stays as it is, so an import that ended early \
            is resumed by running it again. Accounts that are here keep their password, status, address and \
            confirmation unless --overwrite is given.

            Passwords stay: a hash of another system is checked at the next sign-in, and becomes one of \
            lunauth's own. Nothing makes or changes an owner or administrator without --allow-admins. What is \
            refused is reported by line, and the command ends with 1.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Option(help: "The system whose file it is: \(ImportSystem.names); without it lunauth's own.")
    var from: ImportSystem?
    @Flag(help: "Report what would come of each line, and change nothing.") var dryRun = false
    @Flag(help: "Compare the server with the file, and change nothing: 1 where they differ.")
    var verify = false
    @Flag(help: "Make and change owners and administrators, too.") var allowAdmins = false
    @Flag(help: "Set password, status, address and confirmation of accounts that are here, too.")
    var overwrite = false
    @Argument(help: "The file to read; - for standard input.") var file: String

    func validate() throws {
        guard !(dryRun && verify) else {
            throw ValidationError("--dry-run and --verify exclude each other")
        }
    }

    func run() throws {
        do {
            // Before the command acts as the owner of the data, who may not read the file.
            let reader = try ImportSystem.reader(of: file, from: from)
            try Administration.run(options) { service in
                var run = ImportRun(
                    service.transfer, mode: verify ? .verify : dryRun ? .trial : .write,
                    allowsAdministrators: allowAdmins, overwrites: overwrite)
                try run.read(reader)
                try run.conclude()
            }
        } catch let problem as TransferProblem {
            throw ExitStatus.io.fail("\(file): \(problem.reason)")
        } catch {
            throw ExitStatus.error(for: error)
        }
    }
}

extension ImportSystem: ExpressibleByArgument {}
