import CLinux
public import HTTP
import System
import Synchronization

/// The HTTP server: listens, runs the event loops and the worker lanes, and shuts down gracefully.
///
/// Shared: its methods may be called from any thread.
public final class Server: Sendable {
    /// Creates the responder of one thread, on that thread.
    public typealias ResponderFactory = @Sendable (Lane) -> any Responder

    /// The most bytes that a connection holds beside the head of its request: a body, and a response.
    public static let maximumMessageBytes = Connection.bodyLimit + Connection.outputLimit

    /// The public addresses, with the ports that the kernel chose.
    public let boundAddresses: [ListenAddress]
    /// The addresses of the admin listener (health checks and metrics).
    public let adminAddresses: [ListenAddress]

    private static let loopStackBytes = 1 << 20
    private static let workerStackBytes = 1 << 19
    /// How long threads may take to end after the drain deadline.
    private static let grace = Duration.seconds(1)

    private let configuration: ServerConfiguration
    private let accept: @Sendable (borrowing FileDescriptor) -> AcceptResult
    private let listeners: Mutex<[Listener]>
    private let timeouts: Mutex<Timeouts>
    private let connectionLimit: ConnectionLimit
    private let shares: PeerShares
    private let lanes: Lanes
    private let loopQueues: [LoopQueue]
    private let stops = Atomic<Int>(0)
    private let stopped: EventFD

    /// Binds all addresses; nothing is accepted before `run`.
    ///
    /// - Parameter configuration: Addresses, threads and limits.
    /// - Throws: `addressUnavailable` when an address is in use or does not belong to this machine.
    public convenience init(_ configuration: ServerConfiguration) throws(ServerError) {
        try self.init(configuration) { AcceptResult.next(from: $0) }
    }

    /// Binds all addresses, with a replacement for accept(2).
    ///
    /// - Parameters:
    ///   - configuration: Addresses, threads and limits.
    ///   - accept: Accepts a connection from a listening socket.
    /// - Throws: `addressUnavailable` when an address is in use or does not belong to this machine.
    init(
        _ configuration: ServerConfiguration,
        accept: @escaping @Sendable (borrowing FileDescriptor) -> AcceptResult
    ) throws(ServerError) {
        let bound =
            try Self.listeners(at: configuration.listen, for: .public)
            + Self.listeners(at: configuration.admin, for: .admin)
        var loopQueues: [LoopQueue] = []
        for _ in 0..<max(1, configuration.eventLoops) {
            loopQueues.append(try ServerError.translating(LoopQueue.init))
        }
        self.configuration = configuration
        self.accept = accept
        self.loopQueues = loopQueues
        boundAddresses = Self.addresses(of: .public, in: bound)
        adminAddresses = Self.addresses(of: .admin, in: bound)
        listeners = Mutex(bound)
        timeouts = Mutex(configuration.timeouts)
        connectionLimit = ConnectionLimit(maximum: configuration.maximumConnections)
        shares = PeerShares(
            of: configuration.maximumConnections, isUnlimited: configuration.isTrusted)
        lanes = try ServerError.translating { () throws(SystemError) in
            try Lanes(configuration)
        }
        stopped = try ServerError.translating { () throws(SystemError) in try EventFD(.flag) }
    }

    private static func listeners(
        at addresses: [ListenAddress], for listener: ListenerRole
    ) throws(ServerError) -> [Listener] {
        do throws(ServerError) {
            return try addresses.map { (address) throws(ServerError) in
                try Listener(address, for: listener)
            }
        } catch {
            throw error.concerning(listener)
        }
    }

    private static func addresses(of listener: ListenerRole, in bound: [Listener])
        -> [ListenAddress]
    {
        bound.filter { $0.role == listener }.map(\.address)
    }

    /// Current figures for metrics and the health check.
    public var statistics: ServerStatistics {
        ServerStatistics(
            connections: connectionLimit.count, maximumConnections: connectionLimit.maximum,
            accepted: connectionLimit.accepted, refused: connectionLimit.refusals,
            queued: [lanes.store, lanes.hashing].map { ($0.lane, $0.queued) })
    }

    /// Whether a request to a worker lane might not be started in time.
    public func isOverloaded(_ lane: Lane) -> Bool {
        lanes[lane]?.isOverloaded(at: MonotonicClock.now()) ?? false
    }

