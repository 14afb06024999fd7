public import HTTP

/// What a server is made from.
public struct ServerConfiguration: Sendable {
    /// The threads of one lane and the queue in front of them.
    public struct Workers: Sendable {
        /// Threads; at least 1.
        public var threads: Int
        /// Requests that may wait; one more is refused at once.
        public var queue: Int
        /// How long a request may wait for a thread; after that it is refused instead of run.
        public var wait: Duration
        /// The nice value of the threads; 0 leaves it.
        public var nice: Int32
        /// Whether a request is refused at once that would not be started in time at the pace of
        /// those before it; for work whose pace is steady.
        public var refusesEarly = false

        /// Workers from their parts.
        public init(threads: Int, queue: Int = 1024, wait: Duration = .seconds(5), nice: Int32 = 0)
        {
            self.threads = threads
            self.queue = queue
            self.wait = wait
            self.nice = nice
        }
    }

    /// Where to listen.
    public var listen: [ListenAddress]
    /// Where to listen for those who watch over the server.
    public var admin: [ListenAddress] = []
    /// Event loop threads; at least 1.
    public var eventLoops = 1
    /// The lane that may wait for the database.
    public var store = Workers(threads: 4)
    /// The lane that may wait to derive a key from a password.
    public var hashing = Workers(threads: 8, nice: 5)
    /// How long a connection may take for what.
    public var timeouts = Timeouts()
    /// The most connections at one time, over all loops.
    public var maximumConnections = 10_000
    /// Whether a peer may hold all of them; any other holds a quarter, unless it is on this machine.
    public var isTrusted: @Sendable (IPAddress) -> Bool = { _ in false }
    /// The most bytes of a head, at most 65,536.
    public var maximumHeadBytes = HeadParser.Limits().headBytes

    /// The defaults, listening on these addresses.
    public init(listen: [ListenAddress]) {
        self.listen = listen
    }
}
