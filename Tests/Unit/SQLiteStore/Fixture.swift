import Auth
import Metrics
import StoreSupport
import Testing
import TestSupport

@testable import SQLiteStore

/// A store in a temporary directory of its own.
final class Fixture: Sendable {
    let directory: TemporaryDirectory
    let clock: TestClock
    let storage: Storage

    init(
        in directory: TemporaryDirectory? = nil, clock: TestClock = TestClock(),
        name: String = "main", setup: SetupRecord? = nil,
        migrates: Bool = true, cached: Int = 1_000, writeSeconds: Int = 30,
        schema: Schema = .current, failedLogins: FailedLogins? = nil, idleLimit: IdleLimit? = nil,
        onNote: (@Sendable (String) -> Void)? = nil,
        onTick: @escaping @Sendable () -> Void = {}
    ) throws {
        self.clock = clock
        self.directory = try directory ?? TemporaryDirectory()
        var configuration = Self.configuration(
            self.directory, clock, name: name, setup: setup, migrates: migrates, cached: cached,
            writeSeconds: writeSeconds, onTick: onTick)
        configuration.failedLogins = failedLogins
        configuration.onNote = onNote
        configuration.idleLimit = idleLimit
        storage = try Storage(configuration, schema: schema)
    }

    deinit {
        // Before the directory is removed.
        storage.close()
    }

    static func configuration(
        _ directory: TemporaryDirectory, _ clock: TestClock, name: String = "main",
        setup: SetupRecord? = nil, migrates: Bool = true, cached: Int = 1_000,
        writeSeconds: Int = 30, onTick: @escaping @Sendable () -> Void = {}
    ) -> StorageConfiguration {
        StorageConfiguration(
            dataDirectory: directory.path, databaseName: name, migratesAutomatically: migrates,
            cacheBytes: cached * 1_000, setup: setup, now: { clock.now },
            profile: { Array("profile of \($0.name)".utf8) },
            encodeSetup: { Array("setup of \($0.databaseName ?? "")".utf8) },
            decodeSetup: { content in
                let text = String(decoding: content, as: UTF8.self)
                guard text.hasPrefix("setup of ") else { return nil }
                return SetupRecord.sample(String(text.dropFirst(9)))
            }, onTick: onTick,
            writeSeconds: writeSeconds)
    }

    /// A store for the calling thread, with which rules of the domain can write.
    func store(mayWait: Bool = true) -> any ServerStore {
        let store = storage.store(mayWait: mayWait)
        store.cause = .recorded
        return store
    }

    func path(_ name: String = "main") -> String { "\(directory.path)/\(name).db" }

    /// A connection like that of another process.
    func otherProcess(_ name: String = "main") throws -> Database {
        try Database(path: path(name), for: .writing, busyMilliseconds: 10_000)
    }

    var commits: Int { Int(storage.statistics.groupSizes.count) }
    var queued: Int { storage.instance.queue.count }
}
