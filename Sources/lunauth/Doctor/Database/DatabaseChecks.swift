import SQLiteStore
import System
import Web

extension Check {
    /// The database.
    static let databaseChecks: [Check] = [
        Check("database.file-system", "whether its file system keeps what SQLite needs (WAL)") {
            [DatabaseRules.fileSystem($0.host.fileSystem)]
        },
        Check(
            "database.disk-space", "free space for what is written, and for a copy of the database"
        ) {
            [DatabaseRules.space($0.host.disk, database: UInt64(Path.size(of: $0.database) ?? 0))]
        },
        Check("database.schema", "the schema beside that of this program") { examination in
            examination.withDatabase { () throws(StorageError) in
                let pending = try Storage.pendingMigrations(path: examination.database)
                let isAutomatic = examination.loaded.storage.migratesAutomatically
                return [DatabaseRules.schema(pending: pending, isAutomatic: isAutomatic)]
            }
        },
        Check("database.integrity", "every page, row, index and reference") { examination in
            examination.withDatabase { () throws(StorageError) in
                try DatabaseExamination.inspect(examination.database)
                let accounts = try examination.databaseExamination.accounts
                return [.ok("\(examination.database) is sound: \(accounts.of("account"))")]
            }
        },
    ]
}

extension Examination {
    /// What the database says of itself.
    var databaseExamination: DatabaseExamination {
        get throws(StorageError) { try DatabaseExamination(database) }
    }

    /// Looks at the database, where there is one; what keeps it from being used is a finding.
    func withDatabase(_ look: () throws(StorageError) -> [Finding]) -> [Finding] {
        guard hasDatabase || loaded.storage.isSetUp else {
            return [.skipped("there is no database yet; the first start makes it")]
        }
        do throws(StorageError) {
            return try look()
        } catch {
            return [.error("\(error)", advice: error.advice)]
        }
    }
}

extension StorageError {
    /// What to do about it, where its description does not say more.
    var advice: String {
        switch self {
        case .pendingMigration: "run `lunauth migrate`"
        case .newerSchema: "run the newer lunauth, or restore a backup of before the upgrade"
        case .absent, .missing, .corrupt, .foreign, .isBackup:
            "run `lunauth restore FILE` with a backup"
        case .exists, .inUse: "name another file"
        case .file: "let the user of the server read and write the file"
        }
    }
}

/// What a database has to be like.
enum DatabaseRules {
    /// The log of SQLite is shared memory and locks of one machine (sqlite.org/wal.html).
    static func fileSystem(_ system: FileSystem?) -> Finding {
        switch system {
        case nil: .skipped("there is no data directory yet")
        case .local?: .ok("it is on a file system of this machine")
        case .network(let name)?:
            .error(
                "it is on \(name): two machines would not see each other's locks, and the database is lost",
                advice: "move the data directory to a disk of this machine; copy backups elsewhere")
        case .userSpace?:
            .warning(
                "it is on a file system in user space (FUSE), which may not keep locks and shared memory",
                advice: "move the data directory to a disk of this machine")
        case .memory?:
            .warning(
                "it is in memory (tmpfs): it is gone after a restart of the machine",
                advice: "move the data directory to a disk")
        case .container?:
            .warning(
                "it is in the layer of a container (overlayfs): it goes with the container",
                advice: "mount a volume at the data directory")
        }
    }

    /// What readiness asks for, and as much as the database has: a migration or a restore copies it.
    static func space(_ space: DiskSpace?, database: UInt64) -> Finding {
        guard let space else { return .skipped("there is no data directory yet") }
        let found = "\(space.free.mebibytes) of \(space.total.mebibytes) are free"
        guard case .ok = Readiness(space) else {
            return .error(
                "\(found): the server is not ready, and may soon not write any more",
                advice: "free space, or move the data directory to a larger disk")
        }
        guard space.free >= database else {
            return .warning(
                "\(found), less than the database has (\(database.mebibytes)): a restore needs a copy",
                advice: "free space, or move the data directory to a larger disk")
        }
        return .ok(found)
    }

    /// An older schema is brought up to date, a newer one is refused when it is opened.
    static func schema(pending: [Int], isAutomatic: Bool) -> Finding {
        guard !pending.isEmpty else {
            return .ok("it has schema \(DatabaseExamination.currentSchema), that of this program")
        }
        let found = "it lacks \(pending.count.of("migration"))"
        return isAutomatic
            ? .warning(
                found,
                advice:
                    "make a backup; the next start of the server migrates (migrationType is automatic)"
            )
            : .error(
                found, advice: "make a backup, then run `lunauth migrate`: no server starts before")
    }
}
