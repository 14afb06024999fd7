import API
import Auth
import Crypto
import PostgreSQLStore

extension PostgreSQLConfiguration {
    /// The connections of a daemon for each core: most threads that use one wait for the server.
    private static let connectionsPerCore = 4

    /// The configuration of a database of a server.
    ///
    /// - Parameters:
    ///   - values: The configuration of the daemon.
    ///   - address: Where the database is.
    ///   - secrets: The password, where it is handed over.
    ///   - setup: What setup stored.
    init(
        _ values: Configuration, at address: DatabaseAddress, _ secrets: GivenSecrets,
        _ setup: SetupRecord?
    ) {
        self.init(
            address: address,
            password: secrets[.databasePassword].flatMap { Secret(bytes: $0.text.utf8) },
            cacheBytes: values.cache.megabytes << 20,
            now: WallClock.now, profile: { $0.encodedProfile }, encodeSetup: { $0.encoded },
            decodeSetup: { SetupRecord(encoded: $0) })
        var background = Background()
        background.direct = values.database.direct
        background.staleSeconds = values.database.staleSeconds
        self.background = background
        poolsTransactions = values.database.pooling == .transaction
        migratesAutomatically = setup?.migrationType != .manual
        idleLimit = values.session.idleLimit
    }

    /// The configuration for a use.
    func with(_ use: StorageUse) -> PostgreSQLConfiguration {
        var configuration = self
        guard use.isDaemon else {
            // Nothing tells a command what others change: it keeps nothing in memory.
            configuration.background = nil
            configuration.cacheBytes = 0
            configuration.connections = 1
            return configuration
        }
        configuration.connections = Self.connectionsPerCore * Environment.cores
        configuration.background?.onTick = use.onTick
        configuration.background?.onSecretKeys = use.onSecretKeys
        if let onNote = use.onNote { configuration.background?.onNote = onNote }
        configuration.onMail = use.onMail
        configuration.failedLogins = use.failedLogins
        configuration.limits = use.limits
        return configuration
    }
}
