import ArgumentParser
import Auth

/// `lunauth check`: what a start would use.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract:
            "Check configuration, key and database; print each effective value and its source.")

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        do {
            let loaded = try options.load(for: .report)
            // A report is given also where the database cannot be asked.
            let stored = Result { try StoredServer(of: loaded) }
            let settings = (try? stored.get())?.settings ?? Settings()
            try StandardOutput.line(loaded.layers.report(with: settings))
            for setting in loaded.storedSettings { try StandardOutput.line("\(setting)") }
            let server = try stored.get()
            for line in server.facts { try StandardOutput.line(line) }
            let warnings =
                try loaded.layers.warnings + SecretKeys(loaded).check()
                + [loaded.values.audit.checkpoint.problem].compactMap(\.self) + server.warnings
            try SecretKeys(loaded).requireFit(server.secretKeys)
            try SecretKeys(loaded).requireFit(server.dataKey)
            _ = try loaded.siteLogo()
            try loaded.values.mail.check(website: loaded.values.websiteURL)
            for warning in warnings { StandardError.write("warning: \(warning)\n") }
        } catch {
            throw ExitStatus.error(for: error)
        }
    }
}
