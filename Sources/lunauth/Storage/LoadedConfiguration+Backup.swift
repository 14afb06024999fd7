import API
import Auth
import PostgreSQLStore
import SQLiteStore
import StoreSupport

extension LoadedConfiguration {
    /// Where the database is, for messages.
    var databasePlace: String {
        switch database {
        case .sqlite(let configuration): configuration.path
        case .postgreSQL(let configuration): "\(configuration.address)"
        }
    }

    /// Makes a backup beside running daemons, of one moment, in the one format that there is.
    ///
    /// - Parameters:
    ///   - file: Gets the backup when it is complete and was looked through.
    ///   - replaces: Whether what is there is replaced.
    /// - Returns: What is in it.
    /// - Throws: What keeps it from being made.
    func makeBackup(at file: String, replacing replaces: Bool) throws -> Backup {
        let now = WallClock.now()
        switch database {
        case .sqlite(let configuration):
            return try Backup.make(
                of: configuration.path, to: file, replacing: replaces, setup: setup?.encoded,
                now: now)
        case .postgreSQL(let configuration):
            let keys = try mailKeys
            let source = try PostgreSQLCopySource(configuration)
            return try Backup.make(
                at: file, replacing: replaces, setup: source.record, now: now
            ) { target in
                _ = try StoreCopy(from: ResealedMails(source, keys: keys), to: target).run()
            }
        }
    }

    /// Puts a backup in the place of the database in a file, or into an empty database of a server.
    ///
    /// - Parameters:
    ///   - backup: What `file` says of itself.
    ///   - file: It stays as it is.
    ///   - revokesAPIKeys: Whether API keys end as sessions do.
    ///   - cause: Who restores it.
    ///   - work: Done in what is restored, last.
    /// - Returns: What became of it.
    /// - Throws: What keeps it from being restored. Everything is as it was then.
    func restore(
        _ backup: Backup, from file: String, revokingAPIKeys revokesAPIKeys: Bool,
        for cause: Cause, alongside work: (any Transaction) throws(AuthError) -> Void
    ) throws -> Restore.Outcome {
        let now = WallClock.now()
        switch database {
        case .sqlite(let configuration):
            return try Restore(of: file, to: configuration.path, now: now).run(
                revokingAPIKeys: revokesAPIKeys, writing: missingSetup, for: cause,
                alongside: work)
        case .postgreSQL(let configuration):
            let restore = Restore(
                of: file, to: "\(values.dataDirectory)/restore.db", now: now)
            return try PostgreSQLCopyTarget.fill(configuration) { target in
                try restore.run(
                    revokingAPIKeys: revokesAPIKeys, for: cause, alongside: work
                ) { source in
                    target.record = backup.setup ?? source.record
                    _ = try StoreCopy(from: source, to: target).run()
                }
            }
        }
    }
}
