import Auth
import PostgreSQLStore
import TestSupport

/// A database that several storages use at once, as daemons and commands do.
struct SharedDatabase {
    /// The clock of all of them.
    let clock = TestClock()
    /// The database.
    let database: PostgreSQLDatabase

    /// An empty database.
    init() throws {
        database = try PostgreSQLServer.shared().makeDatabase()
    }

    /// Opens a storage as a daemon does, with a configuration that can be changed.
    func daemon(
        _ adjust: (inout PostgreSQLConfiguration) -> Void = { _ in }
    ) throws -> PostgreSQLStorage {
        var configuration = try configuration(cached: 1_000)
        configuration.background = .init()
        adjust(&configuration)
        return try PostgreSQLStorage(configuration)
    }

    /// Opens a storage as a command does, with a configuration that can be changed.
    func command(
        _ adjust: (inout PostgreSQLConfiguration) -> Void = { _ in }
    ) throws -> PostgreSQLStorage {
        var configuration = try configuration(cached: 0)
        adjust(&configuration)
        return try PostgreSQLStorage(configuration)
    }

    /// The configuration of a command, or of something that keeps so many of each kind in memory.
    func configuration(cached: Int = 0) throws -> PostgreSQLConfiguration {
        let clock = clock
        return PostgreSQLConfiguration(
            address: try DatabaseAddress(parsing: database.address), password: nil,
            cacheBytes: cached * 1_000, now: { clock.now },
            profile: { Array("profile of \($0.name)".utf8) },
            encodeSetup: { Array(($0.databaseName ?? "").utf8) },
            decodeSetup: { SetupRecord(databaseName: String(decoding: $0, as: UTF8.self)) })
    }
}

extension PostgreSQLStorage {
    /// A store for the calling thread that may wait.
    var open: any ServerStore {
        let store = store(mayWait: true)
        store.cause = .recorded
        return store
    }

    /// A store that answers from memory or not at all.
    var memory: any ServerStore { store(mayWait: false) }
}
