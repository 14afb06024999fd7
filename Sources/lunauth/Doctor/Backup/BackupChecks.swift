import Auth
import SQLiteStore
import System

extension Check {
    /// Backups.
    static let backupChecks: [Check] = [
        Check("backup.age", "how old the newest backup is") { examination in
            examination.withBackups(otherwise: BackupRules.none) { files in
                [BackupRules.age(files[0], now: examination.now.milliseconds / 1_000)]
            }
        },
        Check(
            "backup.content", "the newest backup, opened in memory and compared with the database"
        ) {
            examination in
            examination.withBackups { files in
                let backup = try Backup.examine(files[0].path)
                return examination.withDatabase { database in
                    BackupRules.content(backup, beside: database, file: files[0].path)
                }
            }
        },
        Check("backup.key", "whether the secret key opens the second factors of the newest backup")
        {
            examination in
            examination.withBackups { files in
                [BackupRules.key(try Backup(files[0].path), examination.keys)]
            }
        },
    ]
}

/// A file that may be a backup.
struct BackupFile: Equatable {
    /// Its path.
    let path: String
    /// When it was written, in seconds since 1970.
    let modified: Int64

    /// The files of a directory whose names end in `.db`, the newest first.
    ///
    /// - Throws: When the directory cannot be read.
    static func all(in directory: String) throws(SystemError) -> [BackupFile] {
        try Directory.names(in: directory).filter { $0.hasSuffix(".db") }.compactMap { name in
            let path = "\(directory)/\(name)"
            return Path.modified(path).map { BackupFile(path: path, modified: $0) }
        }.sorted { ($0.modified, $0.path) > ($1.modified, $1.path) }
    }
}

extension Examination {
    /// Looks at the backups, where there are any.
    ///
    /// - Parameters:
    ///   - otherwise: What is found of a database without one: of the directory, and why it was not read.
    ///   - look: Looks at them, the newest first.
    /// - Returns: What is found.
    fileprivate func withBackups(
        otherwise: (String, String?) -> Finding = { _, _ in .skipped("there is no backup") },
        _ look: ([BackupFile]) throws -> [Finding]
    ) -> [Finding] {
        guard loaded.hasDatabase else { return [.skipped("there is no database yet")] }
        let files: [BackupFile]
        do {
            files = try BackupFile.all(in: request.backups)
        } catch {
            return [otherwise(request.backups, "\(error)")]
        }
        guard !files.isEmpty else { return [otherwise(request.backups, nil)] }
        do {
            return try look(files)
        } catch {
            // Not what the error advises: the database may be well.
            return [
                .error(
                    "\(files[0].path) is no backup that could be restored: \(error)",
                    advice: "make a backup now, and see what became of this one")
            ]
        }
    }
}

/// What backups have to be like.
enum BackupRules {
    /// A nightly one and some delay.
    private static let mostHours: Int64 = 50

    /// No backup is found.
    static func none(in directory: String, because reason: String?) -> Finding {
        .warning(
            "no backup is in \(directory)" + (reason.map { " (\($0))" } ?? ""),
            advice:
                "enable lunauth-backup.timer, or name the directory of your backups with --backups")
    }

    /// What happened since is lost with the database.
    static func age(_ file: BackupFile, now: Int64) -> Finding {
        let hours = max(0, (now - file.modified) / 3_600)
        let found = "\(file.path) is \(Int(hours).of("hour")) old"
        guard hours > mostHours else { return .ok(found) }
        return .warning(
            "\(found), more than two days",
            advice: "see why `systemctl status lunauth-backup.timer` made none since")
    }

    /// It is whole, of this schema or an older one, and about as many accounts as the database.
    static func content(
        _ backup: Backup, beside database: DatabaseFacts, file: String
    ) -> [Finding] {
        let found = "\(file) is whole: \(backup.accounts.of("account")), schema \(backup.schema)"
        guard backup.accounts > 0 || database.accounts == 0 else {
            return [
                .error(
                    "\(found), but the database has \(database.accounts.of("account"))",
                    advice: "see which database is backed up, and make a backup of this one")
            ]
        }
        guard 2 * backup.accounts >= database.accounts else {
            return [
                .warning(
                    "\(found), less than half of the \(database.accounts.of("account")) of the database",
                    advice: "see which database is backed up, and make a backup of this one")
            ]
        }
        return [.ok("\(found); the database has \(database.accounts.of("account"))")]
    }

    /// Without its key a restore removes every second factor.
    static func key(_ backup: Backup, _ keys: SecretKeys) -> Finding {
        guard backup.hasFactors else { return .ok("it has no second factors") }
        do {
            try keys.requireFit(backup.dataKey)
            return .ok("the secret key opens its second factors")
        } catch {
            return .warning(
                "\(keys.source) does not open the second factors of the newest backup",
                advice: "make a backup now; a restore of this one needs the secret.key of its time")
        }
    }
}
