import CLinux
public import HTTP
import System
import Synchronization

/// The HTTP server: listens, runs the event loops and the lanes, and ends in good order.
///
/// Shared: its methods may be called from any thread.
public final class Server: Sendable {
    /// Makes the responder of one thread, on that thread.
    public typealias ResponderFactory = @Sendable (Lane) -> any Responder

    /// Where the server listens, with the ports that the kernel chose.
    public let boundAddresses: [ListenAddress]
    /// Where it listens for those who watch over it.
    public let adminAddresses: [ListenAddress]

    private static let loopStackBytes = 1 << 20
    private static let workerStackBytes = 1 << 19
    /// How long threads may take to end after the last moment they were given.
    private static let grace = Duration.seconds(1)

    private let configuration: ServerConfiguration
    private let accept: @Sendable (borrowing FileDescriptor) -> AcceptResult
    private let listeners: Mutex<[Listener]>
    private let timeouts: Mutex<Timeouts>
    private let connectionLimit: ConnectionLimit
    private let shares: PeerShares
    private let lanes: Lanes
    private let mailboxes: [LoopQueue]
    private let stops = Atomic<Int>(0)
    private let stopped: EventFD

    /// Binds all addresses; nothing is accepted before `run`.
    ///
    /// - Parameter configuration: What the server is made from.
    /// - Throws: `addressUnavailable` when an address is taken or not ours.
    public convenience init(_ configuration: ServerConfiguration) throws(ServerError) {
        try self.init(configuration) { AcceptResult.next(from: $0) }
    }

    /// Binds all addresses, with another way to accept.
    ///
    /// - Parameters:
    ///   - configuration: What the server is made from.
    ///   - accept: Takes a connection from a listening socket.
    /// - Throws: `addressUnavailable` when an address is taken or not ours.
    init(
        _ configuration: ServerConfiguration,
        accept: @escaping @Sendable (borrowing FileDescriptor) -> AcceptResult
    ) throws(ServerError) {
        let bound =
            try Self.listeners(at: configuration.listen, for: .public)
            + Self.listeners(at: configuration.admin, for: .admin)
        var mailboxes: [LoopQueue] = []
        for _ in 0..<max(1, configuration.eventLoops) {
            mailboxes.append(try ServerError.translating(LoopQueue.init))
        }
        self.configuration = configuration
        self.accept = accept
        self.mailboxes = mailboxes
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

    /// What the server can say about itself at the moment.
    public var statistics: ServerStatistics {
        ServerStatistics(
            connections: connectionLimit.count, maximumConnections: connectionLimit.maximum,
            accepted: connectionLimit.accepted, refused: connectionLimit.refusals,
            queued: [lanes.store, lanes.hashing].map { ($0.lane, $0.queued) })
    }

    /// Whether a request to a lane that waits might not be started in time.
    public func isOverloaded(_ lane: Lane) -> Bool {
        lanes[lane]?.isOverloaded(at: MonotonicClock.now()) ?? false
    }

    /// Serves until SIGTERM, SIGINT or `stop`, and then until what is under way is answered.
    ///
    /// Blocks the calling thread; to be called once. SIGTERM, SIGINT and SIGHUP are blocked in it
    /// and in the threads it starts; threads started before have to block them themselves
    /// (`Signals.block`). A second request to end is obeyed at once.
    /// - Parameters:
    ///   - makeResponder: Called once on every event loop (`.loop`) and worker thread.
    ///   - onReload: Called on this thread at SIGHUP.
    /// - Throws: `system` when a thread or a descriptor cannot be had.
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
            for mailbox in mailboxes { mailbox.post(.abort) }
            lanes.stop()
            throw .system(error)
        }
        waitForEnd(signals, onReload)
        let deadline = drain(loops, signals)
        lanes.stop()
        _ = workers.wait(until: deadline)
    }

    /// Lets connections take this long from now on; those that wait already included.
    public func update(_ timeouts: Timeouts) {
        self.timeouts.withLock { $0 = timeouts }
        for mailbox in mailboxes { mailbox.post(.timeouts(timeouts)) }
    }

    /// Asks `run` to end in good order; asked a second time, at once.
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
            for _ in 0..<pool.threads {
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
        // From here on the loops alone hold the listening sockets: they close with the last.
        let listeners = self.listeners.withLock { listeners in
            defer { listeners = [] }
            return listeners
        }
        let shared = Listeners(listeners, holders: mailboxes.count)
        let timeouts = self.timeouts.withLock { $0 }
        var headLimits = HeadParser.Limits()
        headLimits.headBytes = configuration.maximumHeadBytes
        for mailbox in mailboxes {
            let poller = try Poller()
            try poller.add(
                mailbox.counter.descriptor, as: .mailbox, token: .mailbox)
            for (index, listener) in listeners.enumerated() {
                let token = Token(slot: UInt32(index), generation: 0)
                try poller.add(listener.descriptor, as: .listener, token: token)
            }
            let context = EventLoop<Poller>.LoopContext(
                backend: poller, mailbox: mailbox, loops: mailboxes, listeners: shared,
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

    /// Lets the loops end.
    ///
    /// - Returns: When the workers have to have ended, too.
    private func drain(_ loops: ThreadGroup, _ signals: borrowing Signals) -> UInt64 {
        let limit = timeouts.withLock { $0.drain.nanoseconds }
        let deadline = MonotonicClock.now() + limit
        for mailbox in mailboxes { mailbox.post(.drain(until: deadline)) }
        let last = deadline + Self.grace.nanoseconds
        while !loops.isDone, MonotonicClock.now() < last {
            if stops.load(ordering: .acquiring) > 1 {
                for mailbox in mailboxes { mailbox.post(.abort) }
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
