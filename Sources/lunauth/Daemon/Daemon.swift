import API
import Auth
import Crypto
import Glibc
import HTTP
import Linux
import Logging
import Server
import Storage

/// The composition root: the one place that knows every room.
enum Daemon {
    /// How long a new process waits for an old one to leave the data directory, in seconds.
    private static let lockSeconds = 15

    /// Serves until it is told to end; returns when everything is answered and stored.
    ///
    /// The addresses are bound first, so that a second daemon fails before it touches anything.
    /// - Throws: The errors of the rooms, for `Exit`.
    static func run(_ options: ConfigurationOptions) throws {
        Signals.block()
        var loaded = try options.load()
        let log = try ServerLog(loaded.values.log)
        defer { log.flush() }
        for warning in loaded.layers.warnings { log.logger.warning("\(warning)") }
        raiseDescriptorLimit()

        let server = try Server(serverConfiguration(loaded.values))
        try DataDirectory.make(loaded.values.dataDirectory)
        let lock = try DirectoryLock(
            directory: loaded.values.dataDirectory, waitingSeconds: lockSeconds)
        defer { withExtendedLifetime(lock) {} }
        // Whoever held the lock may have finished setup meanwhile.
        loaded = try options.load()

        let keys = SecretKeys(loaded.values)
        try keys.makeIfMissing()
        let tokenKeys = TokenKeys(try keys.ring(at: WallClock.now()))
        let watch = KeyWatch(keys: keys, tokenKeys: tokenKeys, logger: log.logger)
        var storageConfiguration = loaded.storage
        storageConfiguration.onTick = { watch.look() }
        let storage = try Storage(storageConfiguration)
        defer { storage.close() }

        let services = Services(
            loaded, storage: storage, tokenKeys: tokenKeys, logger: log.logger)
        for address in server.boundAddresses { log.logger.notice("listening on \(address)") }
        services.announceSetup(at: server.boundAddresses.first)
        let reload = Reload(options: options, loaded: loaded, log: log, services: services)
        try server.run(makeResponder: services.responder(for:)) { reload.run(server) }
        log.logger.notice("stopped")
    }

    /// A connection is a descriptor: as many as the kernel grants.
    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return
        }
        limit.rlim_cur = limit.rlim_max
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    private static func serverConfiguration(_ values: Configuration) -> ServerConfiguration {
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let inherited = InheritedSockets.take()
        var configuration = ServerConfiguration(
            listen: inherited.isEmpty ? values.listen : inherited)
        configuration.eventLoops = values.eventLoops == 0 ? cores : values.eventLoops
        // Most of these threads wait, for a commit or for their turn to derive a key: many of them
        // waiting at once is what gathers commits into groups.
        configuration.store = .init(threads: 4 * cores)
        configuration.hashing = .init(
            threads: 16 * cores, wait: .seconds(values.password.queueSeconds), nice: 5)
        configuration.timeouts = values.http.timeouts
        configuration.maximumConnections = values.http.maximumConnections
        return configuration
    }
}

extension Configuration.Connections {
    /// The deadlines of a connection.
    var timeouts: Timeouts {
        var timeouts = Timeouts()
        timeouts.head = .seconds(headSeconds)
        timeouts.body = .seconds(bodySeconds)
        timeouts.idle = .seconds(idleSeconds)
        timeouts.write = .seconds(writeSeconds)
        timeouts.drain = .seconds(drainSeconds)
        return timeouts
    }
}
