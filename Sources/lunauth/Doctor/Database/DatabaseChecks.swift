import Auth
import PostgreSQLStore
import SQLiteStore
import System
import Web

extension Check {
    /// The database.
    static let databaseChecks: [Check] = [
        Check("database.file-system", "whether its file system keeps what SQLite needs (WAL)") {
            examination in
            examination.withFile { _ in [DatabaseRules.fileSystem(examination.host.fileSystem)] }
        },
        Check(
            "database.disk-space", "free space for what is written, and for a copy of the database"
        ) { examination in
            examination.withFile { database in
                let size = UInt64(Path.size(of: database.path) ?? 0)
                return [DatabaseRules.space(examination.host.disk, database: size)]
            }
        },
        Check("database.server", "whether a PostgreSQL server is reached, and tells of changes") {
            examination in
            guard case .postgreSQL(let configuration) = examination.loaded.database else {
                return [.skipped("the database is a file of this machine")]
            }
            return examination.withDatabase { _ in
                [
                    DatabaseRules.notifications(
                        arrive: try PostgreSQLStorage.receivesNotifications(configuration))
                ]
            }
        },
        Check("database.schema", "the schema beside that of this program") { examination in
            examination.withDatabase { database in
                let isAutomatic = examination.loaded.setup?.migrationType != .manual
                return [
                    DatabaseRules.schema(
                        pending: database.pendingMigrations, isAutomatic: isAutomatic)
                ]
            }
        },
        Check("database.integrity", "every page, row, index and reference") { examination in
            examination.withFile { file in
                examination.withDatabase { database in
                    try DatabaseExamination.inspect(file.path)
                    return [.ok("\(file.path) is sound: \(database.accounts.of("account"))")]
                }
            }
        },
    ]
}

/// What a database has to be like.
enum DatabaseRules {
    /// The log of SQLite is shared memory and locks of one machine (sqlite.org/wal.html).
    static func fileSystem(_ system: FileSystem?) -> Finding {
        switch system {
        case nil: .skipped("there is no data directory yet")
        case .local?: .ok("the database is on a file system of this machine")
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
            return .ok("it has the schema of this program")
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

    /// A proxy that pools transactions swallows LISTEN without a word.
    static func notifications(arrive: Bool) -> Finding {
        guard !arrive else { return .ok("it is reached, and notifications arrive") }
        return .warning(
            "it is reached, but notifications do not arrive: a proxy pools transactions",
            advice: "name an address without that proxy as database.direct")
    }
}
