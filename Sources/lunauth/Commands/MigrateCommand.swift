import ArgumentParser
import SQLiteStore

/// `lunauth migrate`: what a server set up with `migrationType: manual` waits for.
struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Bring the database to the schema of this version.")

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        do {
            let loaded = try options.load(for: .existing)
            let path = loaded.storage.path(ofDatabase: loaded.values.databaseName)
            let pending = try Storage.pendingMigrations(path: path)
            try Storage.migrate(path: path)
            if !pending.isEmpty { OperatorLog.record(loaded) }
            try StandardOutput.line(
                pending.isEmpty ? "nothing to do" : "done: \(pending.count.of("migration"))")
        } catch {
            throw ExitStatus.error(for: error)
        }
    }
}
