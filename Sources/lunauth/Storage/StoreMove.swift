import API
import Auth
import PostgreSQLStore
import SQLiteStore
import StoreSupport

/// Copies everything of a server into another database; the one in use is not changed.
///
/// The caller holds the `DirectoryLock`. Whatever ends the process, the other database is empty or complete after
/// that.
struct StoreMove {
    /// The server.
    let loaded: LoadedConfiguration
    /// The other database.
    let destination: Configuration.Database.Location

    /// Does everything.
    ///
    /// - Returns: What was copied, a table each, as both databases have it.
    /// - Throws: `occupied` where something is in the other database, `inUse` where daemons use the present one,
    ///   `CopyDifference`; what keeps either from being used.
    func run() throws -> [StoreCopy.Table] {
        switch loaded.database {
        case .sqlite(let configuration):
            let source = try SQLiteCopySource(configuration.path)
            // No daemon has it: the caller holds the lock.
            return try fill(from: source, loaded.setup) {}
        case .postgreSQL(let configuration):
            let keys = try loaded.mailKeys
            let source = try PostgreSQLCopySource(configuration, requiringToBeAlone: true)
            let record = source.record.flatMap { SetupRecord(encoded: $0) }
            return try fill(from: ResealedMails(source, keys: keys), record) {
                try source.requireUnchanged()
            }
        }
    }

    // `confirm` refuses the copy before it counts.
    private func fill(
        from source: any CopySource, _ record: SetupRecord?, _ confirm: () throws -> Void
    ) throws -> [StoreCopy.Table] {
        switch destination {
        case .postgreSQL(let address):
            let configuration = PostgreSQLConfiguration(
                loaded.values, at: address, loaded.layers.secrets, loaded.setup)
            return try PostgreSQLCopyTarget.fill(configuration) { target in
                target.record = record?.encoded
                let tables = try StoreCopy(from: source, to: target).run()
                try confirm()
                return tables
            }
        case .sqlite(let name):
            var record = record ?? SetupRecord()
            // Beside it may be others that were in use before.
            record.databaseName = name
            let directory = loaded.values.dataDirectory
            var tables: [StoreCopy.Table] = []
            try SQLiteCopyTarget.make(
                at: "\(directory)/\(name).db",
                writing: .init(path: "\(directory)/setup.json", content: record.encoded),
                now: WallClock.now()
            ) { target in
                tables = try StoreCopy(from: source, to: target).run()
                try confirm()
            }
            return tables
        }
    }
}