    /// Serves until SIGTERM, SIGINT or `stop`, then until all requests in progress are answered.
    ///
    /// Blocks the calling thread; to be called once. SIGTERM, SIGINT and SIGHUP are blocked in it
    /// and in the threads it starts; threads started before have to block them themselves
    /// (`Signals.block`). A second request to stop closes all connections at once.
    /// - Parameters:
    ///   - makeResponder: Called once on every event loop (`.loop`) and worker thread.
    ///   - onReload: Called on this thread at SIGHUP.
    /// - Throws: `system` when a thread or a descriptor cannot be created.
    public func run(
        makeResponder: @escaping ResponderFactory, onReload: () -> Void = {}
    ) throws(ServerError) {
        let signals = try ServerError.translating(Signals.init)
        let loops = try ServerError.translating(ThreadGroup.init)
        let workers = try ServerError.translating(ThreadGroup.init)
        do throws(SystemError) {
            try startWorkers(workers, makeResponder)
            try startLoops(loops, makeResponder)
        } catch {
            for loopQueue in loopQueues { loopQueue.post(.abort) }
            lanes.stop()
            throw .system(error)
        }
        waitForEnd(signals, onReload)
        let deadline = drain(loops, signals)
        lanes.stop()
        _ = workers.wait(until: deadline)
    }

    /// Applies these timeouts from now on, also to connections that are waiting already.
    public func update(_ timeouts: Timeouts) {
        self.timeouts.withLock { $0 = timeouts }
        for loopQueue in loopQueues { loopQueue.post(.timeouts(timeouts)) }
    }

    /// Asks `run` to shut down gracefully; a second call closes all connections at once.
    public func stop() {
        stops.add(1, ordering: .releasing)
        stopped.add()
    }
}

extension Server {
    private func startWorkers(
        _ workers: ThreadGroup, _ makeResponder: @escaping ResponderFactory
    ) throws(SystemError) {
        let lanes = lanes
        for pool in [lanes.store, lanes.hashing] {
            try pool.start { () throws(SystemError) in
                try workers.spawn(stackBytes: Self.workerStackBytes) {
                    if pool.nice != 0 { clinux_set_thread_nice(pool.nice) }
                    lanes.work(
                        on: pool, with: { makeResponder(pool.lane) }, clock: MonotonicClock.now)
                }
            }
        }
    }

    private func startLoops(
        _ loops: ThreadGroup, _ makeResponder: @escaping ResponderFactory
    ) throws(SystemError) {
        // From here on only the loops own the listening sockets: the last one closes them.
        let listeners = self.listeners.withLock { listeners in
            defer { listeners = [] }
            return listeners
        }
        let shared = Listeners(listeners, holders: loopQueues.count)
        let timeouts = self.timeouts.withLock { $0 }
        var headLimits = HeadParser.Limits()
        headLimits.headBytes = configuration.maximumHeadBytes
        for loopQueue in loopQueues {
            let poller = try Poller()
            try poller.add(
                loopQueue.counter.descriptor, as: .loopQueue, token: .loopQueue)
            for (index, listener) in listeners.enumerated() {
                let token = Token(slot: UInt32(index), generation: 0)
                try poller.add(listener.descriptor, as: .listener, token: token)
            }
            let context = EventLoop<Poller>.LoopContext(
                backend: poller, loopQueue: loopQueue, loops: loopQueues, listeners: shared,
                lanes: lanes,
                connectionLimit: connectionLimit, shares: shares, headLimits: headLimits,
                timeouts: timeouts,
                accept: accept, clock: MonotonicClock.now)
            try loops.spawn(stackBytes: Self.loopStackBytes) {
                EventLoop(context, responder: makeResponder(.loop)).run()
            }
        }
    }

    private func waitForEnd(_ signals: borrowing Signals, _ onReload: () -> Void) {
        while stops.load(ordering: .acquiring) == 0 {
            SystemCall.waitReadable(
                [signals.descriptor.number, stopped.descriptor.number], until: nil)
            stopped.take()
            switch signals.take() {
            case .reload: onReload()
            case .end: stops.add(1, ordering: .releasing)
            case nil: break
            }
        }
    }

    /// Asks the loops to finish.
    ///
    /// - Returns: The deadline for the worker threads.
    private func drain(_ loops: ThreadGroup, _ signals: borrowing Signals) -> UInt64 {
        let limit = timeouts.withLock { $0.drain.nanoseconds }
        let deadline = MonotonicClock.now() + limit
        for loopQueue in loopQueues { loopQueue.post(.drain(until: deadline)) }
        let last = deadline + Self.grace.nanoseconds
        while !loops.isDone, MonotonicClock.now() < last {
            if stops.load(ordering: .acquiring) > 1 {
                for loopQueue in loopQueues { loopQueue.post(.abort) }
                return loops.wait(until: last) ? MonotonicClock.now() : last
            }
            let watched = [
                signals.descriptor.number, stopped.descriptor.number,
                loops.ended.descriptor.number,
            ]
            SystemCall.waitReadable(watched, until: last)
            loops.ended.take()
            stopped.take()
            if signals.take() == .end { stops.add(1, ordering: .releasing) }
        }
        return deadline
    }
}
