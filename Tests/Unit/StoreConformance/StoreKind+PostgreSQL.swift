import Auth
import PostgreSQLStore
import Synchronization
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

    /// Two daemons on one database, by turns.
    ///
    /// Without caches of sessions and accounts: what the other one changed is known a little later where they are.
    static let sharedPostgreSQL =
        PostgreSQLServer.isInstalled
        ? [postgreSQL("PostgreSQL shared by two daemons", cached: 0, daemons: 2)] : []

    private static func postgreSQL(
        _ name: String, cached: Int, daemons: Int = 1
    ) -> StoreKind {
        StoreKind(name) { idleLimit in
            let clock = TestClock()
            let database = try MigratedDatabase(clock, cached: cached, idleLimit, daemons)
            let next = Turn()
            return StoreUnderTest(clock: clock) {
                let storages = database.storages
                let store = storages[next.take() % storages.count].store(mayWait: true)
                store.cause = .recorded
                return store
            }
        }
    }
}

/// Counts who is next.
private final class Turn: Sendable {
    private let count = Atomic<Int>(0)

    func take() -> Int { count.add(1, ordering: .relaxed).oldValue }
}

/// A new database of the server of the tests.
private final class MigratedDatabase: Sendable {
    let storages: [PostgreSQLStorage]
    private let database: PostgreSQLDatabase

    /// What each is a copy of: the tables are made once.
    private static let template = Result {
        let database = try PostgreSQLServer.shared().makeDatabase()
        try PostgreSQLStorage.migrate(
            try configuration(of: database, TestClock(), cached: 0))
        return database
    }

    init(_ clock: TestClock, cached: Int, _ idleLimit: IdleLimit?, _ count: Int) throws {
        database = try PostgreSQLServer.shared().makeDatabase(from: Self.template.get())
        var configuration = try Self.configuration(of: database, clock, cached: cached)
        configuration.idleLimit = idleLimit
        // Nothing is kept in memory where nothing says when it changed.
        if cached > 0 || count > 1 { configuration.background = .init() }
        configuration.background?.countSeconds = 0
        let opened = configuration
        storages = try (0..<count).map { _ in try PostgreSQLStorage(opened) }
    }

    deinit {
        // Before the database is dropped.
        for storage in storages { storage.close() }
    }

    private static func configuration(
        of database: PostgreSQLDatabase, _ clock: TestClock, cached: Int
    ) throws -> PostgreSQLConfiguration {
        var configuration = PostgreSQLConfiguration(
            address: try DatabaseAddress(parsing: database.address), password: nil,
            cacheBytes: cached * 1_000, now: { clock.now },
            profile: { Array("profile of \($0.name)".utf8) },
            encodeSetup: { Array("setup of \($0.databaseName ?? "")".utf8) },
            decodeSetup: { _ in nil })
        configuration.writeSeconds = 30
        return configuration
    }
}
