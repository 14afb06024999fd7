import Auth
import PostgreSQLStore
import TestSupport

extension StoreKind {
    /// PostgreSQL as the daemon uses it, and with every read from the server; none where it is not
    /// installed.
    static let postgreSQL =
        PostgreSQLServer.isInstalled
        ? [
            postgreSQL("PostgreSQL", cached: 1_000),
            postgreSQL("PostgreSQL without caches", cached: 0),
        ] : []

    private static func postgreSQL(_ name: String, cached: Int) -> StoreKind {
        StoreKind(name) { idleLimit in
            let clock = TestClock()
            let database = try MigratedDatabase(clock, cached: cached, idleLimit)
            return StoreUnderTest(clock: clock) {
                let store = database.storage.store(mayWait: true)
                store.cause = .recorded
                return store
            }
        }
    }
}

/// A new database of the server of the tests.
private final class MigratedDatabase: Sendable {
    let storage: PostgreSQLStorage
    private let database: PostgreSQLDatabase

    /// What each is a copy of: the tables are made once.
    private static let template = Result {
        let database = try PostgreSQLServer.shared().makeDatabase()
        try PostgreSQLStorage.migrate(
            try configuration(of: database, TestClock(), cached: 0))
        return database
    }

    init(_ clock: TestClock, cached: Int, _ idleLimit: IdleLimit?) throws {
        database = try PostgreSQLServer.shared().makeDatabase(from: Self.template.get())
        var configuration = try Self.configuration(of: database, clock, cached: cached)
        configuration.idleLimit = idleLimit
        storage = try PostgreSQLStorage(configuration)
    }

    deinit {
        // Before the database is dropped.
        storage.close()
    }

    private static func configuration(
        of database: PostgreSQLDatabase, _ clock: TestClock, cached: Int
    ) throws -> PostgreSQLConfiguration {
        var configuration = PostgreSQLConfiguration(
            address: try DatabaseAddress(parsing: database.address), password: nil,
            cachedSessions: cached, cachedAccounts: cached, now: { clock.now },
            profile: { Array("profile of \($0.name)".utf8) },
            encodeSetup: { Array("setup of \($0.databaseName ?? "")".utf8) },
            decodeSetup: { _ in nil })
        configuration.writeSeconds = 30
        return configuration
    }
}
