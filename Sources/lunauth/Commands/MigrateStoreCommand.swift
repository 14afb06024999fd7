import ArgumentParser
import Crypto
import JSON
import StoreSupport
import System

/// `lunauth migrate-store`: everything of a server in another database.
struct MigrateStoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate-store",
        abstract: "Copy everything into another, empty database, and compare both.",
        discussion: """
            From SQLite to PostgreSQL, and back; all daemons have to be stopped. Nothing is changed in the database \
            that is in use, and the configuration still names it: name the new one there before the next start. \
            A command that is interrupted leaves an empty database; run it again. Sessions go on, since \
            secret.key stays as well.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Option(
        help: ArgumentHelp(
            "The other database, as the configuration names one.",
            discussion: "postgres://user@host:5432/name or sqlite:NAME.", valueName: "DATABASE"))
    var to: String

    func run() throws {
        do {
            let format = ConfigurationFormat<Configuration.Database.Location>.database
            guard let destination = format.read(.string(to)) else {
                let problem = format.explain(.string(to)) ?? "expected \(format.expected)"
                throw ExitStatus.usage.fail("--to: \(problem)")
            }
            let loaded = try options.load(for: .existing)
            guard destination != loaded.values.database.location else {
                throw ExitStatus.usage.fail("--to: that is the database in use")
            }
            let lock = try DirectoryLock(
                directory: loaded.values.dataDirectory, waitingSeconds: 0)
            defer { withExtendedLifetime(lock) {} }
            let tables = try StoreMove(loaded: loaded, destination: destination).run()
            OperatorLog.recordAlone()
            try report(tables, format.write(destination))
        } catch let error as CopyDifference {
            throw ExitStatus.io.fail("\(error)")
        } catch {
            throw ExitStatus.error(for: error)
        }
    }

    private func report(_ tables: [StoreCopy.Table], _ destination: String) throws {
        for table in tables where table.summary.rows > 0 {
            try StandardOutput.line(
                "\(table.name): \(table.summary.rows.of("row")), SHA-256 "
                    + Hex.encode(table.summary.digest.bytes))
        }
        let rows = tables.reduce(0) { $0 + $1.summary.rows }
        try StandardOutput.line(
            "copied and compared: \(rows.of("row")) of \(tables.count.of("table")), and what setup stored"
        )
        try StandardOutput.line(
            "now name it in the configuration, \"database\": \"\(destination)\", and start the server; secret.key "
                + "stays where it is")
        try StandardOutput.line(
            "the database before it is as it was: a server that is started on it goes its own way")
    }
}
