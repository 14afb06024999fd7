public import HTTP

/// Addresses, threads and limits of a server.
public struct ServerConfiguration: Sendable {
    /// The threads of one lane and the queue in front of them.
    public struct Workers: Sendable {
        /// Threads; at least 1.
        public var threads: Int
        /// Requests that may wait; a further one is refused at once.
        public var queue: Int
        /// How long a request may wait for a thread; after that it is refused instead of run.
        public var wait: Duration
        /// The nice value of the threads; 0 leaves it.
        public var nice: Int32
        /// Whether a request is refused at once when, at the current rate, it could not be started in
        /// time; for work that takes about the same time each.
        public var refusesEarly = false

        /// Creates the configuration of one lane.
        public init(threads: Int, queue: Int = 1024, wait: Duration = .seconds(5), nice: Int32 = 0)
        {
            self.threads = threads
            self.queue = queue
            self.wait = wait
            self.nice = nice
        }
    }

    /// The addresses for clients.
    public var listen: [ListenAddress]
    /// The addresses for health checks and metrics.
    public var admin: [ListenAddress] = []
    /// Event loop threads; at least 1.
    public var eventLoops = 1
    /// The lane that may wait for the database.
    public var store = Workers(threads: 4)
    /// The lane that may wait to derive a key from a password.
    public var hashing = Workers(threads: 8, nice: 5)
    /// How long a connection may take in each phase.
    public var timeouts = Timeouts()
    /// The most connections at one time, over all loops.
    public var maximumConnections = 10_000
    /// Whether a peer may use all connections; others have a quarter, unless they are on this machine.
    public var isTrusted: @Sendable (IPAddress) -> Bool = { _ in false }
    /// The most bytes of a request head, at most 65,536.
    public var maximumHeadBytes = HeadParser.Limits().headBytes

    /// Creates a configuration of defaults that listens on these addresses.
    public init(listen: [ListenAddress]) {
        self.listen = listen
    }
}
