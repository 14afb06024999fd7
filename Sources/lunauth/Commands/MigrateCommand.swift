import ArgumentParser

/// `lunauth migrate`: what a server set up with `migrationType: manual` waits for.
struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Bring the database to the schema of this version.")

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        do {
            let loaded = try options.load(for: .existing)
            let pending = try loaded.pendingMigrations()
            try loaded.migrate()
            if !pending.isEmpty { OperatorLog.record(loaded) }
            try StandardOutput.line(
                pending.isEmpty ? "nothing to do" : "done: \(pending.count.of("migration"))")
        } catch {
            throw ExitStatus.error(for: error)
        }
    }
}
