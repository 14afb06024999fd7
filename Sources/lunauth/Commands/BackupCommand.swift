import API
import ArgumentParser
import Auth
import SQLiteStore

/// `lunauth backup`: the database in one file, beside a running server or without one.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write the database and setup.json into one file, and check it.",
        discussion: """
            Works beside a running server, which is not held up. The file is complete and was read from \
            end to end, or it is not there. It is an SQLite database also where the server uses PostgreSQL, and can \
            be restored with either. It holds password hashes: guard it as the database. secret.key is not in it; \
            `lunauth restore` needs none.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "Replace FILE when it is there.") var force = false
    @Argument(help: "The file to write; its directory has to be there.") var file: String

    func run() throws {
        do {
            let loaded = try options.load(for: .existing)
            let backup = try loaded.makeBackup(at: file, replacing: force)
            OperatorLog.record(loaded)
            let time = backup.madeAt?.rfc3339 ?? ""
            try StandardOutput.line(
                "\(file): \(backup.accounts.of("account")), schema \(backup.schema), of \(time); "
                    + "checked"
            )
            try StandardOutput.line(
                "in it: the whole database\(backup.setup == nil ? "" : ", setup.json")")
            try StandardOutput.line("not in it: secret.key, the configuration, templates of mails")
        } catch {
            throw ExitStatus.error(for: error)
        }
    }
}
