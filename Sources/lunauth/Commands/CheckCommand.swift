import ArgumentParser
import Auth
import SQLiteStore

/// `lunauth check`: what a start would use.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check configuration and key; print each effective value and its source.")

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        do {
            let loaded = try options.load(for: .report)
            try StandardOutput.line(loaded.layers.report(with: loaded.storedChoices))
            for setting in loaded.storedSettings { try StandardOutput.line("\(setting)") }
            let warnings =
                try loaded.layers.warnings + SecretKeys(loaded).check()
                + [loaded.values.audit.checkpoint.problem].compactMap(\.self)
            try SecretKeys(loaded).requireFit(loaded.setUpDatabase?.dataKey)
            _ = try loaded.siteLogo()
            try loaded.values.mail.check(website: loaded.values.websiteURL)
            for warning in warnings { StandardError.write("warning: \(warning)\n") }
        } catch {
            throw ExitStatus.error(for: error)
        }
    }
}

extension LoadedConfiguration {
    /// The settings in the database; those of a new server where none is set up.
    fileprivate var storedChoices: Settings { setUpDatabase?.settings ?? Settings() }

    /// The database, where one is set up.
    fileprivate var setUpDatabase: SetUpDatabase? {
        SetUpDatabase.all(in: values.dataDirectory, named: [values.databaseName]).first
    }
}
