import API
import Auth
import Crypto
import Glibc
import HTTP
import System
import Logging
import Server
import SQLiteStore
import StoreSupport
import Web

/// The composition root: the one place that knows every module.
enum Daemon {
    /// How long a new process waits for an old one to leave the data directory, in seconds.
    private static let lockSeconds = 15

    /// Serves until a signal ends it; returns once all requests have responses and all writes are stored.
    ///
    /// The addresses are bound first, so that a second daemon fails before it touches anything.
    /// - Throws: The errors of the rooms, for `Exit`.
    static func run(_ options: ConfigurationOptions) throws {
        let started = WallClock.now()
        Signals.block()
        Allocator.boundArenas(to: Environment.cores + 2)
        var loaded = try options.load(for: .start)
        let logo = try loaded.siteLogo()
        let log = try ServerLog(loaded.values.log)
        defer { log.flush() }
        for warning in loaded.layers.warnings { log.logger.warning("\(warning)") }

        let proxies = LiveProxyTrust(loaded.values.proxyTrust)
        var serverConfiguration = serverConfiguration(loaded.values, log.logger)
        serverConfiguration.isTrusted = { proxies.current.trusts($0) }
        let server = try Server(serverConfiguration)
        try DataDirectory.make(loaded.values.dataDirectory)
        guard let lock = try lock(loaded.values.dataDirectory) else { return }
        defer { withExtendedLifetime(lock) {} }
        // The process that held the lock may have finished setup meanwhile.
        loaded = try options.load(for: .start)
        if let file = loaded.missingSetup {
            try file.write()
            log.logger.warning(
                "\(loaded.values.dataDirectory)/setup.json was made again of what the database keeps"
            )
        }

        let keys = SecretKeys(loaded)
        try keys.makeIfMissing()
        for warning in try keys.check() { log.logger.warning("\(warning)") }
        let tokenKeys = TokenKeys(try keys.ring(at: WallClock.now()))
        let sealingKeys = MailEncryptionKeys(try keys.sealingKeys(at: WallClock.now()))
        let deviceKeys = DeviceKeys(try keys.deviceKeys(at: WallClock.now()))
        let vault = FactorVault(try keys.wrappingKeys())
        let probes = ProbeGate(key: try keys.probeKey(), now: WallClock.now) { seconds in
            SystemCall.waitReadable(
                [], until: MonotonicClock.now() + Duration.seconds(seconds).nanoseconds)
        }
        let reloader = SecretKeyReloader(
            keys: keys, tokenKeys: tokenKeys, sealingKeys: sealingKeys,
            deviceKeys: deviceKeys, vault: vault, probes: probes, logger: log.logger)
        let throttle = Throttle(
            isEnabled: loaded.values.limits.enabled, tiers: loaded.values.limits.tiers,
            failureKey: try keys.failureKey(), devices: deviceKeys,
            sharingKey: loaded.isShared ? try keys.limitKey() : nil,
            onRefusedMail: { log.logger.warning("\($0)") }, now: MonotonicClock.now)
        let wakeSignal = try MailWakeSignal()
        var use = StorageUse(isDaemon: true)
        use.onTick = { reloader.check() }
        use.onSecretKeys = { found in
            do {
                try keys.take(found)
            } catch {
                log.logger.error("the keys that daemons share stay as they are: \(error)")
            }
        }
        use.onMail = wakeSignal.signal
        use.onNote = { OperatorAction(note: $0)?.log(to: log.logger) }
        use.failedLogins = throttle.failedLogins
        use.limits = throttle
        use.onPartialInspection = {
            log.logger.warning(
                "the database is too large to be looked through at the start; `lunauth backup` does it"
            )
        }
        let storage = try loaded.openStorage(use)
        defer { storage.close() }
        try keys.join(storage.secretKeyTable)
        try keys.requireFit(storage.dataKey)
        try reloader.begin()
        tokenKeys.noteIssue(at: storage.latestSignIn.seconds)

        let services = try DaemonServices(
            loaded, server: server, storage: storage, proxies: proxies, throttle: throttle,
            tokenKeys: tokenKeys, probes: probes, logo: logo,
            mail: loaded.values.mail.writer(sealingKeys, within: throttle), vault: vault, log: log,
            started: started)
        let reload = Reload(options: options, loaded: loaded, log: log, services: services)
        try serve(server, services, ringing: wakeSignal, log.logger) { reload.run(server) }
        log.logger.notice("stopped")
    }

    /// Serves until the process is told to end, and ends what works beside the server.
    private static func serve(
        _ server: Server, _ services: DaemonServices, ringing wakeSignal: MailWakeSignal,
        _ logger: Logger, onReload reload: () -> Void
    ) throws {
        // Ends after the linker, whose last checkpoint it sends.
        let checkpointSender = try services.checkpointSender()
        try checkpointSender?.start()
        defer { checkpointSender?.stop() }
        // Ends after all that record events.
        let linkerWorker = try services.linkerWorker()
        try linkerWorker.start()
        defer { linkerWorker.stop() }
        let outboxWorker = services.outboxWorker(ringing: wakeSignal)
        try outboxWorker?.start()
        defer { outboxWorker?.stop() }
        for address in server.adminAddresses { logger.notice("metrics on \(address)") }
        for address in server.boundAddresses { logger.notice("listening on \(address)") }
        services.announceSetup(at: server.boundAddresses.first)
        services.warnOfUnsentLinks()
        services.warnOfHeldBackNotices()
        PageCache.release()
        try server.run(makeResponder: services.responder(for:), onReload: reload)
    }

    /// Waits for the right to be the one daemon of a data directory.
    ///
    /// - Returns: Nil when a signal ends this process meanwhile.
    private static func lock(_ directory: String) throws(FileError) -> DirectoryLock? {
        do throws(FileError) {
            return try DirectoryLock(
                directory: directory, waitingSeconds: lockSeconds,
                unless: { Signals.isEndPending })
        } catch .locked where Signals.isEndPending {
            return nil
        }
    }

    /// Raises the limit of descriptors as far as the kernel grants.
    ///
    /// - Returns: The limit now.
    private static func raiseDescriptorLimit() -> Int {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard unsafe getrlimit(resource, &limit) == 0 else { return 1_024 }
        let soft = limit.rlim_cur
        limit.rlim_cur = limit.rlim_max
        let isRaised = unsafe setrlimit(resource, &limit) == 0
        return Int(clamping: isRaised ? limit.rlim_max : soft)
    }

    private static func serverConfiguration(
        _ values: Configuration, _ logger: Logger
    ) -> ServerConfiguration {
        let cores = Environment.cores
        let inherited = InheritedSockets.take()
        var configuration = ServerConfiguration(
            listen: inherited.listen.isEmpty ? values.listen : inherited.listen)
        configuration.admin =
            inherited.admin.isEmpty ? [values.admin.listen].compactMap(\.self) : inherited.admin
        configuration.eventLoops = values.eventLoops == 0 ? cores : values.eventLoops
        let sizes = ServerSizes(cores: cores)
        configuration.store = .init(threads: sizes.storeThreads)
        configuration.hashing = .init(
            threads: sizes.hashingThreads, wait: .seconds(values.password.queueSeconds), nice: 5)
        configuration.hashing.refusesEarly = true
        configuration.timeouts = values.http.timeouts
        configuration.maximumHeadBytes = values.http.maximumHeadBytes
        let available = sizes.connections(within: raiseDescriptorLimit())
        if available < values.http.maximumConnections {
            logger.warning(
                "the limit of open files allows \(available) connections (http.maximumConnections)"
            )
        }
        configuration.maximumConnections = min(values.http.maximumConnections, available)
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
