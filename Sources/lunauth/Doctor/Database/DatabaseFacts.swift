import Auth
import PostgreSQLStore
import SQLiteStore
import System

/// What the doctor knows of the database in use, of whatever kind; nothing in it is changed.
struct DatabaseFacts {
    /// The migrations that it lacks.
    let pendingMigrations: [Int]
    /// How many accounts it has.
    let accounts: Int
    /// Whether there is an owner.
    let hasOwner: Bool
    /// Whether passwords of other systems are in it, whose check may take more memory.
    let hasForeignPasswords: Bool
    /// The key under which second factors and passkeys are sealed, wrapped; nil where there are none.
    let dataKey: [UInt8]?
}

extension Examination {
    /// What the database says of itself.
    ///
    /// - Throws: `StorageError` or `PostgreSQLStorageError`: what keeps it from being used.
    func databaseFacts() throws -> DatabaseFacts {
        switch loaded.database {
        case .sqlite(let configuration):
            let found = try DatabaseExamination(configuration.path)
            return DatabaseFacts(
                pendingMigrations: try Storage.pendingMigrations(path: configuration.path),
                accounts: found.accounts, hasOwner: found.hasOwner,
                hasForeignPasswords: found.hasForeignPasswords, dataKey: found.dataKey)
        case .postgreSQL(let configuration):
            let found = try PostgreSQLStorage.inspect(configuration)
            let (accounts, haveForeign) =
                found.pendingMigrations.isEmpty
                ? try PostgreSQLStorage.accounts(configuration) : (0, false)
            return DatabaseFacts(
                pendingMigrations: found.pendingMigrations, accounts: accounts,
                hasOwner: found.hasOwner, hasForeignPasswords: haveForeign,
                dataKey: found.dataKey)
        }
    }

    /// Looks at the database, where there is one; what keeps it from being used is a finding.
    func withDatabase(_ look: (DatabaseFacts) throws -> [Finding]) -> [Finding] {
        if case .sqlite(let configuration) = loaded.database, !loaded.hasDatabase,
            !configuration.isSetUp
        {
            return [.skipped("there is no database yet; the first start makes it")]
        }
        do {
            return try look(databaseFacts())
        } catch {
            return [.error("\(error)", advice: Self.advice(for: error))]
        }
    }

    /// Looks at a database in a file; one on a server is looked after there.
    func withFile(_ look: (StorageConfiguration) -> [Finding]) -> [Finding] {
        switch loaded.database {
        case .sqlite(let configuration): look(configuration)
        case .postgreSQL: [.skipped("the database is on a PostgreSQL server")]
        }
    }

    private static func advice(for error: any Error) -> String {
        switch error {
        case let error as StorageError: error.advice
        case let error as PostgreSQLStorageError: error.kind.advice
        default: "let the user of the server read and write the file"
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
        case .exists, .inUse, .occupied: "name another file"
        case .file: "let the user of the server read and write the file"
        }
    }
}

extension PostgreSQLStorageError.Kind {
    /// What to do about it, where its description does not say more.
    var advice: String {
        switch self {
        case .unreachable:
            "see whether the server runs, and whether its pg_hba.conf lets lunauth in"
        case .libraryMissing: "install the package libpq5"
        case .pendingMigration: "run `lunauth migrate`"
        case .occupied: "name an empty database"
        case .inUse: "stop all daemons that use it"
        case .unusable: "name a database of lunauth, whose role may use all of it"
        }
    }
}
