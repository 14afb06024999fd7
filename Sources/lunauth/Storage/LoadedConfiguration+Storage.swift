import API
import Auth
import Crypto
import PostgreSQLStore
import SQLiteStore
import StoreSupport
import System

extension LoadedConfiguration {
    /// Opens the database of the server.
    ///
    /// - Parameter use: What for.
    /// - Returns: A storage, to be closed.
    /// - Throws: `StorageError` or `PostgreSQLStorageError`: what keeps it from being used.
    func openStorage(_ use: StorageUse) throws -> any ServerStorage {
        switch database {
        case .sqlite(let configuration): try Storage(configuration.with(use))
        case .postgreSQL(let configuration): try PostgreSQLStorage(configuration.with(use))
        }
    }

    /// The numbers of the migrations that the database lacks, ascending.
    ///
    /// - Throws: As `openStorage`.
    func pendingMigrations() throws -> [Int] {
        switch database {
        case .sqlite(let configuration): try Storage.pendingMigrations(path: configuration.path)
        case .postgreSQL(let configuration): try PostgreSQLStorage.pendingMigrations(configuration)
        }
    }

    /// Brings the database to the schema of this program.
    ///
    /// - Throws: As `openStorage`.
    func migrate() throws {
        switch database {
        case .sqlite(let configuration): try Storage.migrate(path: configuration.path)
        case .postgreSQL(let configuration): try PostgreSQLStorage.migrate(configuration)
        }
    }

    /// Whether there is a database; one of a server is taken to be there.
    var hasDatabase: Bool {
        switch database {
        case .sqlite(let configuration): Path.exists(configuration.path)
        case .postgreSQL: true
        }
    }

    /// Whether other daemons may use the same database.
    var isShared: Bool {
        switch database {
        case .sqlite: false
        case .postgreSQL: true
        }
    }

    /// The configuration of the store; callers add what they open it for.
    var database: DatabaseConfiguration {
        switch values.database.location {
        case .sqlite(let name): .sqlite(sqlite(named: name))
        case .postgreSQL(let address):
            .postgreSQL(
                PostgreSQLConfiguration(values, at: address, layers.secrets, setup))
        }
    }

    private func sqlite(named name: String) -> StorageConfiguration {
        var storage = StorageConfiguration(
            dataDirectory: values.dataDirectory, databaseName: name,
            migratesAutomatically: setup?.migrationType != .manual,
            cacheBytes: values.cache.megabytes << 20,
            setup: setup, now: WallClock.now, profile: { $0.encodedProfile },
            encodeSetup: { $0.encoded }, decodeSetup: { SetupRecord(encoded: $0) })
        storage.idleLimit = values.session.idleLimit
        // Another name in the environment is a new database on purpose.
        storage.isSetUp =
            setup != nil && setup?.databaseName == nil && !layers.isFixed("database")
        return storage
    }
}

/// The configuration of a store of either kind.
enum DatabaseConfiguration {
    /// A file of this machine.
    case sqlite(StorageConfiguration)
    /// A database of a server.
    case postgreSQL(PostgreSQLConfiguration)
}

extension StorageConfiguration {
    /// The file of the database in use.
    var path: String { path(ofDatabase: databaseName) }

    /// The configuration for a use.
    fileprivate func with(_ use: StorageUse) -> StorageConfiguration {
        var configuration = self
        configuration.makesDatabase = use.makesDatabase
        configuration.keepsSetup = use.isDaemon
        configuration.onTick = use.onTick
        configuration.onMail = use.onMail
        configuration.onNote = use.onNote
        configuration.onPartialInspection = use.onPartialInspection
        configuration.failedLogins = use.failedLogins
        return configuration
    }
}
