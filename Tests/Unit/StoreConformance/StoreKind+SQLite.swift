import Auth
import SQLiteStore
import TestSupport

extension StoreKind {
    /// SQLite as the daemon uses it, and with every read from the file.
    static let sqlite = [
        sqlite("SQLite", cached: 1_000), sqlite("SQLite without caches", cached: 0),
    ]

    private static func sqlite(_ name: String, cached: Int) -> StoreKind {
        StoreKind(name) { idleLimit in
            let clock = TestClock()
            let database = try TemporaryDatabase(clock, cached: cached, idleLimit)
            return StoreUnderTest(clock: clock) {
                let store = database.storage.store(mayWait: true)
                store.cause = .recorded
                return store
            }
        }
    }
}

/// A database in a temporary directory of its own.
private final class TemporaryDatabase: Sendable {
    let storage: Storage
    private let directory: TemporaryDirectory

    init(_ clock: TestClock, cached: Int, _ idleLimit: IdleLimit?) throws {
        directory = try TemporaryDirectory()
        var configuration = StorageConfiguration(
            dataDirectory: directory.path, databaseName: "main", migratesAutomatically: true,
            cacheBytes: cached * 1_000, setup: nil, now: { clock.now },
            profile: { Array("profile of \($0.name)".utf8) },
            encodeSetup: { Array("setup of \($0.databaseName ?? "")".utf8) },
            decodeSetup: { _ in nil }, writeSeconds: 30)
        configuration.idleLimit = idleLimit
        storage = try Storage(configuration)
    }

    deinit {
        // Before the directory is removed.
        storage.close()
    }
}
