public import StoreSupport

extension PostgreSQLConfiguration {
    /// What runs beside the requests of a daemon.
    ///
    /// A command has none of it: it keeps nothing in memory.
    public struct Background: Sendable {
        /// An address of the same database without a proxy between, for what a proxy that pools transactions
        /// does not pass on; nil for that of the requests.
        public var direct: DatabaseAddress?
        /// How long memory may answer while the database cannot be reached, in seconds; 0 for not at all.
        ///
        /// So long a daemon may miss what was ended elsewhere.
        public var staleSeconds = 10
        /// How long accounts and sessions are not counted again for monitoring, which may ask every few seconds.
        public var countSeconds = 60
        /// Called about every 200 ms on a thread of the storage; must return soon.
        public var onTick: @Sendable () -> Void = {}
        /// Called on a thread of the storage with each line that a command left for the log; must return soon.
        ///
        /// Of several daemons one gets it.
        public var onNote: @Sendable (String) -> Void = { _ in }

        /// Called on a thread of the storage with the secret keys that daemons share, when they may have
        /// changed; must return soon.
        public var onSecretKeys: @Sendable ([SealedSecretKey]) -> Void = { _ in }

        /// What has a default.
        public init() {}
    }

    /// What the sessions of the thread that listens are told: behind no proxy, statements are prepared.
    func listener(for background: Background) -> Connector {
        var settings = sessionSettings
        if background.direct != nil { settings.pooling = .session }
        return Connector(
            to: background.direct ?? address, password: password, settings: settings)
    }
}
